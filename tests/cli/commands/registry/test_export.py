"""`utmforge registry export`: everything as a file."""

import csv
import io
import tomllib
from pathlib import Path

from tests.conftest import Run
from tests.registry.sample_links import fill
from utmforge.registry.interchange.import_export import (
    FileFormat,
    format_of,
)


def test_no_cell_of_a_csv_is_calculated(run: Run) -> None:
    """Whatever was put into a tag, a channel or a reason."""
    fill("links.db")
    text = run("registry", "export", "-", "--registry", "links.db").stdout
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]

    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r＝＋－＠")]
    assert "'=1+1" in cells


def test_the_formats_are_what_they_are_called(run: Run) -> None:
    """TOML is TOML; an unclear format must be named."""
    fill("links.db")
    toml = run("registry", "export", "-", "--as", "toml", "--registry", "links.db").stdout

    assert len(tomllib.loads(toml)["links"]) == 11
    for option in ("--format", "-F"):
        assert (
            run("registry", "export", "-", option, "toml", "--registry", "links.db").stdout == toml
        )
    assert run("registry", "export", "links", "--registry", "links.db").exit_code == 2
    assert run("registry", "export", "-", "--as", "xls", "--registry", "links.db").stderr == (
        'error: "xls" is not an export format\nhint: use csv, jsonl or toml\n'
    )
    assert format_of(Path("-"), '{"id"') is FileFormat.JSONL
    assert format_of(Path("-"), "[[links]]") is FileFormat.TOML
    assert format_of(Path("x.csv"), "{") is FileFormat.CSV


def test_a_file_without_a_format_needs_one(run: Run, work: Path) -> None:
    """By its name or by --as; nothing is written before."""
    run("new", "https://x.example/", "-c", "c", "-C", "sms", "--registry", "links.db")
    words = ("registry", "export", "--registry", "links.db")

    unknown = run(*words, "links.xlsx")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert unknown.stderr == (
        'error: cannot tell the format of "links.xlsx"\nhint: use --as csv, jsonl or toml\n'
    )
    assert run(*words, "-", "--as", "xml").stderr == (
        'error: "xml" is not an export format\nhint: use csv, jsonl or toml\n'
    )
    assert [path.name for path in work.iterdir()] == ["links.db"]
    assert run(*words, "-").stdout == run(*words, "-", "--as", "CSV").stdout


def test_an_existing_file_stays_unless_forced(run: Run) -> None:
    """And what was exported is counted."""
    run("new", "https://x.example/", "-c", "c", "-C", "sms,email", "--registry", "links.db")
    words = ("registry", "export", "out.jsonl", "--registry", "links.db")
    Path("out.jsonl").write_text("mine")

    refused = run(*words)
    assert (refused.exit_code, Path("out.jsonl").read_text()) == (53, "mine")
    assert refused.stderr == (
        'error: "out.jsonl" already exists\nhint: name another file, or use --force\n'
    )
    assert run(*words, "--force").stderr == "exported 2 links to out.jsonl\n"
    assert len(Path("out.jsonl").read_text().splitlines()) == 2
