"""`--map FIELD=COLUMN`: which column of a CSV holds which field."""

from collections.abc import Collection, Iterable

from utmforge.errors import ContradictoryInput, did_you_mean, quoted
from utmforge.files.header_words import plain_header


def mapped_columns(asked: Iterable[str], fields: Collection[str]) -> dict[str, str]:
    """Return the columns by field.

    Raises:
        ContradictoryInput: An argument is not FIELD=COLUMN, or names an unknown field.
    """
    mapping = {}
    for text in asked:
        field, equals, column = text.partition("=")
        name = plain_header(field)
        name = name if name in fields else name.removeprefix("utm_")
        if not equals or name not in fields:
            raise ContradictoryInput(
                f"--map {quoted(text)} is not FIELD=COLUMN",
                hint=did_you_mean(field, fields) or f"the fields are {', '.join(fields)}",
            )
        mapping[name] = column
    return mapping
