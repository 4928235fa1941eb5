"""Which pages reach a goal of campaigns.toml.

>>> reaches("/thank-you", "/thank-you/"), reaches("/thanks*", "/thanks-42"), reaches("/a", "/b")
(True, True, False)
"""

from __future__ import annotations


def reaches(goal: str, path: str) -> bool:
    """Tell whether a page is the goal's; `*` stands for any characters, a last `/` is ignored.

    Args:
        goal: The goal's path.
        path: The page's path, without its query.
    """
    if "*" not in goal:
        return path.rstrip("/") == goal.rstrip("/")
    first, *middle, last = goal.split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for piece in middle:  # the first place where a piece fits leaves the most for the others
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return any(
        len(end) - at >= len(last) and end.endswith(last) for end in (path, path.rstrip("/"))
    )
