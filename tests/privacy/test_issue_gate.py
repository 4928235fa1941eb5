"""A link with something private in it is not issued, and the refusal does not repeat it."""

import pytest

from utmforge.errors import PrivateData
from utmforge.issuing.make import make_link
from utmforge.model import Tags
from utmforge.privacy.issue_gate import refuse_private

TAGS = Tags("news", "email", "spring")
PAGE = "https://shop.example/p?colour=blue"


@pytest.mark.parametrize(
    ("page", "tags", "says"),
    [
        (f"{PAGE}&e=ann@mail.example", TAGS, 'e-mail address in parameter "e"'),
        (PAGE, TAGS._replace(content="ann@mail.example"), "e-mail address in utm_content"),
        (f"{PAGE}&password=hunter2hunter2", TAGS, 'password parameter in parameter "password"'),
    ],
)
def test_what_is_private_is_refused(page: str, tags: Tags, says: str) -> None:
    """In the page and in the tags, with its kind and its place."""
    with pytest.raises(PrivateData) as refusal:
        refuse_private([make_link(PAGE, TAGS), make_link(page, tags)])

    assert refusal.value.message == f"the link has a private {says}"
    assert "mail.example" not in f"{refusal.value} {refusal.value.hint}"
    assert "hunter2" not in f"{refusal.value} {refusal.value.hint}"


def test_personal_data_may_be_allowed_and_secrets_never() -> None:
    """A secret that stands beside personal data is what the refusal names."""
    personal = make_link(f"{PAGE}&e=ann@mail.example", TAGS)
    secret = make_link(f"{PAGE}&e=ann@mail.example&password=hunter2hunter2", TAGS)

    refuse_private([personal], allow_personal=True)
    for allow_personal in (False, True):
        with pytest.raises(PrivateData, match="password"):
            refuse_private([secret], allow_personal=allow_personal)


def test_ordinary_links_pass() -> None:
    """Nothing is asked of them."""
    refuse_private([make_link(PAGE, TAGS), make_link("https://shop.example/p/item-4711", TAGS)])
