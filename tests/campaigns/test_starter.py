"""The JSON Schema that `init` writes takes and refuses what the reader does."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import EXAMPLE, ROOT
from utmforge.campaigns.reader import load_campaigns
from utmforge.campaigns.starter import schema
from utmforge.errors import CampaignFileInvalid


def plain(value: object) -> object:
    """Return TOML values as JSON has them."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool) else str(value)


STARTER = ROOT / "src" / "utmforge" / "campaigns" / "campaigns.toml"


@pytest.mark.parametrize("path", [EXAMPLE, STARTER], ids=["example", "starter"])
def test_schema_and_reader_agree(path: Path) -> None:
    """What the reader takes the schema takes, also with every comment taken away."""
    text = path.read_text()
    for variant in (text, text.replace("\n# [", "\n[").replace("\n# ", "\n")):
        if variant != text and path == EXAMPLE:
            continue
        body = "\n".join(line for line in variant.splitlines() if not line.startswith("The "))
        Path("campaigns.toml").write_text(body)
        load_campaigns("campaigns.toml")
        jsonschema.validate(plain(tomllib.loads(body)), json.loads(schema()))


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        "[workspace]\ncurrency = 'euro'",
        "[convention]\ncase = 'Lower'",
        "[convention]\nmedum = {}",
        "[channels.x]\nsource = 'a'",
        "[channels.mine]\nmessage = 'a'",
        "[channels.sms]\nprice_per_segment = -1",
        "[channels.sms]\nprice_per_segment = 'x'",
        "[channels.sms]\naudience = 0",
        "[channels.sms]\nmessage = ''",
        "[campaigns.x]\nlanding_page = 'https://a.example/'",
        "[campaigns.x]\nchannels = ['sms']",
        "[campaigns.x]\nlanding_page = 'https://a.example/'\nchannels = ['sms', 'sms']",
        "[campaigns.x]\nlanding_page = 'https://a.example/'\nplacements = [{}]",
        "[campaigns.x]\nlanding_page = 'https://a.example/'\nchannels=['sms']\ncosts.sms = -1",
        "[goals.x]\npath = 'thanks'",
        "[goals.x]\nvalue = 1",
        "[goals.x]\npath = '/a'\nvalue = '1,50'",
        "[goals.x]\npath = '/a'\ncurrency = 'euro'",
        "[campaigns.x]\nlanding_page = 'https://a.example/'\nchannels=['sms']\ncost = '12'",
        "[campaigns.x]\nlanding_page = 'https://a.example/'\nchannels=['sms']\nlink_costs.k7 = 1",
        "[campaigns.x]\nlanding_page = 'https://a.example/'\nchannels=['sms']\ncurrency = 'eur'",
    ],
)
def test_schema_and_reader_refuse_alike(text: str) -> None:
    """What an editor underlines is what the command refuses."""
    Path("campaigns.toml").write_text(text)
    with pytest.raises(CampaignFileInvalid):
        load_campaigns("campaigns.toml")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(tomllib.loads(text)), json.loads(schema()))
