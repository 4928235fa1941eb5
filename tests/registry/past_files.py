"""Registry files that past versions wrote, each with four links."""

from tests.conftest import ROOT

PAST = sorted((ROOT / "tests" / "data" / "registries").glob("*.db"))
IDS = ["kghdfdqtc4tm", "pk8dgjyygr84", "dshfypwv62m5", "cs6zpyyp6ryg"]
