"""The child process that copies standard input: `python -m utmforge.share.clipboard_child`."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

NO_TOOL = 3
"""Exit status: no clipboard tool was found."""
TOOL_FAILED = 4
"""Exit status: the clipboard tool failed."""


class _ToolFailedError(Exception):
    pass


class _Watched(subprocess.Popen[bytes]):
    """A process whose failure raises an error, because pyperclip ignores the exit status."""

    def communicate(self, *args: Any, **options: Any) -> tuple[bytes, bytes]:  # noqa: ANN401 - as in Popen
        result = super().communicate(*args, **options)
        if self.returncode:
            raise _ToolFailedError
        return result


def main() -> int:
    """Copy standard input; return 0 if a tool accepted it."""
    text = sys.stdin.buffer.read().decode()
    import pyperclip

    subprocess.Popen = _Watched  # type: ignore[misc, assignment] # only in this child
    try:
        put, _ = pyperclip.determine_clipboard()
        # Qt's clipboard is lost when the process that filled it ends.
        if not put or getattr(put, "__name__", "") == "copy_qt":
            return NO_TOOL
        put(text)
    except Exception:  # noqa: BLE001 - whatever goes wrong, the link was not copied
        return TOOL_FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
