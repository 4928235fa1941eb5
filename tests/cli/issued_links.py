"""Two links that were issued, for tests of what may become of them."""

from datetime import UTC, datetime

from utmforge.urls.link_ids import link_id

NEW = ("new", "https://x.example/", "-c", "spring", "-C")
SMS = "https://x.example/?utm_source=sms&utm_medium=sms&utm_campaign=spring"
MAIL = "https://x.example/?utm_source=email&utm_medium=email&utm_campaign=spring"
ID, OTHER = link_id(SMS), link_id(MAIL)


def today() -> str:
    """Return the day as utmforge writes it; a run of the tests may go over midnight."""
    return datetime.now(UTC).strftime("%Y-%m-%d")
