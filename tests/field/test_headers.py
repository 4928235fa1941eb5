"""Headers of sheets in other spellings and other languages: each command reads the same columns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

URL = "https://shop.example/a?utm_source=news&utm_medium=email&utm_campaign=spring"

HEADERS = (
    "landingPage,utmSource,utmMedium,utmCampaign",
    "LandingPageURL,UTMSource,UTMMedium,UTMCampaign",
    "Page,Campaign Source (utm_source),Campaign Medium (utm_medium),Campaign Name (utm_campaign)",
    "Website URL (required),Source [required],Medium*,Campaign name (Pflichtfeld)",
    "Landningssida,Källa,Medium,Kampanj",
    "Landingsside,Kilde,Medie,Kampagnenavn",
    "Kohdesivu,Lähde,Väline,Kampanja",
    "Strona docelowa,Źródło,Medium,Nazwa kampanii",
    "Cílová stránka,Zdroj,Médium,Kampaň",
    "Açılış sayfası,Kaynak,Araç,Kampanya",
    "Целевая страница,Источник,Канал кампании,Кампания",
    "ランディングページ,ソース,メディア,キャンペーン名",
    "着陆页,来源,媒介,广告系列",
    "랜딩 페이지,소스,매체,캠페인",
)


@pytest.mark.parametrize("header", HEADERS)
def test_each_command_knows_the_columns(run: Run, header: str) -> None:
    """None is passed over, or taken for something else."""
    Path("t.csv").write_text(f"{header}\nhttps://shop.example/a,news,email,spring\n")
    issued = run("new", "--from", "t.csv", "-c", "other", "-C", "sms", "--dry-run")
    imported = run("registry", "import", "t.csv", "--dry-run")
    compared = run("compare", "t.csv", "--format", "csv")
    linted = run("lint", "t.csv")

    assert issued.stdout == f"{URL}\n", issued.stderr
    assert "would import 1 link" in imported.stderr
    assert "not used" not in issued.stderr + imported.stderr
    for tag in ("source,news", "medium,email", "campaign,spring"):
        assert f"\n{tag},foreign,1," in compared.stdout
    assert linted.stderr == "nothing found in 1 link\n"


def test_a_name_of_ga4s_interface(run: Run) -> None:
    """Its reports have the names of the API, in one word."""
    Path("t.csv").write_text(
        "sessionSource,sessionMedium,sessionCampaignName,totalUsers,sessions\n"
        "news,email,spring,5,6\nNews,email,spring,7,8\n"
    )
    result = run("compare", "t.csv", "--format", "csv")

    assert "\nsource,News,misspelt,8,news,case,,3\n" in result.stdout
    assert "14 sessions by " in result.stderr


EXPORTS = (
    "traffic_source.source,traffic_source.medium,traffic_source.name,sessions",
    "traffic_source_source,traffic_source_medium,traffic_source_name,event_count",
    "collected_traffic_source.manual_source,collected_traffic_source.manual_medium,"
    "collected_traffic_source.manual_campaign_name,sessions",
    "trafficSource.source,trafficSource.medium,trafficSource.campaign,visits",
    "properties.utm_source,properties.utm_medium,properties.utm_campaign,count()",
    "$utm_source,$utm_medium,$utm_campaign,Total count",
    "Source / Medium,Campaign,Sessions",
)


@pytest.mark.parametrize("header", EXPORTS)
def test_names_of_other_exports(run: Run, header: str) -> None:
    """Of BigQuery's tables, and of properties of events; a pair stays a pair."""
    values = "news / email,spring" if "/" in header else "news,email,spring"
    Path("t.csv").write_text(f"{header}\n{values},7\n")
    result = run("compare", "t.csv", "--format", "csv")

    for tag in ("source,news", "medium,email", "campaign,spring"):
        assert f"\n{tag},foreign,7," in result.stdout, result.stderr


def test_a_column_that_is_missing_is_named(run: Run) -> None:
    """The addresses are there: the source is what is not."""
    Path("t.csv").write_text("Wohin,Woher,Wie,Was\nhttps://shop.example/a,news,email,spring\n")
    result = run("registry", "import", "t.csv")

    assert result.exit_code == 25
    assert "t.csv:1: no column holds tagged addresses, and none holds source or medium or " in (
        result.stderr
    )
    assert "hint: name it: --map source=COLUMN; " in result.stderr
