"""Ask at a terminal which name is meant when a new one looks like another."""

from utmforge.cli.interactive.menus import choose
from utmforge.cli.interactive.prompts import sentence
from utmforge.issuing.name_check import QuestionableName

ABOUT = (
    "Two spellings of one name are two rows in every report. Choose the name in use if that is "
    "what you meant, or the new one if it is another thing."
)


def ask_which_name(question: QuestionableName, *, about: str = "") -> str:
    """Ask which name is meant: one of those it looks like, or the name itself as a new one.

    Args:
        question: The name, and those it looks like.
        about: What `?` explains. Empty: the question stands alone.
    """
    sentence(str(question), 0)
    names = question.near
    picked = choose("Which one", [*names, f"{question.given} (a new name)"], about=about)
    if not isinstance(picked, int) or picked == len(names):
        return question.given
    return names[picked]
