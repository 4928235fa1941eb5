"""A campaign file with a naming convention, as its tests use it."""

from datetime import date
from pathlib import Path

import pytest

from utmforge.issuing import requests

CONVENTION = """\
[convention]
required = ["content"]
max_length = 30
[convention.source]
aliases = { fb = "facebook", "Face Book" = "facebook" }
[convention.medium]
allowed = ["email", "social"]
[convention.content]
suggested = ["hero", "footer"]
[convention.campaign]
template = "{year}-{slug}"
prohibited = ["test"]
[convention.term]
pattern = '[a-z]+(-[a-z]+)*'
[convention.creative_format]
case = "upper"
"""
SPRING = """\
[campaigns.spring-sale]
landing_page = "https://x.example/"
starts = 2025-12-28
id = "spr25"
channels = ["email"]
contents = ["hero", "heros"]
"""
ASKED = ("new", "https://x.example/", "--source", "fb", "--medium", "social", "--content", "hero")


def prepare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work beside the campaign file, in March 2026."""
    Path("campaigns.toml").write_text(CONVENTION)
    monkeypatch.setattr(requests, "_clock_day", lambda _: date(2026, 3, 20))
