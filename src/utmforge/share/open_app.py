"""Open a share link in the app that the system has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 2.0
"""How long a program may take to fail. One that still runs then has become the app itself."""


def open_link(url: str, environment: Mapping[str, str]) -> str:
    """Open a link in its default app; return why that failed. Empty: it did not.

    Args:
        url: An address of any scheme, such as `https:`, `sms:` or `mailto:`.
        environment: Variables that show whether this is CI.
    """
    if environment.get("CI"):
        return "nothing is opened in CI"
    if sys.platform == "win32":
        try:
            os.startfile(url)  # noqa: S606 - the address is made in apps.py
        except OSError as error:
            return (error.strerror or "no app is set for it").lower()
        return ""
    tool = "open" if sys.platform == "darwin" else "xdg-open"
    program = shutil.which(tool)
    if program is None:
        return f"{tool} was not found"
    child = subprocess.Popen(  # noqa: S603 - the system's own program, one argument
        [program, url],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        status = child.wait(SECONDS)
    except subprocess.TimeoutExpired:
        child.returncode = 0  # it runs on, and is not waited for
        return ""
    return f"{tool} found no app for it" if status else ""
