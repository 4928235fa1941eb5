"""A merge tag is private if it differs from person to person; others are the same for all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.privacy.merge_tags import one_person, without_merge_tags

FORMS = [
    "{{{{{}}}}}",
    "{{{{ {} }}}}",
    "*|{}|*",
    "%%{}%%",
    "${{{}}}",
    "<%= {} %>",
    "«{}»",
    "<?= ${} ?>",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("field", "is_private"),
    [
        ("email", True),
        ("EMAIL", True),
        ("firstname", True),
        ("contact.email", True),
        ("campaign.name", False),
        ("campaign", False),
    ],
)
def test_fields_in_every_mailer_s_form(form: str, field: str, is_private: bool) -> None:
    """The field decides, not the signs around it; other words may stand beside it."""
    tag = form.format(field)

    assert one_person(tag) is is_private
    assert one_person(f"news-{tag}-x") is is_private


@pytest.mark.parametrize(
    ("tag", "is_private"),
    [
        ("{{subscriber.id}}", True),
        ("{first name}", True),
        ("{ad name}", False),
        ("<?= $user->first_name ?>", True),
        ("<?php echo $email; ?>", True),
        ("<?php echo $campaign; ?>", False),
        ('[email default="you"]', True),
        ("%First Name%", True),
        ("{{product.id}}", False),
        ("{{customer.name}}", True),
        ("{{ email|default:'x' }}", True),
        ("%EMAIL%", True),
        ("%20SALE%20", False),
        ("[email,fallback=you]", True),
        ("{keyword}", False),
        ("*|LIST:NAME|*", False),
        ("email", False),
        ("{{}}", False),
        ("", False),
    ],
)
def test_whose_field_it_is(tag: str, is_private: bool) -> None:
    """An id of a person is private, one of a product is not."""
    assert one_person(tag) is is_private


@given(st.text("abc -_.09", max_size=20), st.text("abc -_.09", max_size=20))
def test_a_merge_tag_leaves_a_space(before: str, after: str) -> None:
    """So that what stands around it is not read as one word."""
    assert without_merge_tags(f"{before}{{{{email}}}}{after}") == f"{before} {after}"
    assert without_merge_tags(before) == before
