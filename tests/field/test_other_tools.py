"""Other tools' parameters are named by `explain`, and neither questioned nor renamed."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from utmforge.lint import Linter

TAGS = "utm_source=news&utm_medium=email&utm_campaign=spring"

KNOWN = {
    "mtm_cpn": ("Matomo", "campaign"),
    "mtm_kwd": ("Matomo", "keyword"),
    "matomo_placement": ("Matomo", "placement"),
    "piwik_kwd": ("Matomo", "keyword"),
    "pk_cid": ("Matomo", "campaign id"),
    "MTM_Group": ("Matomo", "campaign group"),
    "mtm_shoes": ("Matomo", None),
    "at_creation": ("Piano Analytics", "creation"),
    "at_term": ("Piano Analytics", "keyword"),
    "at_custom1": ("Piano Analytics", None),
    "xtor": ("AT Internet", "campaign"),
    "ns_mchannel": ("Comscore", "marketing channel"),
    "ns_fee": ("Comscore", "fee"),
    "wt_mc": ("Mapp Intelligence", "campaign"),
    "etcc_cmp": ("etracker", "campaign"),
    "eml-publisher": ("Eulerian", "publisher"),
    "hsa_acc": ("HubSpot", "account"),
    "hsa_kw": ("HubSpot", "keyword"),
    "s_cid": ("Adobe Analytics", "campaign"),
    "gbraid": ("Google", "a click id"),
    "gad_adset": ("Google", None),
    "mkt_tok": ("Marketo", "one recipient's id"),
    "mkt_unsubscribe": ("Marketo", None),
    "ck_subscriber_id": ("Kit", "one recipient's id"),
    "irclickid": ("impact.com", "a click id"),
    "elqTrackId": ("Eloqua", "one recipient's id"),
    "elqaid": ("Eloqua", None),
    "af_adset": ("AppsFlyer", "ad set"),
    "km_source": ("Kissmetrics", "source"),
}


@pytest.mark.parametrize(("name", "tool"), KNOWN.items())
@pytest.mark.parametrize("tags", ["", f"&{TAGS}"])
def test_explain_names_the_tool(
    run: Run, name: str, tool: tuple[str, str | None], tags: str
) -> None:
    """And what it reads in the parameter; in words too."""
    url = f"https://shop.example/?{name}=x7{tags}"
    data = json.loads(run("explain", url, "--format", "json").stdout)["data"]

    assert data["other_tools"] == [{"name": name, "tool": tool[0], "reads": tool[1]}]
    assert {one["code"] for one in data["problems"]} <= {"UTM206", "UTM209", "UTM504"}
    words = run("explain", url, "--format", "table").stdout
    assert f"also       {name}: {tool[1] or 'a parameter'} of {tool[0]}\n" in words


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("tags", ["", f"&{TAGS}"])
def test_fix_leaves_them_alone(run: Run, name: str, tags: str) -> None:
    """Whatever else the link has."""
    text = f"https://shop.example/?a=1&{name}=Spring_Sale{tags}\n"
    Path("l.txt").write_text(text)
    run("lint", "l.txt", "--fix")

    assert Path("l.txt").read_text() == text


@pytest.mark.parametrize(
    "name", ["ab_source", "s_term", "pkg_source", "atm_medium", "mcp_id", "natural", "wtf", "xtory"]
)
def test_names_that_only_begin_alike_are_the_page_s_own(run: Run, name: str) -> None:
    """A prefix is one up to its separator."""
    url = f"https://shop.example/?{name}=x7&{TAGS}"

    assert json.loads(run("explain", url, "-F", "json").stdout)["data"]["other_tools"] == []


@pytest.mark.parametrize(
    "query",
    [
        f"UTM_Source=b&{TAGS}",
        f"utm-medium=b&{TAGS}",
        "utm_campain=a&utm_campaign=b&utm-campaign=c",
        "utm_term=a&utm.term=b",
        "Utm_Content=a&utmcontent=b",
        "utm_medium=a#utm-medium=b",
    ],
)
def test_fix_renames_into_no_name_that_is_there(run: Run, query: str) -> None:
    """Which of the two is meant, a person decides."""
    text = f"https://shop.example/?{query}\n"
    Path("l.txt").write_text(text)
    run("lint", "l.txt", "--fix", "--select", "UTM202")

    assert Path("l.txt").read_text() == text


@pytest.mark.parametrize(
    "page",
    [
        "https://shop.example/?writer=Reutmann",
        "https://shop.example/utm_source/",
        "https://shop.example/?q=utm+builder",
        "https://shop.example/?tab=utm_source",
        "https://shop.example/?first_utm_source=news",
        "https://shop.example/#utm_guide",
        "https://utm.example/?utmost=1",
        "https://shop.example/?coords=utm32n",
        "https://shop.example/?my-utm_source=a",
        "https://shop.example/?lead%5Butm_source%5D=a",
    ],
)
def test_tagged_means_a_parameter(run: Run, page: str) -> None:
    """Letters somewhere in an address are none."""
    result = run("lint", page)

    assert "UTM206 untagged" in result.stdout
    assert result.exit_code == 0


@pytest.mark.parametrize(
    "name", ["gclid", "fbclid", "gad_source", "mc_eid", "mkt_tok", "_ga", "yclid"]
)
@pytest.mark.parametrize(
    "form",
    [
        "https://shop.example/?{}=x7&" + TAGS,
        "https://shop.example/?size=4&{}=x7&{}=x8&" + TAGS.replace("news", "News"),
        "https://shop.example/?{}=x7&utm_source=a",
        "https://shop.example/?" + TAGS + "&{}=x7",
        "https://shop.example/?{}=x7&gclid=1&msclkid=2&" + TAGS + "#faq",
        "https://shop.example/?{}=x7",
    ],
)
def test_the_fast_path_says_the_same_of_click_ids(name: str, form: str) -> None:
    """As every rule asked one by one, in the same order, also when it is asked again."""
    url = form.replace("{}", name)
    for codes in (None, {"UTM209", "UTM101"}, {"UTM101"}):
        linter: Linter[int] = Linter(codes=codes)
        assert linter.check(url) == linter.check(url) == linter.thorough(url)
