"""The words of the share sheet, by language. `#` stands for a number or a name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENGLISH = {
    "eyebrow": "Links to share",
    "lead": "Copy a message, open it in its app, or let people scan the code. Each link is counted "
    "for its own channel, so use each one only where it belongs.",
    "skip": "Skip to the links",
    "search": "Search channel, content, message or link",
    "print": "Print the codes",
    "one": "# link",
    "many": "# links",
    "more": "Show more",
    "copy": "Copy message",
    "copy-link": "Copy link",
    "share": "Share …",
    "copied": "Copied",
    "failed": "Not copied: select the text instead",
    "open": "Open #",
    "ios": "iPhone",
    "android": "Android",
    "web": "computer",
    "code": "QR code of the link",
    "size": "print # mm wide or more",
    "no-code": "too long for a QR code",
    "no-channel": "no channel",
    "no-app": "# has no share link: copy the message, or let people scan the code.",
    "print-only": "For print: people scan the code.",
    "no-share": "No share link: copy the message, or let people scan the code.",
    "phones-only": "# opens on a phone only.",
    "web-only": "# opens in a browser on a computer only.",
    "link-only": "takes only the link: paste the message too",
    "ga4": "GA4 group",
    "link": "Link",
    "segment": "# segment",
    "segments": "# segments",
    "too-long": "#1 characters, #2 are possible",
    "thousands": ",",
    "foot": "Made with utmforge. This page loads nothing and stores nothing.",
}
_FRENCH = {
    "eyebrow": "Liens à partager",
    "lead": "Copiez un message, ouvrez-le dans son application ou faites scanner le code. Chaque "
    "lien est compté pour son propre canal : n’utilisez chacun que là où il a sa place.",
    "skip": "Aller aux liens",
    "search": "Chercher un canal, un contenu, un message ou un lien",
    "print": "Imprimer les codes",
    "one": "# lien",
    "many": "# liens",
    "more": "Afficher la suite",
    "copy": "Copier le message",
    "copy-link": "Copier le lien",
    "share": "Partager …",
    "copied": "Copié",
    "failed": "Non copié : sélectionnez le texte",
    "open": "Ouvrir #",
    "ios": "iPhone",
    "android": "Android",
    "web": "ordinateur",
    "code": "Code QR du lien",
    "size": "# mm de large au moins",
    "no-code": "trop long pour un code QR",
    "no-channel": "sans canal",
    "no-app": "# n’a pas de lien de partage : copiez le message ou faites scanner le code.",
    "print-only": "Pour l’impression : on scanne le code.",
    "no-share": "Pas de lien de partage : copiez le message ou faites scanner le code.",
    "phones-only": "# ne s’ouvre que sur un téléphone.",
    "web-only": "# ne s’ouvre que dans un navigateur, sur un ordinateur.",
    "link-only": "ne prend que le lien : collez aussi le message",
    "ga4": "Groupe GA4",
    "link": "Lien",
    "segment": "# segment",
    "segments": "# segments",
    "too-long": "#1 caractères, #2 au plus",
    "thousands": "\u202f",
    "foot": "Fait avec utmforge. Cette page ne charge rien et n’enregistre rien.",
}

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": _ENGLISH, "fr": _FRENCH})
