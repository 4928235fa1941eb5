"""What `utmforge lint` does, without a command line: opened inputs in, a result out."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.campaigns.campaign_file import CampaignFile
from utmforge.documents.base import Kind
from utmforge.errors import RegistryUnavailable
from utmforge.files.decoding import FileText
from utmforge.issuing.make import make_link
from utmforge.lint.finding import Where
from utmforge.lint.workspace_run import (
    AddressInput,
    FixedText,
    IssuedKept,
    LintRequest,
    NoLinks,
    NotCompared,
    NotFixed,
    TextInput,
    lint_inputs,
)
from utmforge.model import Tags
from utmforge.registry import Registry

LOUD = "https://shop.example/?utm_source=News&utm_medium=email&utm_campaign=spring"
QUIET = LOUD.replace("News", "news")
ISSUED = make_link("https://shop.example/poster", Tags("News", "email", "spring"))


def registry() -> Registry:
    """Return a registry with a link of a poster."""
    with Registry.open("links.db") as made:
        made.add([ISSUED])
    return Registry.open("links.db")


def no_registry() -> Registry:
    """Refuse."""
    raise RegistryUnavailable("it is away")


REQUEST = LintRequest((), CampaignFile(), registry, datetime(2026, 11, 1, tzinfo=UTC))


def text_of(text: str, name: str = "links.txt", kind: Kind = "list") -> TextInput:
    """Return a text as if it had been read from a file."""
    return TextInput(name, FileText(text), kind, Path(name))


def test_findings_and_links_are_counted() -> None:
    """In texts and addresses."""
    inputs = (text_of(f"{QUIET}\n{LOUD}\n"), AddressInput("argument 2", LOUD))
    result = lint_inputs(REQUEST._replace(inputs=inputs))

    assert [(one.code, one.where) for one in result.findings] == [
        ("UTM101", Where("argument 2", kind="argument")),
        ("UTM101", Where("links.txt", 2, 1)),
    ]
    assert (result.links, result.notes, result.is_clean) == (3, (), False)


def test_a_fixed_text_is_returned_and_not_written() -> None:
    """It is linted as it will be; in a dry run as it is."""
    request = REQUEST._replace(inputs=(text_of(f"{LOUD}\n"),), fix=True)
    result = lint_inputs(request)

    difference = f"--- links.txt\n+++ links.txt\n@@ -1 +1 @@\n-{LOUD}\n+{QUIET}\n"
    assert result.fixed == (FixedText(Path("links.txt"), f"{QUIET}\n".encode(), difference),)
    assert result.findings == ()
    assert not Path("links.txt").exists()

    tried = lint_inputs(request._replace(dry_run=True))
    assert tried.fixed == result.fixed
    assert [one.code for one in tried.findings] == ["UTM101"]


def test_a_campaign_file_is_fixed_as_text() -> None:
    """It is not read from a disk a second time."""
    text = '[campaigns.spring]\nlanding_page = "https://shop.example/"\nchannels = ["email"]\n'
    text += 'contents = ["Hero Image"]\n'
    file = text_of(text, "campaigns.toml", "campaigns")
    result = lint_inputs(REQUEST._replace(inputs=(file,), fix=True))

    assert [one.data.decode() for one in result.fixed] == [text.replace("Hero Image", "hero-image")]
    assert result.findings == ()
    assert lint_inputs(REQUEST._replace(inputs=(file,))).can_fix


@pytest.mark.parametrize(
    ("one", "can_fix", "why"),
    [
        (text_of(f"{LOUD}\n"), True, None),
        (text_of(f"see {LOUD} for more\n"), False, None),
        (text_of(f"{QUIET}\n"), False, None),
        (text_of(f"url\n{LOUD}\n", "l.csv", "csv"), True, None),
        (text_of(f'<a href="{LOUD}">x</a>', "l.html", "html"), False, "kind"),
        (text_of(f"[x]({LOUD})", "l.md", "markdown"), False, "kind"),
        (text_of(f"{LOUD}\nremark\n", "l.rst"), False, "not-a-list"),
        (text_of(f"{LOUD}\n")._replace(path=None), False, "not-a-file"),
        (
            text_of(f"{LOUD}\n")._replace(file=FileText(f"{LOUD}\udc81\n", "cp1252")),
            False,
            "encoding",
        ),
    ],
)
def test_a_fix_is_only_offered_where_there_is_one(
    one: TextInput, can_fix: bool, why: str | None
) -> None:
    """If it is requested anyway, the result says why not."""
    assert lint_inputs(REQUEST._replace(inputs=(one,))).can_fix is can_fix

    result = lint_inputs(REQUEST._replace(inputs=(one,), fix=True))
    assert bool(result.fixed) is can_fix
    assert [note.why for note in result.notes if isinstance(note, NotFixed)] == [why] * bool(why)


def test_no_fix_is_offered_for_an_address_alone() -> None:
    """There is no file that could be rewritten."""
    assert not lint_inputs(REQUEST._replace(inputs=(AddressInput("argument 1", LOUD),))).can_fix


def test_an_issued_link_stays() -> None:
    """The others are fixed."""
    one = text_of(f"{ISSUED.url}\n{LOUD}\n")
    result = lint_inputs(REQUEST._replace(inputs=(one,), fix=True))

    kept, fixed = result.notes
    assert kept == IssuedKept("links.txt", ((Where("links.txt", 1, 1), ISSUED.id),))
    assert isinstance(fixed, FixedText)
    assert fixed.data == f"{ISSUED.url}\n{QUIET}\n".encode()


def test_a_registry_that_is_away() -> None:
    """Nothing is fixed, nothing compared, and everything else is done."""
    one = text_of(f"{LOUD}\n")
    request = REQUEST._replace(inputs=(one,), open_registry=no_registry, has_workspace=True)
    result = lint_inputs(request._replace(fix=True))

    assert [type(note) for note in result.notes] == [NotFixed, NotCompared]
    assert [one.code for one in result.findings] == ["UTM101"]
    assert lint_inputs(request._replace(rules=frozenset(("UTM101",)))).notes == ()


def test_a_document_without_links() -> None:
    """Is noted; an empty one is not, nor is a list."""
    texts = (text_of("<p>x</p>", "a.html", "html"), text_of("", "b.html", "html"), text_of("\n"))

    assert lint_inputs(REQUEST._replace(inputs=texts)).notes == (NoLinks("a.html"),)


LINES = st.lists(
    st.sampled_from(
        [
            *(LOUD, QUIET, f"  {LOUD}  # utmforge: ignore UTM101 x", "# remark", "", f"see {LOUD}"),
            *(f"{LOUD}&UTM_Term=A+b", f"{LOUD}&amp;utm_content=X", f"{LOUD}#utm_term=%2541"),
            *(f"{LOUD}&utm_content=caf%25C3%25A9", f"{LOUD},{LOUD}", f"{LOUD}&e=a@mail.example"),
            *(f'"{LOUD}"', f"{LOUD}&utm_term=&utm_term=x.", "https://shop.example/?utm-source=A&x"),
        ]
    ),
    max_size=8,
)


@given(
    LINES,
    st.sampled_from([("list", "l.txt"), ("csv", "l.csv")]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_fixing_twice_is_fixing_once(
    lines: list[str], kind: tuple[Kind, str], newline: str
) -> None:
    """Of a file as of a link: the second run changes nothing."""
    text = newline.join(["url", *lines])
    once = lint_inputs(REQUEST._replace(inputs=(text_of(text, kind[1], kind[0]),), fix=True))
    fixed = once.fixed[0].data.decode() if once.fixed else text
    twice = lint_inputs(REQUEST._replace(inputs=(text_of(fixed, kind[1], kind[0]),), fix=True))

    assert twice.fixed == ()
    assert twice.findings == once.findings
