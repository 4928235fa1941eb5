"""Click ids: parameters that networks and mailers add to an address for one click or person.

No landing page needs them. They get into a link that is copied from a browser's address bar.
Written down 2026-11-23 from general knowledge of their owners' documentation, by design without
parameters that sites use themselves (`ref`, `source`, `si`).
"""

from __future__ import annotations

_OF = {
    "Meta": "fbclid igshid igsh",
    "Google": "gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid",
    "Google Analytics": "_ga _gl",
    "Microsoft": "msclkid",
    "X": "twclid ref_src ref_url",
    "TikTok": "ttclid",
    "LinkedIn": "li_fat_id",
    "Pinterest": "epik",
    "Snapchat": "sccid",
    "Reddit": "rdt_cid",
    "Yandex": "yclid ysclid _openstat",
    "Mailchimp": "mc_cid mc_eid",
    "HubSpot": "_hsenc _hsmi __hssc __hstc __hsfp hsctatracking",
    "Marketo": "mkt_tok",
    "Vero": "vero_id vero_conv",
    "Klaviyo": "_kx",
    "Omeda": "oly_enc_id oly_anon_id",
    "Adobe": "s_kwcid ef_id",
}

CLICK_IDS = {name: owner for owner, names in _OF.items() for name in names.split()}
"""The tool that adds a parameter, by the parameter's name in lower case."""


def is_click_id(name: str) -> bool:
    """Tell whether a parameter of this name identifies one click or one person."""
    return name.lower() in CLICK_IDS
