"""The header words of reports, in addition to those in `files/header_words.py`.

Headers of GA4 in Portuguese, Italian, Dutch, Japanese, Korean and Polish, and of Matomo's own
export in English, French, German and Spanish, as public scripts that read such exports name them
(read 2026-11); each as `plain_header` writes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TAG_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("origem", "sorgente", "bron", "soseu", "zrodlo"), "source"),
    **dict.fromkeys(("midia", "meio", "mezzo", "maeche"), "medium"),
    **dict.fromkeys(("campanha", "campagna", "kaempein", "kampania"), "campaign"),
    **dict.fromkeys(("conteudo", "contenuto", "kontencheu", "tresc"), "content"),
}
"""The tag that a word of a header stands for."""

WHOLE: Mapping[str, str] = {
    "sessiebron_medium": "session_source_medium",
    "sessiebron": "session_source",
    "sessiemedium": "session_medium",
    "sessiecampagne": "session_campaign",
    "eerste_gebruikersbron_medium": "first_source_medium",
    "setshiyonnocanzhaoyuan_medeia": "session_source_medium",
    "setshiyonnocanzhaoyuan": "session_source",
    "setshiyonnomedeia": "session_medium",
    "setshiyonnokiyanpen": "session_campaign",
    "setshiyonnokiyanpenming": "session_campaign",
    "setshiyonnoshoudongguanggaokontentsu": "session_manual_content",
    "yuzanozuichunocanzhaoyuan_medeia": "first_source_medium",
    "canzhaoyuan_medeia": "source_medium",
    "canzhaoyuan": "source",
    "medeia": "medium",
    "kiyanpen": "campaign",
}
"""Headers that are written in one word, and the same in English."""

OF_THE_SESSION = frozenset(
    ("session", "sitzung", "sesion", "sessao", "sessione", "sesji", "sessie", "sesyeon")
)
OF_THE_FIRST_VISIT = frozenset(
    (
        *("first", "user", "premier", "premiere", "utilisateur", "erster", "erste", "nutzer"),
        *("primer", "primera", "usuario", "primeiro", "utilizador", "primo", "prima", "utente"),
        *("interazione", "eerste", "gebruiker", "pierwszego", "uzytkownika", "cheos", "sayongja"),
    )
)
FROM_TAGS = frozenset(
    (
        *("utm", "manual", "manuel", "manuelle", "manuell", "manuelles", "manuales"),
        *("manuale", "handmatig", "sudong"),
    )
)
SAYING_NOTHING = frozenset(
    (
        *("de", "la", "le", "l", "du", "des", "del", "d", "name", "nom", "traffic", "trafic"),
        *("ad", "annonce", "anuncio", "value", "da", "do", "dos", "della", "dell", "di", "van"),
        *("nome", "naam", "nazwa", "ileum", "annuncio", "gwanggo"),
    )
)
"""Words that do not change whose tag it is."""

COUNTS: Mapping[str, tuple[str, ...]] = {
    "sessions": (
        *("sessions", "sitzungen", "sesiones", "sessoes", "sessioni", "sessies", "sesje"),
        *("setshiyon", "setshiyonshu", "sesyeon", "sesyeonsu", "sesyeon_su"),
    ),
    "visits": ("visits", "nb_visits", "visites", "besuche", "visitas", "visite", "bezoeken"),
    "users": (
        *("users", "total_users", "active_users", "utilisateurs", "utilisateurs_actifs"),
        *("nombre_total_d_utilisateurs", "nutzer", "aktive_nutzer", "usuarios", "new_users"),
        *("usuarios_activos", "usuarios_ativos", "total_de_usuarios", "utilizadores"),
        *("utilizadores_ativos", "total_de_utilizadores", "utenti", "utenti_attivi"),
        *("utenti_totali", "gebruikers", "actieve_gebruikers", "totaal_aantal_gebruikers"),
        *("yuza", "akuteibu_yuza", "zongyuzashu", "sayongja", "hwalseong_sayongja"),
        *("chong_sayongja", "uzytkownicy", "aktywni_uzytkownicy", "laczna_liczba_uzytkownikow"),
    ),
    "visitors": (
        *("visitors", "unique_visitors", "nb_uniq_visitors", "visiteurs", "visiteurs_uniques"),
        *("besucher", "eindeutige_besucher", "visitantes", "visitantes_unicos", "uniques"),
    ),
    "clicks": ("clicks", "clics", "klicks", "cliques", "clic", "klikken", "klikniecia"),
    "hits": ("hits", "nb_hits", "requests"),
    "views": ("views", "pageviews", "page_views", "vues", "aufrufe", "vistas"),
    "events": (
        *("event_count", "events", "nombre_d_evenements", "ereignisanzahl", "numero_de_eventos"),
        *("contagem_de_eventos", "conteggio_eventi", "aantal_gebeurtenissen", "ibentoshu"),
        *("ibenteu_su", "liczba_zdarzen"),
    ),
    "times": ("count", "counts", "number", "n", "anzahl", "nombre", "total", "total_count"),
    "conversions": ("conversions", "key_events", "leads", "orders", "purchases", "sign_ups"),
    "impressions": ("impressions", "opens", "scans", "downloads"),
}
"""The units that are counted, the best first, with the names of their columns."""

CONVERSIONS = (
    *("key_events", "conversions", "nb_conversions", "evenements_cles", "schlusselereignisse"),
    *("schluesselereignisse", "eventos_clave", "eventos_principais", "eventos_chave"),
    *("eventi_chiave", "belangrijke_gebeurtenissen", "kluczowe_zdarzenia", "conversiones"),
    *("conversoes", "conversioni", "conversies", "konversionen", "konwersje"),
)
"""Columns of conversions, the best first."""

CONVERTED = ("nb_visits_converted", "visits_with_conversions", "visites_avec_conversions")
"""Columns of visits with at least one conversion."""

REVENUE = (
    *("total_revenue", "revenue", "purchase_revenue", "revenu_total", "revenus_totaux"),
    *("revenu", "revenus", "gesamtumsatz", "umsatz", "ingresos_totales", "ingresos"),
    *("receita_total", "receita", "entrate_totali", "entrate", "totale_opbrengst", "opbrengst"),
    *("laczne_przychody", "przychody"),
)
"""Columns of what conversions brought."""

ENGAGED = frozenset(
    (
        *("engaged_sessions", "engagement_rate", "sessions_avec_engagement", "taux_d_engagement"),
        *("sitzungen_mit_interaktionen", "interaktionsrate", "sesiones_con_interaccion"),
        *("sessoes_engajadas", "sessioni_con_coinvolgimento", "sessies_met_betrokkenheid"),
        *("sesje_z_zaangazowaniem", "average_engagement_time_per_session"),
    )
)
"""Columns that only GA4 has."""

DAYS = ("date", "day", "datum", "jour", "tag", "fecha", "dia", "data", "giorno")
"""Columns of days."""

NOT_COUNTED = frozenset(
    (
        *("rate", "per", "average", "avg", "mean", "duration", "time", "ratio", "percent", "share"),
        *(
            "value",
            "revenue",
            "cost",
            "id",
            "bounce",
            "max",
            "min",
            "first",
            "last",
            "goal",
            "with",
        ),
    )
)
"""Words that mean that a header is not a count, whatever else is in it."""

EVENTS = frozenset(
    (
        *("event_name", "nom_de_l_evenement", "ereignisname", "nombre_del_evento"),
        *("nome_do_evento", "nome_evento", "naam_van_gebeurtenis", "ibentoming", "ibenteu_ileum"),
        *("nazwa_zdarzenia",),
    )
)
"""The column of events, which has each session once for each of its events."""

LABELS = frozenset(
    ("label", "libelle", "etiquette", "intitule", "bezeichnung", "beschriftung", "etiqueta")
)
"""Matomo's column of names."""

REST = frozenset(("Others", "Autres", "Andere", "Otros"))
"""What Matomo calls the row for all names that it does not list."""

TOTALS = frozenset(
    (
        *("grand total", "total", "totals", "total general", "total général", "totaux", "totales"),
        *("gesamt", "gesamtsumme", "insgesamt", "summe", "total geral", "totale", "eindtotaal"),
        *("totale complessivo", "totaal", "suma", "suma końcowa", "合計", "総計", "합계", "총합계"),
    )
)
"""How rows of totals begin, in lower case."""
