"""The names that people give to columns of tables, in many languages.

>>> fields_of(["Zielseite", "Quelle", "utm_source", "Notiz"])
{'landing_page': 0, 'source': 2}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Our own compilation: headers of common templates, of GA4's exports in English, French and German,
# and of Matomo and Plausible according to their documentation (read 2026-11-23); the words of the
# other languages are from dictionaries, as `plain_header` writes them.
HEADER_WORDS: Mapping[str, tuple[str, ...]] = {
    "url": (
        *("url", "tagged_url", "tagged_link", "utm_url", "utm_link", "full_url", "final_url"),
        *("generated_url", "generated_link", "campaign_url", "campaign_link", "tracking_url"),
        *("tracking_link", "tracked_url", "complete_url", "link", "links", "urls", "lien", "liens"),
        *("lien_utm", "lien_final", "url_finale", "kampagnen_url", "enlace", "enlaces"),
        *("url_final", "long_url"),
        *("lank", "linkki", "odkaz", "baglanti", "ssylka", "rinku", "lianjie", "ringkeu"),
    ),
    "landing_page": (
        *("landing_page", "landingpage", "landing_page_url", "landing", "website_url", "website"),
        *("url_de_destination", "lien_de_destination", "url_cible", "url_de_destino"),
        *("pagina_di_destinazione", "url_di_destinazione", "bestemmingspagina", "landingspagina"),
        *("bestemmings_url", "zieladresse"),
        *("page", "base_url", "destination", "destination_url", "target_url", "original_url"),
        *("page_url", "address", "web_address", "adresse", "zielseite", "ziel_url", "seite"),
        *("webseite", "page_de_destination", "page_cible", "pagina_de_destino", "pagina"),
        *("landningssida", "malsida", "landingsside", "destinationsside", "malside"),
        *("aloitussivu", "kohdesivu", "strona_docelowa", "docelowy_adres_url", "adres_url"),
        *("cilova_stranka", "vstupni_stranka", "acilis_sayfasi", "hedef_sayfa"),
        *("tselevaya_stranitsa", "posadochnaya_stranitsa", "stranitsa", "randeingupeji", "peji"),
        *("zheluye", "luodiye", "laending_peiji", "laendingpeiji"),
    ),
    "path": (
        *("path", "page_path", "url_path", "landing_path", "slug", "page_slug", "url_slug", "pfad"),
        *("chemin", "ruta", "percorso", "caminho", "pad"),
    ),
    "channel": ("channel", "channels", "canal", "kanal", "placement_channel", "canale", "kanaal"),
    "issued_at": (
        *("issued_at", "issued", "date", "created", "created_at", "created_on", "date_created"),
        *("creation_date", "datum", "erstellt", "erstellt_am", "fecha", "fecha_de_creacion"),
        *("date_de_creation", "timestamp", "added", "added_on", "added_at", "date_added"),
        *("published_on", "published_at", "publish_date", "created_date", "erstellungsdatum"),
        *("hinzugefugt", "hinzugefugt_am", "cree_le", "ajoute_le", "creado", "creado_el"),
        *("fecha_creacion", "data_di_creazione", "data_de_criacao", "aangemaakt"),
    ),
    "source": (
        *("source", "sources", "campaign_source", "quelle", "fuente", "traffic_source"),
        *("source_de_la_campagne", "source_de_campagne", "kampagnenquelle", "fuente_de_la_campana"),
        *("fuente_de_campana", "sorgente", "sorgente_della_campagna", "fonte", "origem", "bron"),
        *("origem_da_campanha", "campagnebron"),
        *("kalla", "kampanjkalla", "kilde", "kampagnekilde", "kampanjekilde", "lahde"),
        *("zrodlo", "zrodlo_kampanii", "zdroj", "zdroj_kampane", "kaynak", "kampanya_kaynagi"),
        *("istochnik", "istochnik_kampanii", "sosu", "canzhaoyuan", "laiyuan", "soseu"),
    ),
    "medium": (
        *("medium", "campaign_medium", "support", "medio", "support_de_la_campagne"),
        *("support_de_campagne", "kampagnenmedium", "medio_de_la_campana", "medio_de_campana"),
        *("mezzo", "mezzo_della_campagna", "midia", "meio", "midia_da_campanha"),
        *("campagnemedium",),
        *("kampanjmedium", "medie", "kampagnemedie", "kampanjemedium", "valine"),
        *("medium_kampanii", "medium_kampane", "arac", "kampanya_araci", "kanal_kampanii"),
        *("medeia", "meiti", "meijie", "maeche"),
    ),
    "campaign": (
        *("campaign", "campaign_name", "campagne", "kampagne", "campana", "nom_de_campagne"),
        *("kampagnenname", "nombre_de_campana", "nom_de_la_campagne", "nombre_de_la_campana"),
        *("name_der_kampagne", "campagna", "nome_della_campagna", "campanha", "nome_da_campanha"),
        *("campagnenaam",),
        *("kampanj", "kampanjnamn", "kampagnenavn", "kampanje", "kampanjenavn", "kampanja"),
        *("kampanjan_nimi", "kampania", "nazwa_kampanii", "kampan", "nazev_kampane"),
        *("kampanya", "kampanya_adi", "kampaniya", "nazvanie_kampanii", "kiyanpen"),
        *("kiyanpenming", "guanggaoxilie", "huodong", "huodongmingcheng", "kaempein"),
    ),
    "term": (
        *("term", "campaign_term", "keyword", "keywords", "mot_cle", "begriff", "suchbegriff"),
        *("termino", "palabra_clave"),
        *("mots_cles", "terme", "termo", "palavra_chave", "termine", "parola_chiave", "zoekwoord"),
        *("sokord", "slowo_kluczowe", "klicove_slovo", "klyuchevoe_slovo"),
    ),
    "content": (
        *("content", "contents", "campaign_content", "ad_content", "contenu", "inhalt"),
        *("anzeigeninhalt", "contenido"),
        *("conteudo", "contenuto", "inhoud", "innehall", "indhold", "innhold", "tresc", "obsah"),
        *("soderzhanie",),
    ),
    "utm_id": ("utm_id", "campaign_id", "kampagnen_id", "id_de_campagne", "id_de_campana"),
    "source_platform": ("source_platform",),
    "creative_format": ("creative_format",),
    "marketing_tactic": ("marketing_tactic",),
}
"""By field: its headers as `plain_header` writes them, the most specific first."""

_FIELD_OF = {
    name: field
    for field, names in HEADER_WORDS.items()
    for name in (*names, f"utm_{field.removeprefix('utm_')}")
}
_TOGETHER = {name.replace("_", ""): name for name in _FIELD_OF}
"""The headers by their letters alone: `utmsource`, `landingpage`."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_REMARK = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_PROPERTY = re.compile(r"[\w-]+[.:]\s*(utm_\w+)")
_REMARKS = frozenset(
    (
        *("required", "optional", "mandatory", "obligatoire", "facultatif", "optionnel", "requis"),
        *("pflichtfeld", "pflicht", "erforderlich", "obligatorio", "obbligatorio", "opcional"),
        *("facoltativo", "verplicht", "optioneel"),
    )
)
"""What forms write after the name of a field."""


