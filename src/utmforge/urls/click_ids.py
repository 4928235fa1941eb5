"""Click ids and recipients' ids: parameters added to an address for one click or one person.

No landing page needs them. They get into a link that is copied from a browser's address bar or out
of a newsletter. Written down 2026-11 from general knowledge of their owners' documentation, by
design without parameters that sites use themselves (`ref`, `source`, `si`).

>>> owner_of("FBCLID"), is_person_id("mc_eid"), is_person_id("fbclid"), is_click_id("si")
('Meta', True, False, False)
"""

from __future__ import annotations

_OF_CLICKS = {
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
    "Quora": "qclid",
    "Outbrain": "dicbo",
    "Taboola": "tblci",
    "Branch": "_branch_match_id _branch_referrer",
    "Yandex": "yclid ysclid _openstat",
    "Mailchimp": "mc_cid",
    "HubSpot": "_hsmi hsctatracking",
    "Vero": "vero_conv",
    "Adobe": "s_kwcid ef_id",
    "Awin": "awc",
    "CJ": "cjevent",
    "impact.com": "irclickid irgwc",
}

_OF_PERSONS = {
    "ActiveCampaign": "vgo_ee",
    "Acoustic": "spuserid",
    "Blueshift": "bsft_uid bsft_eid",
    "Bronto": "_bta_tid",
    "Customer.io": "_cio_id cio_id",
    "Dotdigital": "dm_i",
    "Drip": "__s",
    "Eloqua": "elqtrackid",
    "Emarsys": "sc_uid",
    "HubSpot": "_hsenc __hssc __hstc __hsfp",
    "Kit": "ck_subscriber_id",
    "Klaviyo": "_kx _ke",
    "Listrak": "trk_contact",
    "Mailchimp": "mc_eid",
    "MailerLite": "ml_subscriber ml_subscriber_hash",
    "Marketo": "mkt_tok",
    "Omeda": "oly_enc_id oly_anon_id",
    "Salesforce Marketing Cloud": "sfmc_sub et_rid",
    "Segment": "ajs_uid ajs_aid",
    "Vero": "vero_id",
}

PERSON_IDS = {name: owner for owner, names in _OF_PERSONS.items() for name in names.split()}
"""The mailer whose id for one recipient a parameter is, by the parameter's name in lower case."""

CLICK_IDS = {
    **{name: owner for owner, names in _OF_CLICKS.items() for name in names.split()},
    **PERSON_IDS,
}
"""The tool that adds a parameter, by the parameter's name in lower case."""


def is_click_id(name: str) -> bool:
    """Tell whether a parameter of this name identifies one click or one person."""
    return name.lower() in CLICK_IDS


def is_person_id(name: str) -> bool:
    """Tell whether a parameter of this name identifies one recipient of a mailer."""
    return name.lower() in PERSON_IDS


def owner_of(name: str) -> str | None:
    """Return the tool that adds a parameter of this name, or None."""
    return CLICK_IDS.get(name.lower())
