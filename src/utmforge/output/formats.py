"""The formats an answer can have."""

from enum import StrEnum


class Format(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    URLS = "urls"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"


class MeasureFormat(StrEnum):
    """How a measurement is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"


class Color(StrEnum):
    """When colour is used."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class LintFormat(StrEnum):
    """How findings are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    GITHUB = "github"
    SARIF = "sarif"
