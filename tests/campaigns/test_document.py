"""A campaign file is opened and parsed, or refused with the line where it breaks."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.campaigns.document import MAX_FILE_BYTES, open_document, parse_document
from utmforge.errors import CampaignFileBroken, CampaignFileMissing

FILE = Path("campaigns.toml")
JOIN = "it is in line 1 already: join the two, or give one another name, such as [a-2]"
KEEP = "a is in line 1 already: keep one of the two lines"
STRAIGHT = 'put text "in straight quotes", and write dates without quotes: 2026-03-20'


def test_what_is_kept() -> None:
    """The bytes as they are, the text without its mark, amounts without rounding."""
    data = b'\xef\xbb\xbf[campaigns.spring]\r\ncost = 0.1\r\nname = "\xc3\xa9t\xc3\xa9"\r\n'
    FILE.write_bytes(data)
    document = open_document(FILE)

    assert document.path == FILE
    assert document.data == data
    assert document.text == data.decode("utf-8-sig")
    assert document.raw == {"campaigns": {"spring": {"cost": Decimal("0.1"), "name": "été"}}}
    assert parse_document(FILE, data) == document


@pytest.mark.parametrize(
    ("data", "message", "where", "hint"),
    [
        (b"a = 1\nb = \n", "not valid TOML: invalid value", "campaigns.toml:2", STRAIGHT),
        (b"a = 1\nb =", "not valid TOML: invalid value", "campaigns.toml:2", STRAIGHT),
        (
            "a = 1\nb = “x”\n".encode(),
            "not valid TOML: invalid value",
            "campaigns.toml:2",
            'write it as: b = "x"',
        ),
        (b"[a]\n\n[a]\n", "not valid TOML: cannot declare [a] twice", "campaigns.toml:3", JOIN),
        (b"a = 1\na = 2\n", "not valid TOML: cannot overwrite a value", "campaigns.toml:2", KEEP),
        (
            b"a = 1\nb = \xe9\n",
            "the file is not UTF-8",
            "campaigns.toml:2",
            "save it again as UTF-8",
        ),
        (b"a = " + b"[" * 5_000, "the file is nested too deeply", "campaigns.toml:1", None),
        (b"\na" + b".b" * 64 + b" = 1", "a key has over 64 parts", "campaigns.toml:2", None),
        (b"[a" + b' . "b.c"' * 64 + b"]", "a key has over 64 parts", "campaigns.toml:1", None),
        (b"#" * (MAX_FILE_BYTES + 1), "the file is over 10,000,000 bytes", "campaigns.toml", None),
    ],
    ids=lambda value: str(value)[:25],
)
def test_what_is_not_toml(data: bytes, message: str, where: str, hint: str | None) -> None:
    """What is wrong, in which line, and the next step where there is one."""
    with pytest.raises(CampaignFileBroken) as caught:
        parse_document(FILE, data)

    assert caught.value.message.startswith(message)
    assert (caught.value.where, caught.value.hint) == (where, hint)
    assert "(at " not in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "a" + ".b" * 63 + " = 1",
        "# " + "a." * 100,
        'a = "' + "b." * 100 + '"',
        "a = '" + "b." * 100 + "'",
        'a = """\n' + "b." * 100 + '"""\n',
        "a = '''\n" + "b." * 100 + "'''\n",
        "a = [" + "1.5, " * 100 + "]",
    ],
    ids=lambda text: text[:9],
)
def test_dots_that_are_not_a_long_key(text: str) -> None:
    """A key of 64 parts, and any number of dots in comments, texts and numbers."""
    assert parse_document(FILE, text.encode()).text == text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.toml", 'cannot read "none.toml": no such file or directory'),
        ("folder", '"folder" is a folder'),
    ],
)
def test_what_cannot_be_opened(name: str, message: str) -> None:
    """Is told with its name and the reason."""
    Path("folder").mkdir()
    with pytest.raises(CampaignFileMissing) as caught:
        open_document(Path(name))

    assert caught.value.message == message


@given(st.binary(max_size=60) | st.text("[]{}=.\"'#\n ab1-:", max_size=40).map(str.encode))
def test_any_file_is_parsed_or_refused(data: bytes) -> None:
    """Nothing else is raised, whatever the file holds."""
    try:
        document = parse_document(FILE, data)
    except CampaignFileBroken:
        return

    assert document.data == data
    assert document.text.encode() == data.removeprefix(b"\xef\xbb\xbf")
