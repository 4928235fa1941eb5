"""Small files of every kind, and what each command that reads tables says of them."""

from pathlib import Path

import pytest

from tests.conftest import Run

A = "https://shop.example/a"
B = "https://shop.example/b"
TAGS = "?utm_source=news&utm_medium=email&utm_campaign=spring"
NO_LINKS = 'warning: there are no links in "{}"\n'
NO_HEADER = (
    "error: {0}:1: the line looks like CSV without a header\n"
    'hint: add a header, such as landing_page,channel, and write an address with a comma "in '
    'quotes"\n'
)
A_SPACE = "error: {0}:1: the line has a space: write one address per line and nothing else\n"
UNCLOSED = "error: {0}:2: not valid CSV: a quote is never closed\n"
NO_UTF_8 = "error: {0}:2: source is not UTF-8 text\nhint: save the file again as UTF-8\n"
FEW = "utm_source,utm_medium,utm_campaign"

COMMANDS = {
    "new": ("new", "-c", "spring", "-C", "email", "--from"),
    "import": ("registry", "import"),
    "lint": ("lint",),
    "compare": ("compare",),
}

# The file, its text, the status of each of the commands, and a sentence of those that have it.
FILES: list[tuple[str, str | bytes, tuple[int, int, int, int], str, str]] = [
    ("head.txt", f"Links for spring\n{A}{TAGS}\n{B}{TAGS}\n", (0, 0, 0, 0), "", ""),
    ("head.csv", f"Links for spring\n\n{A}{TAGS}\n", (0, 0, 0, 0), "", ""),
    ("plain.csv", f"{A}{TAGS}\n{B}{TAGS}\n", (0, 0, 0, 0), "", ""),
    ("one.txt", f"{A}{TAGS}\n", (0, 0, 0, 0), "", ""),
    ("comma.txt", f"{A}?ids=1,2&{TAGS[1:]}\n", (0, 0, 0, 0), "", ""),
    ("comma.csv", f"{A}?ids=1,2&{TAGS[1:]}\n", (0, 0, 0, 0), "", ""),
    ("quoted.txt", f'"{A}{TAGS},x"\n', (0, 0, 0, 0), "", ""),
    ("nohead.csv", f"{A}{TAGS},email\n", (25, 25, 0, 41), "new import compare", NO_HEADER),
    ("words.csv", f"{A},news,email,spring\n", (25, 25, 0, 41), "new import compare", NO_HEADER),
    ("space.txt", f"{A}{TAGS} see this\n", (25, 25, 0, 41), "new import compare", A_SPACE),
    ("empty.csv", "", (0, 0, 0, 41), "compare", 'error: "{}" is empty\n'),
    ("blank.txt", "\n \n", (0, 0, 0, 41), "compare", 'error: "{}" is empty\n'),
    ("comments.txt", "# a\n# b\n", (0, 0, 0, 41), "new import lint", NO_LINKS),
    ("comments.csv", "# a\n# b\n", (0, 0, 0, 41), "new import lint", NO_LINKS),
    ("header.csv", f"landing_page,{FEW}\n", (0, 0, 0, 0), "new import lint", NO_LINKS),
    ("names.csv", "Name,Town\nAnn,Paris\n", (25, 25, 0, 41), "new import",
     "error: {}:1: no column holds addresses\n"),
    ("open.csv", f'url,channel\n"{A}{TAGS},email\n', (25, 25, 0, 41), "new import compare",
     UNCLOSED),
    ("bytes.csv", f"url,{FEW}\n{A},n\udc81\udce9ws,email,spring\n".encode(errors="surrogateescape"),
     (25, 25, 1, 41), "new import compare", NO_UTF_8),
    ("utf16.csv", f"url,{FEW}\n{A},n".encode("utf-16") + b"\x00\xd8"
     + ",email,spring\n".encode("utf-16-le"), (25, 25, 1, 41), "new import compare", NO_UTF_8),
]  # fmt: skip


