"""Ask at a terminal which name is meant when a new one looks like another."""

from utmforge.cli.interactive.prompts import choose, say
from utmforge.issuing.name_check import QuestionableName


def ask_which_name(question: QuestionableName) -> str:
    """Ask which name is meant: one of those it looks like, or the name itself as a new one."""
    say(str(question))
    names = question.near
    picked = choose("Which one", [*names, f"{question.given} (a new name)"])
    return question.given if picked is None or picked == len(names) else names[picked]
