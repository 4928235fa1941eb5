"""The child that copies: `python -m utmforge.share.copier`, the text on standard input."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

NO_TOOL = 3
"""Exit status: there is nothing to copy with."""
TOOL_FAILED = 4
"""Exit status: there is, and it failed."""


class _ToolFailedError(Exception):
    pass


class _Watched(subprocess.Popen[bytes]):
    """A process whose failure is noticed: pyperclip does not look at the exit status."""

    def communicate(self, *args: Any, **options: Any) -> tuple[bytes, bytes]:  # noqa: ANN401 - as above it
        result = super().communicate(*args, **options)
        if self.returncode:
            raise _ToolFailedError
        return result


def main() -> int:
    """Copy standard input; return 0 when a tool took it."""
    text = sys.stdin.buffer.read().decode()
    import pyperclip

    subprocess.Popen = _Watched  # type: ignore[misc, assignment] # only in this child
    try:
        put, _ = pyperclip.determine_clipboard()
        # Qt's clipboard ends with the process that filled it, so that nothing would be left.
        if not put or getattr(put, "__name__", "") == "copy_qt":
            return NO_TOOL
        put(text)
    except Exception:  # noqa: BLE001 - whatever a tool does, the answer is: not copied
        return TOOL_FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
