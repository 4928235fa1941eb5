"""`utmforge channels`: built-in channels and one's own."""

import json
from pathlib import Path

from tests.conftest import Run


def test_channels_in_every_format(run: Run) -> None:
    """One's own first; the reason and the page for machines."""
    Path("campaigns.toml").write_text("[channels.news]\nextends = 'email'\nsource = '-x'\n")
    rows = json.loads(run("channels", "--format", "json").stdout)["data"]

    assert len(rows) == 17
    assert list(rows[0]) == [
        *("name", "source", "medium", "title", "extends", "reason", "page"),
        *("channel_group", "certain"),
    ]
    assert (rows[-1]["channel_group"], rows[-1]["certain"]) == ("Unassigned", True)
    assert rows[0]["extends"] == "email"
    assert run("channels").stdout.splitlines()[:3] == ["news", "email", "sms"]
    assert run("channels", "--format", "csv").stdout.splitlines()[1].startswith("news,'-x,email,")
    assert run("channels", "-F", "markdown").stdout.splitlines()[2] == (
        "| news | -x | email | your own, on email | Email |"
    )
    assert run("channels", "--format", "jsonl").stdout.count("\n") == 17
    table = run("channels", "--format", "table").stdout.splitlines()
    assert table[0].split(maxsplit=4) == [
        *("name", "source", "medium", "title", "GA4 files it under"),
    ]
    assert len(table) == 18
