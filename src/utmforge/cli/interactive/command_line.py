"""The command line that does what the wizard was told, to be copied, changed or run later."""

import shlex

from utmforge.issuing.requests import LinkRequest


def command_line(
    target: str | None, request: LinkRequest, *, in_file: bool = False, like: str | None = None
) -> str:
    """Return the command line for a request.

    Args:
        target: A campaign of the file, or a landing page. None: each link keeps that of `like`.
        request: What was answered so far.
        in_file: The target is a campaign of the file.
        like: The campaign of the file whose links are repeated. None: there is none.
    """
    words = ["utmforge", "new", *([target] if target else [])]
    if like:
        words += ["--like", like]
    if request.campaign and not in_file:
        words += ["--campaign", request.campaign]
    if request.channels:
        words += ["--channel", ",".join(request.channels)]
    if request.contents:
        words += ["--content", ",".join(request.contents)]
    for name, value in request.given().items():
        words += [f"--{name.replace('_', '-')}", value]
    return shlex.join(words)