def plain_header(header: str) -> str:
    """Return a header in the form for lookup: lower case, words joined by `_`, no accents.

    >>> plain_header("Source / Médium"), plain_header("sessionSource")
    ('source_medium', 'session_source')
    """
    header = _CAMEL.sub("_", header)
    if not header.isascii():
        from anyascii import anyascii

        header = anyascii(header)
    return re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_")


def known_header(header: str) -> str:
    """Return the name in `HEADER_WORDS` that a header is another spelling of, or else its own.

    >>> known_header("UTMSource"), known_header("Campaign Source (utm_source)")
    ('utm_source', 'utm_source')
    """
    name = plain_header(header)
    if name in _FIELD_OF:
        return name
    if found := _PROPERTY.fullmatch(header.strip()):  # `properties.utm_source`
        name = plain_header(found[1])
    elif remark := _REMARK.search(header):
        inside, outside = plain_header(remark[1]), plain_header(_REMARK.sub(" ", header))
        if inside.startswith("utm_") and inside in _FIELD_OF:
            return inside
        if inside in _REMARKS and outside in _FIELD_OF:
            return outside
    return _TOGETHER.get(name.replace("_", ""), name)


def is_header_word(header: str) -> bool:
    """Tell whether a cell is one of the headers in `HEADER_WORDS`."""
    return field_of(header) is not None


def field_of(header: str) -> str | None:
    """Return the field that a header names, or None.

    >>> field_of("Quelle"), field_of("Note")
    ('source', None)
    """
    return _FIELD_OF.get(known_header(header))


def fields_of(header: Sequence[str], given: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return the column of each field; a header such as `utm_source` comes before other words.

    Args:
        header: The names of the columns, as written.
        given: Columns that are already known.
    """
    names = [known_header(cell) for cell in header]
    columns = dict(given or {})
    for field, known in HEADER_WORDS.items():
        if field in columns:
            continue
        wanted = (f"utm_{field.removeprefix('utm_')}", *known)
        taken = columns.values()
        places = (names.index(name) for name in wanted if name in names)
        at = next((at for at in places if at not in taken), None)
        if at is not None:
            columns[field] = at
    return columns
