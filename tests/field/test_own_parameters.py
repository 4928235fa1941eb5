"""A page's own parameters, and other tools' tags, are neither questioned nor changed."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from utmforge.lint import Linter

TAGS = "utm_source=news&utm_medium=email&utm_campaign=spring"

OWN = [
    "product_id",
    "item_id",
    "user_id",
    "post_id",
    "page_id",
    "ad_id",
    "campaign_id",
    "variant_id",
    "order_id",
    "session_id",
    "site_id",
    "search_term",
    "lead_source",
    "traffic_source",
    "form_submission_source",
    "form_id",
    "item_content",
    "cta_content",
    "art_content",
    "my_content",
    "ui_content",
    "ua_content",
    "my_term",
    "mt_term",
    "stm_term",
    "my_campaign",
    "cm_campaign",
    "st_source",
    "tt_source",
    "tm_id",
    "um_id",
    "ut_id",
    "source",
    "medium",
    "campaign",
    "content",
    "term",
    "id",
    "outmoded",
    "utmost",
    "WT.mc_id",
    "doc_id",
    "video_id",
    "object_id",
]
OTHER_TOOLS = [
    "mtm_campaign",
    "mtm_source",
    "mtm_medium",
    "mtm_content",
    "mtm_id",
    "mtm_keyword",
    "pk_campaign",
    "pk_source",
    "pk_medium",
    "piwik_campaign",
    "matomo_source",
    "at_medium",
    "at_campaign",
    "at_format",
    "ns_source",
    "ns_campaign",
    "wt_source",
    "wt_medium",
    "gad_source",
    "gad_campaignid",
    "hsa_cam",
    "hsa_source",
    "mkt_source",
    "itm_source",
    "gtm_source",
    "mc_cid",
]


@pytest.mark.parametrize("name", [*OWN, *OTHER_TOOLS])
def test_other_names_are_left_alone(run: Run, name: str) -> None:
    """With tags beside them and without."""
    urls = [f"https://shop.example/?{name}=42&{TAGS}", f"https://shop.example/?{name}=42"]
    Path("l.txt").write_text("\n".join(urls))
    result = run("lint", "l.txt", "--fix")

    assert "UTM202" not in result.stdout
    assert "UTM201" not in result.stdout
    assert Path("l.txt").read_text() == "\n".join(urls)
    assert result.exit_code == 0


@pytest.mark.parametrize("name", OTHER_TOOLS[:3])
def test_a_link_with_another_tool_s_tags_has_tags(run: Run, name: str) -> None:
    """Nothing is said of it."""
    assert run("lint", f"https://shop.example/?{name}=x").stderr == "nothing found in 1 link\n"


CERTAIN = [
    *[(name, "utm_source") for name in (
        "UTM_SOURCE", "Utm_Source", "utm-source", "utmsource", "utmSource", "utm.source",
        "utm%20source", "utm__source", "amp;utm_source", "utm_surce", "utm_sorce", "utm_soruce",
        "utm_sourse", "utm_sources", "um_source", "ut_source", "tm_source", "umt_source",
        "utn_source", "uttm_source", "um-source", "utm%2Dsource", "UTM-SURCE",
    )],
    ("utm_campain", "utm_campaign"), ("utm_compaign", "utm_campaign"),
    ("utm_meduim", "utm_medium"), ("utmcontent", "utm_content"), ("utm_conten", "utm_content"),
    ("utm_trem", "utm_term"), ("utmid", "utm_id"), ("UTM-ID", "utm_id"),
    ("utm_creativeformat", "utm_creative_format"), ("utm_source_plattform", "utm_source_platform"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "right"), CERTAIN)
def test_what_is_certain_is_told_and_renamed(run: Run, name: str, right: str) -> None:
    """Letter case, separators, what HTML left, and one typo."""
    Path("l.txt").write_text(f"https://shop.example/?a=1&{name}=x\n")

    result = run("lint", "l.txt")
    assert ("UTM106" if name.startswith("amp") else "UTM202") in result.stdout
    run("lint", "l.txt", "--fix")
    assert Path("l.txt").read_text() == f"https://shop.example/?a=1&{right}=x\n"


UNCERTAIN = [
    "utm",
    "utm_creative",
    "utm_content_id",
    "utm_cid",
    "utm_pid",
    "utm_ad",
    "utm_mood",
    "utm_context",
    "utm_team",
    "utm_adset",
    "utm_sorc",
    "utm_source_id",
    "utm_campaign_name",
]


@pytest.mark.parametrize("name", UNCERTAIN)
def test_what_is_not_certain_is_told_and_stays(run: Run, name: str) -> None:
    """It begins with utm, and may be a name of its own."""
    text = f"https://shop.example/?{name}=docs&{TAGS}\n"
    Path("l.txt").write_text(text)
    result = run("lint", "l.txt", "--fix")

    assert "UTM202" in result.stdout
    assert Path("l.txt").read_text() == text


@pytest.mark.parametrize(
    "query",
    [
        "um_id=5&tm_id=6",
        "utm-source=a&utmsource=b",
        "utm_surce=a&um_source=b",
        f"utm_surce=a&{TAGS}",
        f"{TAGS}&UTM_Source=b",
    ],
)
def test_nothing_is_renamed_into_a_name_that_is_there(run: Run, query: str) -> None:
    """Nor are two renamed into one."""
    text = f"https://shop.example/?{query}\n"
    Path("l.txt").write_text(text)
    run("lint", "l.txt", "--fix")

    assert Path("l.txt").read_text() == text


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/?artist=Gutmann",
        "https://shop.example/search?q=outmoded",
        "https://shop.example/login?next=%2Fspring%3Futm_source%3Dnews",
        "https://store.example/details?id=x&referrer=utm_source%3Dgoogle%26utm_medium%3Dcpc",
        "https://shop.example/utm_guide/?a=1",
    ],
)
def test_letters_in_a_value_are_not_a_tag(run: Run, url: str) -> None:
    """The link has no tags; `explain` says the same."""
    result = run("lint", url)

    assert result.stdout.count("UTM") == 1
    assert "UTM206" in result.stdout
    problems = json.loads(run("explain", url, "--format", "json").stdout)["data"]["problems"]
    assert [one["code"] for one in problems] == ["UTM206"]


@pytest.mark.parametrize("name", [*OWN, *OTHER_TOOLS, *UNCERTAIN, *(name for name, _ in CERTAIN)])
@pytest.mark.parametrize("tags", ["", f"&{TAGS}"])
def test_the_fast_path_says_the_same(name: str, tags: str) -> None:
    """As every rule asked one by one."""
    url = f"https://shop.example/?{name}=x1{tags}"
    linter: Linter[int] = Linter()

    assert linter.check(url) == linter.thorough(url)
    late = f"https://shop.example/?{TAGS}&{name}=x1"
    assert linter.check(late) == linter.thorough(late)
