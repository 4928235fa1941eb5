"""Makes small exports of GA4's events, as BigQuery writes them, with known sessions."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Event = dict[str, Any]
START = 1_772_359_200_000_000
"""2026-03-01 10:00 UTC, in microseconds."""


def event(
    name: str,
    *,
    who: int,
    session: int | None = 1,
    second: int = 0,
    day: str = "20260301",
    page: str = "https://shop.example/",
    tags: Mapping[str, str] | None = None,
    purchase: tuple[str, float] | None = None,
    **more: Any,  # noqa: ANN401 - whatever the export has
) -> Event:
    """Return one event; whole numbers are texts, as in the export's JSON."""
    params = [{"key": "page_location", "value": {"string_value": page}}]
    if session is not None:
        params.append({"key": "ga_session_id", "value": {"int_value": str(session)}})
    found: Event = {
        "event_date": day,
        "event_timestamp": str(START + second * 1_000_000),
        "event_name": name,
        "user_pseudo_id": f"person-{who}.77",
        "event_params": params,
        **more,
    }
    if tags:
        names = {"campaign": "manual_campaign_name"}
        found["collected_traffic_source"] = {
            names.get(key, f"manual_{key}"): value for key, value in tags.items()
        }
    if purchase:
        found["ecommerce"] = {"transaction_id": purchase[0], "purchase_revenue": purchase[1]}
        params.append({"key": "currency", "value": {"string_value": "EUR"}})
    return found


def sessions(number: int, tags: Mapping[str, str] | None, *, first: int = 0) -> list[Event]:
    """Return the events of so many people: each has one session of two pages."""
    found = []
    for who in range(first, first + number):
        found.append(event("session_start", who=who, second=who * 60, tags=tags))
        found.append(event("page_view", who=who, second=who * 60))
        found.append(event("page_view", who=who, second=who * 60 + 9))
    return found


def write_export(events: Iterable[Event], name: str) -> str:
    """Write an export in the form that its name asks for, and return the name."""
    text = "".join(json.dumps(one) + "\n" for one in events)
    path = Path(name)
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(text.encode()))
    elif name.endswith(".array"):
        path.write_text(f"[{','.join(text.splitlines())}]")
    elif name.endswith(".parquet"):
        source = Path("source.ndjson")
        source.write_text(text)
        # Files of older exports have `list` and `element` in them.
        params = (
            "{'list': list_transform(event_params, lambda p: {'element': p})} AS event_params"
            if name.startswith("old")
            else "event_params"
        )
        with duckdb.connect() as connection:
            connection.execute(
                f"COPY (SELECT * EXCLUDE event_params, {params} FROM read_json('source.ndjson', "
                f"format='newline_delimited')) TO '{name}' (FORMAT parquet)"
            )
        source.unlink()
    else:
        path.write_text(text)
    return name
