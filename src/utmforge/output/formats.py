"""The formats of answers, and the languages of pages."""

from enum import StrEnum
from typing import Literal

PageLanguage = Literal["en", "fr"]
"""The languages of pages and of words that are put into pages."""


class Format(StrEnum):
    """The format of an answer."""

    TABLE = "table"
    URLS = "urls"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"


class MeasureFormat(StrEnum):
    """How a measurement is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"


class Color(StrEnum):
    """When colour is used."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class LintFormat(StrEnum):
    """The format of findings."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"
    GITHUB = "github"
    SARIF = "sarif"