def write(name: str, text: str | bytes) -> None:
    """Write a file as it is given."""
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize(
    ("name", "text", "statuses", "who", "sentence"), FILES, ids=[f[0] for f in FILES]
)
@pytest.mark.parametrize("command", COMMANDS)
def test_each_file_is_read_the_same_way(
    run: Run,
    command: str,
    name: str,
    text: str | bytes,
    statuses: tuple[int, int, int, int],
    who: str,
    sentence: str,
) -> None:
    """The same lines count, and what is refused is refused in the same words."""
    write(name, text)
    result = run(*COMMANDS[command], name)

    assert result.exit_code == statuses[list(COMMANDS).index(command)]
    assert not sentence or (sentence.format(name) in result.stderr) == (command in who.split())


@pytest.mark.parametrize(
    ("name", "text", "links"),
    [
        ("head.txt", f"Links for spring\n{A}{TAGS}\n{B}{TAGS}\n", 2),
        ("plain.csv", f"{A}{TAGS}\n{B}{TAGS}\n", 2),
        ("comma.csv", f"{A}?ids=1,2&{TAGS[1:]}\n{A}?ids=3,4&{TAGS[1:]}\n", 2),
        ("unknown.csv", f"One,Two\nx,{A}{TAGS}\n", 1),
        ("table.txt", f"Note;URL\nx;{A}{TAGS}\n", 1),
    ],
)
def test_the_same_number_of_links_is_found(run: Run, name: str, text: str, links: int) -> None:
    """By all four: no first line is lost, and no address is read in halves."""
    write(name, text)
    said = "1 link" if links == 1 else f"{links} links"

    assert f"issued {said}, 0 already" in run(*COMMANDS["new"], name, "--registry", "a.db").stderr
    assert f"imported {said} " in run("registry", "import", name, "--registry", "b.db").stderr
    assert run("lint", name).stderr.endswith(f"in {said}\n")
    rows = "1 row" if links == 1 else f"{links} rows"
    assert f"note: {name}: {rows} by " in run("compare", name, "--registry", "b.db").stderr


def test_a_heading_is_not_passed_over_in_silence(run: Run) -> None:
    """Each command that makes something of a list names the heading."""
    write("head.txt", f"Links for spring\n{A}{TAGS}\n")
    result = run(*COMMANDS["new"], "head.txt", "--dry-run")

    assert 'note: head.txt:1: "Links for spring" is read as a heading\n' in result.stderr
    for words in (("registry", "import", "--dry-run"), ("compare",)):
        assert '"Links for spring"' in run(*words, "head.txt").stderr


def test_an_address_that_is_not_text_is_a_finding(run: Run) -> None:
    """In the words in which the other commands refuse it."""
    write("l.csv", b"url,channel\nhttps://shop.example/\x81" + TAGS.encode() + b",email\n")
    said = "the address is not UTF-8 text"

    assert f"l.csv:2:1: error UTM604 not-an-address: {said}\n" in run("lint", "l.csv").stdout
    for command in ("new", "import"):
        assert f"error: l.csv:2: {said}\n" in run(*COMMANDS[command], "l.csv").stderr


@pytest.mark.parametrize("value", ["n\ufffdws", "n%E9ws"])
def test_a_lost_character_is_not_imported(run: Run, value: str) -> None:
    """U+FFFD as another program left it, or percent-encoding that is not UTF-8."""
    write("l.csv", f"url\n{A}?utm_source={value}&utm_medium=email&utm_campaign=spring\n")
    result = run("registry", "import", "l.csv", "--registry", "links.db")

    assert (result.exit_code, result.stdout) == (25, "")
    assert (
        "error: l.csv:2: source has a character that could not be read (U+FFFD)\n"
        "hint: write it as it was in the link that was sent, in UTF-8\n"
    ) in result.stderr
