"""How Excel expects a CSV file: it depends on how the user's locale writes numbers."""

from __future__ import annotations

import re
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

# The languages whose numbers have a decimal comma, and the countries in which they differ
# (glibc 2.39, LC_NUMERIC of each locale). Where the comma is part of a number, Excel divides
# cells by a semicolon.
_COMMA_LANGUAGES = """
    ab agr an ast ayc az be bg br bs ca ce crh cs csb cv da de dsb el es et eu ff fi fo fr
    fur fy gl hr hsb ht hu ia id is it ka kab kk kl ku ky lb li lij ln lt lv mg mhr mk mn nb
    nds nl nn no oc os pap pl pt quz ro ru rw sah sc se sgs sk sl sq sr sv szl tg tr tt uk
    vi wa wo
    """
_COMMA_ELSEWHERE = "en_DK"
_POINT_ELSEWHERE = """
    de_CH de_LI fr_CH it_CH az_IR es_DO es_GT es_HN es_MX es_NI es_PA es_PR es_SV es_US
    """
_LOCALE = re.compile(r"([a-zA-Z]{2,3})(?:[_-]([a-zA-Z]{2}))?(?:[.@].*)?")
_VARIABLES = ("LC_ALL", "LC_NUMERIC", "LANG")
"""The first of these that is set decides (POSIX, Environment Variables)."""


def has_decimal_comma(environment: Mapping[str, str]) -> bool:
    """Tell whether the locale of the environment writes numbers with a comma.

    >>> has_decimal_comma({"LANG": "fr_FR.UTF-8"}), has_decimal_comma({"LANG": "en_GB.UTF-8"})
    (True, False)
    """
    name = next(filter(None, map(environment.get, _VARIABLES)), "")
    match = _LOCALE.fullmatch(name)
    if not match:
        return False
    language, country = match[1].lower(), (match[2] or "").upper()
    place = f"{language}_{country}"
    if place in _COMMA_ELSEWHERE.split():
        return True
    return language in _COMMA_LANGUAGES.split() and place not in _POINT_ELSEWHERE.split()


def use_utf8(stream: TextIO) -> None:
    """Write a stream as UTF-8, which the mark at its beginning promises."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8")
