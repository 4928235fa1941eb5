"""What a link is, as people, pipes and programs get it."""

import io
import json

import pytest

from utmforge.analytics.readings import readings_of
from utmforge.explain.explanation import Explanation
from utmforge.explain.issued_match import IssuedAs
from utmforge.explain.missing_tag import MAX_COUNTED, OneOf
from utmforge.explain.problems import LinkProblem
from utmforge.issuing.make import make_link
from utmforge.lint.repair import Repair
from utmforge.model import Event, Tags
from utmforge.output.console import Console
from utmforge.output.explanations import show_explanation
from utmforge.output.formats import Format
from utmforge.privacy.find import find_private
from utmforge.registry.successors import Successor
from utmforge.urls.link import Link
from utmforge.urls.unwrap.unwrap import FoundLink

PAGE = "https://shop.example/"
LINK = make_link(PAGE, Tags("whatsapp", "message", "spring", content="hero"), channel="whatsapp")
ISSUED = LINK._replace(issued_at="2026-03-20T10:00:00Z", state="issued")
OTHER = make_link(PAGE, Tags("news", "email", "spring"))._replace(issued_at="2026-03-21")


def explained(
    url: str = LINK.url,
    *,
    steps: tuple[str, ...] = (),
    issued: IssuedAs | None = None,
    problems: tuple[LinkProblem, ...] = (),
    repair: Repair | None = None,
    one_of: OneOf | None = None,
) -> Explanation:
    """Return an explanation of which a test says only what it is about."""
    link = Link(url)
    return Explanation(
        FoundLink(link, steps),
        readings_of(link),
        issued,
        problems,
        repair or Repair(url),
        find_private(url),
        one_of,
    )


def shown(
    explanation: Explanation, fmt: Format, monkeypatch: pytest.MonkeyPatch, columns: int = 80
) -> tuple[str, str]:
    """Return what is on stdout and on stderr."""
    monkeypatch.setenv("COLUMNS", str(columns))
    stdout, stderr = io.StringIO(), io.StringIO()
    show_explanation(Console("explain", stdout=stdout, stderr=stderr, fmt=fmt), explanation)
    return stdout.getvalue(), stderr.getvalue()


READ = """\
GA4        Organic Social
           source "whatsapp" is listed as social
           whatsapp / message / spring
Matomo     whatsapp / message / spring
Plausible  Organic Social
           whatsapp / message / spring
"""


def test_a_link_of_this_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """When, for what and by which channel; nothing to fix is not spoken of."""
    text, _ = shown(explained(issued=IssuedAs(ISSUED)), Format.TABLE, monkeypatch)

    assert text == (
        f"{LINK.url}\n"
        "issued     2026-03-20 for spring, content hero\n"
        f"           {LINK.id}, whatsapp\n{READ}"
    )


def test_steps_changes_retirement_problems_and_the_link_to_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each with its label, in this order."""
    event = Event(LINK.id, "retired", "2026-04-01T08:00:00Z", "change", "wrong page", OTHER.id)
    issued = IssuedAs(ISSUED, ("fbclid was added",), event, Successor(OTHER.id, OTHER, None))
    problem = LinkProblem("UTM101", "letter-case", "error", 'source "A" has capitals', 'write "a"')
    text, _ = shown(
        explained(
            f"{LINK.url}&fbclid=1",
            steps=("read as quoted-printable",),
            issued=issued,
            problems=(problem,),
            repair=Repair(OTHER.url),
        ),
        Format.TABLE,
        monkeypatch,
    )

    assert text == (
        f"{LINK.url}&fbclid=1\n"
        "found      read as quoted-printable\n"
        "issued     2026-03-20 for spring, content hero\n"
        f"           {LINK.id}, whatsapp\n"
        "changed    fbclid was added\n"
        "retired    2026-04-01: wrong page\n"
        f"instead    {OTHER.id}\n{READ}"
        'error      source "A" has capitals\n'
        '           → write "a"\n'
        f"fixed\n{OTHER.url}\n"
    )


@pytest.mark.parametrize(
    ("number", "count", "more"),
    [(1, "1", None), (5, "5", "and 4 more"), (MAX_COUNTED + 1, "over 500", "and more")],
)
def test_one_of_several_links(
    number: int, count: str, more: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many, what is missing, and the latest."""
    one_of = OneOf(number, ("utm_content",), (ISSUED,))
    lines = shown(explained(one_of=one_of), Format.TABLE, monkeypatch)[0].splitlines()

    assert lines[1] == f"issued     as one of {count} links, but utm_content is missing here"
    assert lines[2] == f"           {LINK.id}, whatsapp: utm_content hero"
    assert (lines[3].strip() == more) if more else lines[3].startswith("GA4")


def test_what_is_not_certain_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the group and the rule; long sentences are folded, addresses never."""
    url = f"{PAGE}?utm_medium=email&{'x' * 60}"
    text, _ = shown(explained(url), Format.TABLE, monkeypatch, columns=50)

    assert text.startswith(
        f"{url}\n"
        "issued     not by this registry\n"
        "GA4        uncertain: Email or another group\n"
        '           medium "email" is email, e-mail, e_mail\n'
        "           or e mail\n"
        "           Google requires utm_source, and does\n"
    )


def test_what_cannot_be_fixed_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """For people beneath the problems; in a pipe there is the link itself, or nothing."""
    url = f"{PAGE}?utm_source=a"
    explanation = explained(url, repair=Repair(None, "the tags have no medium"))

    text, _ = shown(explanation, Format.TABLE, monkeypatch)
    assert text.endswith("not fixed  the tags have no medium\n")
    assert shown(explanation, Format.URLS, monkeypatch) == (f"{url}\n", "")


@pytest.mark.parametrize(
    "fmt", [Format.TABLE, Format.URLS, Format.JSONL, Format.CSV, Format.MARKDOWN]
)
def test_what_is_private_is_left_out(fmt: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every format shows its kind, and none its value."""
    url = f"{PAGE}?utm_source=zqx@acme.example&utm_medium=email&utm_campaign=c"
    explanation = explained(url, repair=Repair(None, "it contains private data (e-mail address)"))
    text, said = shown(explanation, fmt, monkeypatch)

    assert "zqx" not in text + said
    if fmt is Format.URLS:
        assert (text, said) == ("", "warning: no link: it contains private data (e-mail address)\n")
    else:
        assert "[e-mail address" in text.replace("\\[", "[")


def test_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """What each tool reads, apart; its keys are pinned in `tests/cli/test_explain.py`."""
    url = f"{PAGE}?UTM_SOURCE=facebook&utm_medium=cpc#mtm_campaign=x"
    data = json.loads(shown(explained(url), Format.JSONL, monkeypatch)[0])

    assert data["tags"] == {"medium": "cpc"}
    assert data["ga4"]["certain"] is False
    assert data["matomo"]["campaign"] == "x"
    assert data["matomo"]["medium"] is None
    assert data["plausible"]["medium"] == "cpc"
    assert (data["mended"], data["not_mended"]) == (url, None)


def test_one_row_of_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a spreadsheet."""
    header, row = shown(explained(issued=IssuedAs(ISSUED)), Format.CSV, monkeypatch)[0].splitlines()
    facts = dict(zip(header.split(","), row.split(","), strict=True))

    assert facts["url"] == facts["mended"] == LINK.url
    assert (facts["issued"], facts["state"]) == (LINK.id, "issued")
    assert (facts["source"], facts["medium"], facts["ga4"]) == (
        "whatsapp",
        "message",
        "Organic Social",
    )
    assert facts["one_of"] == ""
