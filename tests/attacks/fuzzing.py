"""Hostile texts, records and campaign files, and what must hold whatever comes in."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from typing import TYPE_CHECKING, Any

import tomli_w
from hypothesis import settings
from hypothesis import strategies as st

from utmforge.issuing.make import make_link
from utmforge.model import Event, Tags
from utmforge.registry.interchange.records import event_record, link_record

if TYPE_CHECKING:
    from tests.conftest import Result

quick = settings(
    max_examples=int(os.environ.get("UTMFORGE_FUZZ_EXAMPLES", "40")), derandomize=False
)
"""As many as a run of the suite has time for; `benchmarks/fuzz.py` asks for many more."""

HOSTILE = (
    *("", " ", "a\x1b[31mb", "a\x9bb", "a\x00b", "a\nb", "a\r\nb", "a\x7fb", "a\x85b", "\u2028"),
    *("a\u202eb", "\u200f", "\ud800", "x" * 9_000, "=1+1", "'", '"', "\ufeff", "%00", "{{x}}"),
    *("2026-99-99T00:00:00Z", "0000-01-01T00:00:00Z", "٢٠٢٦-01-01T00:00:00Z", "null", "[]", "{}"),
    *("javascript:alert(1)", "https://u:p@x.example/", "https://[::1", "//", "https://x.example/%"),
)
texts = st.sampled_from(HOSTILE) | st.text(max_size=12)
numbers = st.sampled_from([0, -1, 5, 10**400, 1e308, float("inf"), float("nan"), 2**63])
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=4,
)

LINK = make_link("https://shop.example/a", Tags("news", "email", "spring"), channel="newsletter")
EVENT = Event(LINK.id, "retired", "2026-03-20T09:30:00Z", "22223333", "wrong page")
RECORDS = (
    dict(link_record(LINK._replace(issued_at="2026-03-20T09:30:00Z"))),
    dict(event_record(EVENT)),
)

RAW_JSON = (
    *("5", "null", "true", "[]", "{}", "NaN", "-Infinity", "1e999999", "9" * 5_000, '"x"'),
    *("[" * 100_000, '{"a":' * 3_000, "[" * 2_000 + "]" * 2_000, "{", "\x00", "\ufeff{}"),
)


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """A record that utmforge wrote, with some fields changed, removed or added."""
    record: dict[str, Any] = dict(draw(st.sampled_from(RECORDS)))
    for _ in range(draw(st.integers(0, 3))):
        key = draw(st.sampled_from([*record, "utm_id", "action"]))
        if draw(st.booleans()):
            record[key] = draw(values)
        else:
            record.pop(key, None)
    return record


@st.composite
def jsonl(draw: st.DrawFn) -> str:
    """Lines of records, some of them no JSON."""
    lines = [json.dumps(record) for record in draw(st.lists(records(), max_size=4))]
    if draw(st.booleans()):
        lines.append(draw(st.sampled_from(RAW_JSON)))
    return "\n".join(lines) + "\n"


@st.composite
def toml(draw: st.DrawFn) -> str:
    """An export as TOML, with fields of every type."""
    text = ""
    for record in draw(st.lists(records(), max_size=3)):
        table = "events" if "action" in record else "links"
        try:
            text += tomli_w.dumps({table: [_without_none(record)]}) + "\n"
        except (TypeError, ValueError, UnicodeEncodeError):
            text += f"[[{table}]]\nid = 1\n"
    if draw(st.booleans()):
        text += f"[[links]]\nid = {draw(st.sampled_from(RAW_TOML))}\n"
    return text


def _without_none(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, dict):
        return {str(key): _without_none(each) for key, each in value.items() if each is not None}
    if isinstance(value, list):
        return [_without_none(each) for each in value if each is not None]
    return value


@st.composite
def table(draw: st.DrawFn) -> str:
    """An export as CSV, with a history of anything."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*RECORDS[0], "history"])
    for _ in range(draw(st.integers(1, 3))):
        row = [value or "" for value in RECORDS[0].values()]
        row.append(draw(st.sampled_from(RAW_JSON) | values.map(json.dumps) | texts))
        if draw(st.booleans()):
            row[draw(st.integers(0, len(row) - 1))] = draw(texts)
        writer.writerow(row)
    return text.getvalue()


