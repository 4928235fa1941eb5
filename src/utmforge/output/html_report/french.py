"""The words of the page in French, with the same keys as the English ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "title": "Ce que nos liens ont apporté",
    "title.campaign": "Ce que {campaign} a apporté",
    "eyebrow": "Rapport utmforge",
    "period": "{days}, jours de {zone}",
    "period.none": "Le journal ne contient aucune requête",
    "period.source": "{days}, jours du fuseau horaire réglé dans {name}",
    "period.report": "{days}, jours du fuseau horaire réglé dans l’outil",
    "period.untold": "On ne sait pas de quels jours il s’agit",
    "skip": "Aller au rapport",
    "contents": "Sommaire",
    "none": "aucun",
    "lead.none": "Aucun lien émis n’a été visité.",
    "lead.hidden": "Les visites sont trop peu nombreuses pour être affichées.",
    "lead.visits": "{visits} sont venues par {channels}.",
    "lead.links": "{visits} sont venues par nos liens.",
    "lead.conversions": "Il y a eu {conversions}.",
    "lead.value": "Il y a eu {conversions}, d’une valeur de {value}.",
    "lead.previews": "Les liens ont été collés dans des messageries au moins {previews}.",
    "visits.one": "{number} visite",
    "visits.more": "{number} visites",
    "channels.one": "{number} canal",
    "channels.more": "{number} canaux",
    "conversions.one": "{number} conversion",
    "conversions.more": "{number} conversions",
    "times.one": "{number} fois",
    "times.more": "{number} fois",
    "visitors.one": "{number} visiteur",
    "visitors.more": "{number} visiteurs",
    "days.more": "{number} jours",
    "days.one": "{number} jour",
    "pooled.one": "{number} avec peu de visiteurs",
    "pooled.more": "{number} avec peu de visiteurs",
    "key": "Chiffres clés",
    "key.visits": "Visites par nos liens",
    "key.visitors": "par environ {visitors}",
    "key.by-visitors": "Visiteurs par nos liens",
    "key.conversions": "Conversions",
    "key.no-conversions": "pas comptées\u202f: aucun objectif n’est défini",
    "key.conversions-untold": "pas données par cette source",
    "key.rate": "{rate} des visites",
    "key.value": "Recettes",
    "key.cost": "{cost} dépensés",
    "key.no-cost": "aucun coût connu",
    "key.previews": "Aperçus dans les messageries",
    "key.previews.none": "aucune application n’a demandé d’aperçu",
    "key.private": "Partage privé",
    "key.private.range": "de toutes les visites, estimation",
    "key.private.certain": "de toutes les visites, au moins",
    "next": "Que faire ensuite",
    "next.none": "Les chiffres sont trop faibles pour un conseil.",
    "compare": "Par rapport à avant",
    "compare.about": "À côté de {name}\u202f: {days} ({number}\u202f; à présent {now}). L’évolution "
    "est celle des visites par jour.",
    "compare.total": "En tout, les visites par jour ont évolué de {change} ({range})\u202f: {verdict}.",
    "compare.total.rate": "Le taux de conversion a évolué de {difference} points ({range})\u202f: "
    "{verdict}.",
    "compare.range": "{low} à {high}",
    "compare.chart": "L’évolution des visites par jour avec son intervalle. Un point plein est plus "
    "qu’un hasard\u202f; un point vide peut être un hasard. Le tableau ci-dessous donne les chiffres.",
    "compare.table": "Visites à présent et avant",
    "compare.rates": "Taux de conversion à présent et avant, leur écart en points",
    "compare.now": "À présent",
    "compare.before": "Avant",
    "compare.change": "Par jour",
    "compare.difference": "Points",
    "compare.verdict": "Jugement",
    "compare.certain": "plus qu’un hasard",
    "compare.chance": "peut être un hasard",
    "compare.few": "trop peu pour le dire",
    "compare.few-now": "peu de visiteurs à présent",
    "compare.few-before": "peu de visiteurs avant",
    "compare.only-now": "seulement à présent",
    "compare.only-before": "seulement avant",
    "content": "Contenu",
    "content.none": "sans contenu",
    "link": "Lien",
    "link.none": "sans lien",
    "page": "Page",
    "page.none": "sans page",
    "day": "Jour",
    "day.none": "sans jour",
    "beside": "Deux sources côte à côte",
    "beside.about": "{one} à côté de {other}\u202f: combien de visites par nos liens chaque source "
    "compte. Aucune n’est la vérité\u202f: chacune compte ce que l’autre ne peut pas compter.",
    "beside.chart": "Deux barres par ligne\u202f: les visites des deux sources, à la même échelle. Le "
    "tableau ci-dessous donne les chiffres.",
    "beside.table": "Visites dans les deux sources",
    "beside.difference": "Écart",
    "beside.share": "En pour cent",
    "beside.reasons": "Pourquoi elles diffèrent d’ordinaire",
    "source.log": "Journal du serveur",
    "source.report": "Rapport",
    "channel": "Canal",
    "channels": "Par canal",
    "channels.about": "Une application demande un aperçu quand quelqu’un colle un lien dans une "
    "conversation. Chaque colonne a sa propre échelle.",
    "channels.chart": "Barres des aperçus, des visites et des conversions par canal. Le tableau "
    "ci-dessous donne les chiffres.",
    "channels.table": "Aperçus, visites, conversions et rendement par canal",
    "channels.told.chart": "Barres des visites et des conversions par canal. Le tableau ci-dessous "
    "donne les chiffres.",
    "channels.told.table": "Visites, conversions et rendement par canal",
    "channel.none": "sans canal",
    "previews": "Aperçus",
    "visits": "Visites",
    "visitors": "Visiteurs",
    "conversions": "Conversions",
    "rate": "Taux",
    "range": "Intervalle à 95\u202f%",
    "value": "Recettes",
    "cost": "Coût",
    "roi": "Rendement",
    "cost-per-conversion": "Par conversion",
    "roi.about": "Le rendement est la recette moins le coût, rapportée au coût.",
    "time": "Au fil du temps",
    "time.about": "Les visites par nos liens et, devant elles, les conversions.",
    "time.about.visits": "Les visites par nos liens.",
    "time.few": "Des jours voisins avec peu de visiteurs forment une seule barre.",
    "time.visits": "Visites par jour",
    "time.conversions": "Conversions par jour",
    "time.chart": "Barres des visites et des conversions par jour. Le tableau ci-dessous donne les "
    "chiffres.",
    "time.table": "Visites, conversions et aperçus au fil du temps",
    "time.open": "Afficher le tableau",
    "time.told.chart": "Barres des visites par jour. Le tableau ci-dessous donne les chiffres.",
    "time.told.table": "Ce qui a été compté au fil du temps",
    "time.untold": "Cette source compte tous les jours ensemble.",
    "time.none": "Les visiteurs sont trop peu nombreux pour un détail par jour.",
    "time.days": "Jours",
    "time.dates": "Campagnes",
    "time.from": "à partir du {first}",
    "time.until": "jusqu’au {last}",
    "time.both": "{days}",
    "time.dates.more": "{number} autres campagnes étaient en cours.",
    "campaign": "Campagne",
    "campaign.none": "sans campagne",
    "campaigns": "Par campagne",
    "campaigns.about": "Le point est la part des visites suivies d’une conversion. Le trait indique "
    "où se trouve le vrai taux, 95 fois sur 100\u202f: deux traits qui se chevauchent peuvent "
    "différer par hasard.",
    "campaigns.chart": "Le taux de conversion de chaque campagne avec son intervalle. Le tableau "
    "ci-dessous donne les chiffres.",
    "campaigns.table": "Visites, conversions et rendement par campagne",
    "campaigns.few": "{conversions}, trop peu pour un intervalle",
    "campaigns.all": "Afficher chaque campagne par canal",
    "campaigns.all.table": "Chaque campagne par canal",
    "rows.more": "{number} autres ne sont pas affichées ici\u202f; utmforge measure --format csv les "
    "donne toutes.",
    "private": "Partage privé",
    "private.about": "Les liens que les gens s’envoient arrivent sans référent. Ce qui porte nos "
    "balises est certain. Le reste est une estimation, donc une fourchette.",
    "private.chart": "Toutes les visites en une barre\u202f: certaines, avec indice, probables. Le "
    "tableau ci-dessous donne les chiffres.",
    "private.table": "Visites venues du partage privé",
    "private.kind": "Comment on le sait",
    "private.measured": "Certain\u202f: par nos liens dans {name}",
    "private.measured.none": "Certain\u202f: par nos liens dans plusieurs canaux",
    "private.evidence": "Indice\u202f: {name}",
    "private.mixed": "Indice, peut-être de publications\u202f: {name}",
    "private.probable": "Probable\u202f: ni balise ni référent, une page que l’on tape rarement",
    "private.all": "Toutes les visites",
    "private.share": "Part",
    "private.cannot": "La partie probable ne peut pas être estimée",
    "private.pages": "Pages partagées en privé",
    "private.page": "Page",
    "private.pages.table": "Pages probablement partagées en privé",
    "private.visits": "Visites probables",
    "private.previews": "Aperçus de pages sans balise\u202f: quelqu’un a collé leur adresse",
    "private.link": "Un de nos liens y mène",
    "private.left-out": "Visites sans balise qui ne comptent pas comme probables",
    "private.calibration": "Pages avec nos propres liens privés\u202f: quelle part porte une balise",
    "private.tagged": "Avec balise",
    "private.tagged-share": "Part balisée",
    "private.phones": "{share} des visites probables viennent d’un téléphone, contre {others} des "
    "autres.",
    "private.assumptions": "Sur quoi cela repose",
    "private.method": "Comment la fourchette est établie",
    "yes": "oui",
    "no": "non",
    "app.Facebook or Messenger": "Facebook ou Messenger",
    "evidence.in-app browser": "navigateur de {name}",
    "evidence.private referrer": "lien dans {name}",
    "evidence.preview": "aperçu d’une page sans balise dans {name}",
    "evidence.in-app browser.none": "navigateurs de plusieurs applications",
    "evidence.private referrer.none": "liens à plusieurs endroits",
    "evidence.preview.none": "aperçus de pages sans balise dans plusieurs applications",
    "place.messaging": "des sites de messagerie",
    "place.email": "un webmail",
    "left-out.click id": "avec l’identifiant de clic d’une publicité ou d’un réseau",
    "left-out.web referrer": "depuis un autre site",
    "left-out.shallow page": "page d’accueil ou rubrique, que l’on tape",
    "left-out.own page": "sans référent, d’une de nos pages à une autre",
    "left-out.no browser": "ni image ni style demandés\u202f: sans doute pas une personne",
    "left-out.cross-site": "depuis un autre site, selon le navigateur",
    "lost": "Balises perdues ou mal écrites",
    "lost.about": "Visites avec des balises qu’aucun lien émis ne porte.",
    "lost.table": "Balises qu’aucun lien émis ne porte",
    "lost.tags": "Source / support / campagne",
    "lost.why": "Pourquoi",
    "lost.misspelt": "mal écrit\u202f; à lire\u202f: {name}",
    "lost.missing": "incomplet\u202f: coupé par une application, ou jamais écrit",
    "lost.planned": "dans campaigns.toml, mais pas émis",
    "lost.unknown": "aucun lien semblable n’a été émis",
    "lost.few": "avec peu de visiteurs",
    "late": "Liens ouverts après leur date",
    "late.table": "Visites après le retrait d’un lien ou la fin de sa campagne",
    "late.link": "lien {name} de {campaign}",
    "late.since": "Terminé",
    "left": "Ce qui n’a pas été compté",
    "left.about": "{read} lignes ont été lues, dont {used} utilisées. {views} requêtes sont des "
    "pages vues par des personnes.",
    "left.rows": "{read} lignes ont été lues, dont {used} utilisées.",
    "left.table": "Requêtes qui ne sont pas des visites",
    "left.kind": "Nature",
    "left.hits": "Requêtes",
    "left.rejected": "lignes illisibles",
    "left.redirects": "redirections",
    "excluded.asset": "images, styles, scripts",
    "excluded.bot": "robots",
    "excluded.preview": "aperçus dans des messageries",
    "excluded.probe": "requêtes HEAD ou OPTIONS",
    "excluded.method": "autres méthodes que GET",
    "excluded.failed": "pages en erreur",
    "excluded.system": "pages pour machines (robots.txt, flux, API)",
    "excluded.scanner": "analyseurs de courrier probables",
    "excluded.outside": "hors de la période",
    "origins.table": "Visites sans balise, par provenance",
    "origins.from": "Provenance",
    "origins.detail": "{name}\u202f: {detail}",
    "origin.search": "moteurs de recherche",
    "origin.social": "réseaux sociaux",
    "origin.messaging": "messageries",
    "origin.email": "e-mail",
    "origin.video": "vidéo",
    "origin.shopping": "achats",
    "origin.ai": "assistants IA",
    "origin.spam": "faux référents",
    "origin.other": "autres sites",
    "origin.other sites": "autres sites",
    "origin.no name": "sans nom",
    "origin.in-app": "dans une application",
    "origin.click id": "avec un identifiant de clic",
    "origin.direct": "direct",
    "origin.others of few visitors": "autres, chacune avec peu de visiteurs",
    "depth.home": "page d’accueil",
    "depth.section": "rubrique",
    "depth.deep": "page profonde",
    "method": "Comment on a compté",
    "method.range": "L’intervalle d’un taux est son intervalle à 95\u202f% selon Wilson (1927). Il "
    "n’est pas donné sous {few} conversions.",
    "method.cannot": "Ce que ce journal ne peut pas dire",
    "method.notes": "À propos de cette source",
    "privacy": "Vie privée",
    "privacy.1": "Le journal est lu puis oublié\u202f: rien n’est gardé sur une personne, et cette "
    "page ne contient que des sommes.",
    "privacy.2": "Les adresses sont tronquées avant tout comptage. Les valeurs des identifiants de "
    "clic ne sont jamais lues.",
    "privacy.source": "L’export est lu puis oublié\u202f: rien n’est gardé sur une personne, et cette "
    "page ne contient que des sommes.",
    "privacy.3": "Aucun compte de moins de {minimum} visiteurs n’est affiché, et aucun ne se déduit "
    "de ce qui l’est. Les lignes et les jours qui en ont moins sont réunis.",
    "foot": "Établi par utmforge {version} à partir du journal d’un serveur web. Cette page n’a pas "
    "de script et ne demande rien au web.",
    "foot.source": "Établi par utmforge {version} à partir de ce que {name} a compté. Cette page n’a "
    "pas de script et ne demande rien au web.",
    "foot.report": "Établi par utmforge {version} à partir d’un rapport. Cette page n’a pas de script "
    "et ne demande rien au web.",
    "months.short": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
}

MONTHS = tuple(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)

SENTENCES: Mapping[str, str] = {
    "visit": "Une visite est ce que fait un visiteur jusqu’à ce que {minutes} minutes passent "
    "sans page, ou jusqu’à ce qu’un lien avec d’autres balises soit ouvert.",
    "visitor": "Un visiteur est un navigateur dans un réseau pendant un jour\u202f: les adresses "
    "sont tronquées à /16 (IPv4) ou /32 (IPv6) avant d’être hachées avec un sel aléatoire, si "
    "bien que plusieurs personnes peuvent compter pour une.",
    "conversion": "Une conversion est un objectif atteint pendant une visite, une fois par "
    "visite\u202f; elle revient au lien balisé qui a commencé la visite.",
    "conversion-of-file": "Les conversions sont celles du fichier, rattachées par lien, "
    "campagne ou code promotionnel.",
    "preview": "Un aperçu est la requête d’une application pour un lien collé\u202f; plusieurs "
    "en {minutes} minutes n’en font qu’un.",
    "minimum": "Les comptes de moins de {minimum} visiteurs ne sont pas affichés.",
    "no-referrers": "Le journal n’a pas de référents\u202f: on ne peut pas dire d’où viennent "
    "les visites sans balise.",
    "no-user-agents": "Le journal n’a pas d’agents utilisateurs\u202f: robots et aperçus ne se "
    "distinguent pas des visites.",
    "some-without-user-agents": "{lines} lignes sont dans un format sans agents utilisateurs\u202f: "
    "robots et aperçus y comptent comme des visites.",
    "no-goals": "Aucun objectif n’est défini dans campaigns.toml\u202f: les conversions ne sont "
    "pas comptées.",
    "few-days": "Le journal a des visites sur {days} des {needed} jours que demande une comparaison.",
    "no-assets": "{share} des visiteurs venus du web ont chargé des images, des styles ou des "
    "scripts de cet hôte, ce que font les navigateurs et pas les programmes\u202f: ils sont sans "
    "doute sur un autre hôte.",
    "few-quiet-page-days": "{page_days} jours de pages ont des visites et aucun aperçu, sur les "
    "{needed} que demande une comparaison.",
    "few-visitors": "Moins de {minimum} visiteurs sont comptés, ou l’on pourrait voir de qui il "
    "s’agit.",
    "deep-pages": "Les visites sans balise ni référent d’une page profonde peuvent venir de messages "
    "privés\u202f; mais aussi de favoris, d’adresses tapées, d’applications et de liens qui ont "
    "perdu leurs balises\u202f: seul le haut de la fourchette les compte.",
    "same-ratio": "Sans partage, une page aurait autant de ces visites pour chaque visite venue du "
    "web, ou chaque jour, après un aperçu qu’à d’autres moments.",
    "previews-seen": "Les messageries demandent un aperçu quand un lien est collé. Là où les gens "
    "désactivent les aperçus, le bas de la fourchette est trop bas.",
    "browsers-load": "Les personnes qui viennent de messages privés chargent images, styles et "
    "scripts aussi souvent que celles qui viennent du web.",
    "cross-site": "Une visite avec Sec-Fetch-Site\u202f: cross-site vient d’une page web qui cache "
    "son adresse\u202f; ce peut être la version web d’une messagerie.",
    "upper-end": "Haut de la fourchette\u202f: toutes les visites sans balise de pages profondes "
    "sans aucun signe de leur origine, moins celles qu’aucun navigateur n’a faites ({loaded} des "
    "visiteurs venus du web ont chargé images, styles ou scripts).",
    "lower-end": "Bas de la fourchette\u202f: ce dont ces visites, dans les {hours} heures après "
    "l’aperçu d’une page, dépassent les autres jours de la page ({with_previews} jours de pages avec "
    "un aperçu, {without_previews} sans), moins le hasard (intervalle à 95\u202f% par jour).",
    "rounded": "La fourchette est arrondie vers l’extérieur à {to}, pour qu’aucun nombre plus petit "
    "ne s’en déduise.",
    "change-range": "L’évolution est celle des visites par jour, avec son intervalle à 95\u202f%\u202f; "
    "elle est plus qu’un hasard si l’intervalle exclut l’absence d’évolution. Des visites qui viennent "
    "par à-coups, comme après une lettre d’information, varient plus que l’intervalle ne le dit.",
    "change-by-chance": "Sur 20 noms sans aucune évolution, il faut s’attendre à ce qu’un seul "
    "paraisse plus qu’un hasard. Les lignes de peu de visiteurs ne sont pas comparées.",
    "cheapest-channel": "Une conversion coûte le moins dans {channel}\u202f: {cost_per_conversion} "
    "{currency} (de {low} à {high}, {conversions} conversions)\u202f; vient ensuite {other_channel} "
    "avec {other_cost_per_conversion} (de {other_low} à {other_high})\u202f: déplacez-y le budget.",
    "cheapest-channel.no-currency": "Une conversion coûte le moins dans {channel}\u202f: "
    "{cost_per_conversion} (de {low} à {high}, {conversions} conversions)\u202f; vient ensuite "
    "{other_channel} avec {other_cost_per_conversion} (de {other_low} à {other_high})\u202f: "
    "déplacez-y le budget.",
    "winning-content": "{first} convertit mieux que {second} (écart des taux\u202f: {difference}, "
    "de {low} à {high})\u202f: utilisez-le à sa place.",
    "link-for-shared-page": "{page} est partagée en privé (estimation\u202f: de {low} à {high} "
    "visites) et aucun lien émis n’y mène\u202f; autres pages dans ce cas\u202f: {other_pages}. "
    "Émettez un lien pour elle.",
    "link-for-shared-page.no-other_pages": "{page} est partagée en privé (estimation\u202f: de "
    "{low} à {high} visites) et aucun lien émis n’y mène. Émettez un lien pour elle.",
    "lost-tags": "{visits} visites portaient des balises qu’aucun lien émis n’a, le plus souvent "
    "{source} / {medium} / {campaign} ({most} visites\u202f; nom émis le plus proche\u202f: "
    "{nearest})\u202f: corrigez ces liens.",
    "lost-tags.no-nearest": "{visits} visites portaient des balises qu’aucun lien émis n’a, le plus "
    "souvent {source} / {medium} / {campaign} ({most} visites\u202f; aucun nom émis n’est "
    "proche)\u202f: corrigez ces liens.",
    "planned-tags": "{visits} visites portaient des balises de campaigns.toml dont les liens ne sont "
    "pas dans le registre, le plus souvent {source} / {medium} / {campaign} ({most} "
    "visites)\u202f: émettez-les avec {command}, puis mesurez à nouveau.",
    "unopened-links": "{unopened} des {issued} liens des campagnes visitées n’ont jamais été "
    "ouverts, par exemple {link_id} ({campaign}, {channel})\u202f: ont-ils été envoyés\u202f?",
    "unopened-links.one-unopened": "1 lien (sur {issued}) des campagnes visitées n’a jamais été "
    "ouvert\u202f: {link_id} ({campaign}, {channel})\u202f: a-t-il été envoyé\u202f?",
    "needs-log": "{tool} n’a pas d’aperçus de liens, et ne permet pas de fourchette du partage "
    "privé\u202f: il y faut le journal du serveur.",
    "needs-log.no-tool": "Un rapport n’a pas d’aperçus de liens, et ne permet pas de fourchette du "
    "partage privé\u202f: il y faut le journal du serveur.",
    "only-visitors": "{name} donne des visiteurs, mais pas de visites.",
    "only-visits": "{name} ne donne pas de visiteurs\u202f: les lignes sont masquées d’après leurs "
    "visites.",
    "no-conversions-told": "{name} ne donne pas de conversions.",
    "no-days-told": "{name} ne dit pas quels jours il couvre\u202f: --since et --until le disent.",
    "no-channels-told": "{name} ne donne pas de canaux\u202f: compté par campagne.",
    "no-campaigns-told": "{name} ne donne pas de campagnes\u202f: compté par canal.",
    "one-event": "Seul l’événement {event} est compté\u202f: une session a une ligne pour chacun.",
    "currency-taken": "Le rapport ne nomme pas sa devise\u202f: c’est {currency}, celle de "
    "campaigns.toml, qui est prise.",
    "first-visits": "Le rapport a les balises de la première visite de chaque utilisateur, et non de "
    "chaque visite.",
    "last-click": "Les balises sont celles du dernier clic de la session, telles que GA4 les a "
    "trouvées.",
    "events-without-session": "{events} événements sur {read} n’ont pas de session\u202f: en règle "
    "générale, leurs visiteurs n’ont pas donné leur accord.",
    "tool-sessions": "Les visites sont les sessions de GA4, et les visiteurs ses utilisateurs, dont un "
    "peut figurer dans plusieurs lignes.",
    "earlier-campaign": "GA4 peut attribuer une visite sans balise à la campagne qui a amené le "
    "visiteur auparavant\u202f; un journal ne le fait pas.",
    "session-ids": "Les visites sont les sessions de GA4\u202f: ce que fait un user_pseudo_id sous "
    "un ga_session_id. Ni l’un ni l’autre n’est affiché ou gardé.",
    "first-tags": "Une session revient aux balises avec lesquelles elle a commencé, comme une "
    "visite dans un journal, et son jour est celui de son premier événement.",
    "users-of-rows": "Les visiteurs sont les utilisateurs de chaque ligne et de chaque "
    "jour\u202f; un même utilisateur peut figurer dans plusieurs.",
    "goal-of-session": "Une conversion est un objectif de campaigns.toml, une fois par session.",
    "purchase": "Une conversion est un achat, car aucun objectif n’est défini dans campaigns.toml.",
    "tool-counts": "Les visites et les visiteurs sont ceux que compte {tool}.",
    "tool-counts.no-tool": "Les visites et les visiteurs sont ceux que compte l’outil.",
    "rows-by-name": "Les lignes reviennent à la campagne émise du même nom, et au canal de leurs "
    "balises.",
    "tools-differ": "{one} et {other} ont chacun leur façon de terminer une visite, de reconnaître un "
    "robot et de demander l’accord du visiteur.",
    "tool-has-fewer": "Là où {tool} compte moins\u202f: les visiteurs qui ne donnent pas leur accord, "
    "dont le navigateur bloque les scripts ou qui partent avant leur chargement ne sont que dans le "
    "journal\u202f; de même les robots inconnus et les pages sans sa balise.",
    "tool-has-fewer.no-tool": "Là où le rapport compte moins\u202f: les visiteurs qui ne donnent pas "
    "leur accord, dont le navigateur bloque les scripts ou qui partent avant leur chargement ne sont "
    "que dans le journal\u202f; de même les robots inconnus et les pages sans balise.",
    "tool-has-more": "Là où {tool} compte plus\u202f: les pages livrées par un cache ou un autre "
    "serveur ne sont pas dans le journal\u202f; des visites ultérieures sans balise peuvent compter "
    "pour la campagne\u202f; et une visite qui passe minuit, ou dont le réseau change, peut être "
    "comptée autrement.",
    "tool-has-more.no-tool": "Là où le rapport compte plus\u202f: les pages livrées par un cache ou un "
    "autre serveur ne sont pas dans le journal\u202f; des visites ultérieures sans balise peuvent "
    "compter pour la campagne\u202f; et une visite qui passe minuit, ou dont le réseau change, peut "
    "être comptée autrement.",
    "log-leaves-out": "Du journal, {bots} requêtes de robots et {previews} d’aperçus sont "
    "écartées\u202f; elles n’exécutent pas de script, et {tool} n’en voit donc pas la plupart.",
    "log-leaves-out.no-tool": "Du journal, {bots} requêtes de robots et {previews} d’aperçus sont "
    "écartées\u202f; elles n’exécutent pas de script, et le rapport n’en voit donc pas la plupart.",
    "days-unknown": "L’une des deux sources ne dit pas ses jours\u202f: il peut s’agir de jours "
    "différents.",
    "other-days": "Les deux portent sur des jours différents\u202f: du {since} au {until}, et du "
    "{other_since} au {other_until}.",
    "log-is-shorter": "Le journal ne va que du {since} au {until}\u202f: ses autres jours n’ont pas de "
    "visites.",
    "costs-not-split": "Certains coûts ne peuvent pas être répartis aussi finement.",
}
"""Sentences of the measurement by their key."""
