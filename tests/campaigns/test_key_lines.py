"""Every key of a TOML file is found in the line where it stands."""

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utmforge.campaigns.key_lines import KeyPath, key_lines, line_of

TEXT = '''\
# [not.a.table]
top = 1

[campaigns."spring sale"] # a remark with = and [
landing_page = "https://x.example/?a=[1]#b"
message = """
[campaigns.fake]
key = "no" \\"""
"""
channels = [
  "email", # a remark ]
  "sms",
]
after = 'it [ is'
[[campaigns."spring sale".placements]]
channel = "a"
  [[campaigns."spring sale".placements]]
  channel = "b"
  [campaigns."spring sale".placements.more]
  deep = {x = 1, y = "}"}
[costs]
"a.b" = 1
c . d = 2
'e' = 3
'''


def test_lines_of_keys() -> None:
    """Texts over several lines, lists, remarks, quoted keys and arrays of tables."""
    spring: KeyPath = ("campaigns", "spring sale")

    assert key_lines(TEXT) == {
        ("top",): 2,
        spring: 4,
        (*spring, "landing_page"): 5,
        (*spring, "message"): 6,
        (*spring, "channels"): 10,
        (*spring, "after"): 14,
        (*spring, "placements", 0): 15,
        (*spring, "placements", 0, "channel"): 16,
        (*spring, "placements", 1): 17,
        (*spring, "placements", 1, "channel"): 18,
        (*spring, "placements", 1, "more"): 19,
        (*spring, "placements", 1, "more", "deep"): 20,
        ("costs",): 21,
        ("costs", "a.b"): 22,
        ("costs", "c", "d"): 23,
        ("costs", "e"): 24,
    }


def test_line_ends_of_windows_make_no_difference() -> None:
    """Nor does a file without an end."""
    assert key_lines(TEXT.replace("\n", "\r\n")) == key_lines(TEXT)
    assert key_lines(TEXT.rstrip("\n")) == key_lines(TEXT)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("costs", "c", "d"), 23),
        (("costs", "unknown"), 21),
        (("campaigns", "spring sale", "placements", 1, "source"), 17),
        (("campaigns", "spring sale", "placements", 9), 4),
        (("campaigns", "autumn"), 1),
        (("nothing",), 1),
        ((), 1),
    ],
)
def test_the_nearest_line(path: KeyPath, line: int) -> None:
    """Of a key that is missing, the table that should have it; at least the first."""
    assert line_of(path, key_lines(TEXT)) == line


def leaves(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the path of each value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    else:
        yield path


KEY = st.text("ab-_1", min_size=1, max_size=4)
VALUE = st.sampled_from(
    ["1", '"x = [ # y"', "'[a]'", '"""\n[z]\nq = 1\n"""', "[\n 1,\n # ]\n 2 ]", "2026-03-20", "[]"]
)


@given(
    st.dictionaries(KEY, st.dictionaries(KEY, VALUE, max_size=4), max_size=4),
    st.sampled_from(["\n", "\n\n", " # [remark] = \n"]),
)
def test_every_key_that_the_parser_finds_has_its_line(
    tables: dict[str, dict[str, str]], end: str
) -> None:
    """And in that line it stands, whatever its value."""
    text = ""
    for table, keys in tables.items():
        text += f"[{table}]{end}" + "".join(f"{key} = {value}{end}" for key, value in keys.items())
    found = key_lines(text)
    lines = text.split("\n")

    assert set(leaves(tomllib.loads(text))) <= found.keys() | {(table,) for table in tables}
    for table, keys in tables.items():
        assert lines[found[table,] - 1].startswith(f"[{table}]")
        for key in keys:
            assert lines[found[table, key] - 1].startswith(f"{key} = ")