@st.composite
def spreadsheet(draw: st.DrawFn) -> str:
    """A table of links as people keep it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    header = ["url", "channel", "issued_at"]
    writer.writerow(header if draw(st.booleans()) else [draw(texts) for _ in header])
    for _ in range(draw(st.integers(0, 3))):
        row = [LINK.url, "email", "2026-03-20"]
        row[draw(st.integers(0, 2))] = draw(texts)
        writer.writerow(row)
    return text.getvalue()


RAW_TOML = (
    *("5", "true", "[]", "{}", "inf", "nan", "1e999999", "9" * 5_000, '"x"', "2026-03-20"),
    *("2026-99-99", "0000-01-01", "12:00:00", "2026-03-20T00:00:00Z", '"a\\u001bb"', '"a\\u202eb"'),
    *("[" * 2_000 + "]" * 2_000, "{ a = " * 2_000 + "1" + " }" * 2_000, '""', '"""a\nb"""'),
    *('"\\u0000"', "[[1]]", "[{}]", "{ x = {} }", "'a'", '["a\\u009bb"]', "0x" + "f" * 5_000),
    '"' + "x" * 9_000 + '"',
)
KEYS = (
    *("workspace", "workspace.registry", "workspace.own_domains", "workspace.timezone"),
    *("workspace.currency", "convention", "convention.max_length", "convention.source"),
    *("convention.source.allowed", "convention.content.pattern", "convention.campaign.template"),
    *("convention.source.aliases", "convention.required", "convention.order", "channels"),
    *("channels.x", "channels.x.source", "channels.x.extends", "campaigns", "campaigns.a"),
    *("campaigns.a.landing_page", "campaigns.a.channels", "campaigns.a.contents"),
    *("campaigns.a.starts", "campaigns.a.ends", "campaigns.a.message", "campaigns.a.costs"),
    *("campaigns.a.cost", "campaigns.a.currency", "campaigns.a.link_costs", "goals.g.currency"),
    *("campaigns.a.costs.email", "campaigns.a.placements", "campaigns.a.id", "campaigns.a.lint"),
    *("goals", "goals.g", "goals.g.path", "goals.g.value", "lint", "lint.ignore", "lint.ignore.x"),
)
CAMPAIGN = {
    "campaigns.a.landing_page": '"https://shop.example/a"',
    "campaigns.a.channels": '["email"]',
}


@st.composite
def campaign_files(draw: st.DrawFn) -> str:
    """A campaign file with values of every kind at every key."""
    keys = draw(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(RAW_TOML), max_size=3))
    return "".join(f"{key} = {value}\n" for key, value in (CAMPAIGN | keys).items())


pieces = st.sampled_from(
    (
        *("https://", "http:", "//", "shop.example", "/a", "?", "&", "#", "=", "%", "%25", "%0"),
        *("utm_source", "utm_medium=email", "utm_campaign=x", "UTM_", "&amp;", "=3D", "=\n", "@"),
        *("[", "]", "{{", "}}", "*|", "|*", "%%", "<", ">", '"', "\\", "\x1b", "\u202e", "\x00"),
        *("%6D%74", "xn--", "ß", "例え", ":0", ":99999", "?url=https%3A%2F%2F", "9" * 40, ";"),
        *("https://urldefense.com/v3/__", "__;", "https://l.facebook.com/l.php?u=", "data:"),
    )
)
found_links = st.lists(pieces | texts, max_size=12).map("".join)

_RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def assert_answered(result: Result) -> None:
    """Whatever came in: an answer or a refusal in words, nothing a terminal would act on."""
    assert result.exit_code not in {1, 70} or "Traceback" not in result.stderr, result.stderr
    assert result.exit_code != 70, result.stderr
    assert not _RAW.search(result.stderr), result.stderr
    if result.exit_code not in {0, 1}:
        assert "error: " in result.stderr
