"""A file to import: what will be imported, and what there is to say about it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Run
from utmforge import Registry, Tags, issue, make_link
from utmforge.errors import ContradictoryInput, LandingPagesInvalid
from utmforge.registry.interchange.import_export import FileFormat, exported
from utmforge.registry.interchange.import_plan import (
    MAX_PROBLEMS,
    ImportPlan,
    ImportRequest,
    plan_import,
)

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)

TAGGED = "https://x.example/?utm_source=s&utm_medium=m&utm_campaign=c"


def test_rows_that_are_no_links_can_be_left_out(run: Run, work: Path) -> None:
    """Only on request; each is reported."""
    bad = "".join(f"https://x.example/{n}\n" for n in range(25))
    (work / "x.csv").write_text(f"url\n{TAGGED}\n{bad}")
    result = run("registry", "import", "x.csv", "--skip-errors", "--registry", "links.db")

    assert result.exit_code == 0
    assert result.stderr.count("warning: x.csv:") == 20
    assert "warning: and 5 more rows left out\n" in result.stderr
    assert result.stdout.startswith("imported  1\n")


def test_rows_that_are_not_links_say_how_to_leave_them_out(run: Run, work: Path) -> None:
    """The first are named, the others counted."""
    (work / "x.csv").write_text("url\n" + TAGGED + "\n" + "https://x.example/\n" * 21)
    result = run("registry", "import", "x.csv", "--registry", "links.db")

    assert result.exit_code == 25
    assert result.stderr.count("error: x.csv:") == 20 + 1
    assert result.stderr.endswith(
        "error: x.csv: and 1 more row that is not a link\n"
        "hint: --skip-errors leaves such rows out\n"
    )


def planned(text: str, name: str = "x.csv", *, skip: bool = False, **mapping: str) -> ImportPlan:
    """Return the plan for a file."""
    return plan_import(text, name, ImportRequest(mapping, skip_errors=skip), now=NOON)


def test_a_sheet_becomes_links_without_events() -> None:
    """With the columns that were used, and where each link stands."""
    plan = planned(f"url,Channel,Note\n{TAGGED},sms,x\n")
    ((name, link),) = plan.content.links.items()

    assert (link.url, link.channel, link.issued_at) == (TAGGED, "sms", "2026-03-20T12:00:00Z")
    assert (list(plan.content.events), plan.content.places) == ([], {name: "x.csv:2"})
    assert plan.columns is not None
    assert plan.columns.taken == {"url": "url", "channel": "Channel"}
    assert plan.columns.unused == ("Note",)


def test_an_export_is_taken_as_it_is() -> None:
    """No column is looked for, and none can be named."""
    with Registry.open(Path("links.db")) as registry:
        issue([make_link("https://x.example/", Tags("s", "m", "c"))], registry, now=NOON)
        for kind in FileFormat:
            text = "".join(exported(registry, kind))
            plan = planned(text, f"x.{kind}")

            assert [link.url for link in plan.content.links.values()] == [TAGGED]
            assert plan.columns is None
            with pytest.raises(ContradictoryInput) as caught:
                planned(text, f"x.{kind}", url="url")
            assert caught.value.hint == "leave out --map and --date-format"


@pytest.mark.parametrize("text", ["", "\n\n", "# only\n", "url,channel\n", "url\n"])
def test_a_file_without_links_is_a_plan_for_none(text: str) -> None:
    """There is nothing to refuse."""
    plan = planned(text)
    plan.refuse_problems()

    assert (dict(plan.content.links), plan.left_out) == ({}, ())


@given(st.integers(0, 45), st.booleans())
def test_problems_are_listed_up_to_a_limit(bad: int, skip: bool) -> None:
    """The rest is counted, and the last one says how to leave them out."""
    plan = planned(f"url\n{TAGGED}\n" + "https://x.example/\n" * bad, skip=skip)

    assert len(plan.left_out) == bad
    if skip or not bad:
        plan.refuse_problems()
        return
    with pytest.raises(LandingPagesInvalid) as caught:
        plan.refuse_problems()
    problems = caught.value.problems
    assert len(problems) == min(bad, MAX_PROBLEMS) + (bad > MAX_PROBLEMS)
    assert problems[-1].hint == "--skip-errors leaves such rows out"
    assert all(one.hint is None for one in problems[:-1])
    if bad > MAX_PROBLEMS:
        more = bad - MAX_PROBLEMS
        words = "more row that is not a link" if more == 1 else "more rows that are not links"
        assert problems[-1].message == f"and {more} {words}"


def test_a_link_that_comes_twice_is_one() -> None:
    """With the place and the date of the first."""
    plan = planned(f"url,date\n{TAGGED},2026-01-02\n{TAGGED},2026-01-03\n")
    (link,) = plan.content.links.values()

    assert link.issued_at == "2026-01-02T00:00:00Z"
    assert plan.content.places == {link.id: "x.csv:2"}
