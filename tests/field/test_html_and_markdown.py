"""HTML and Markdown as browsers and CommonMark read them."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

TAGS = "utm_source=News&utm_medium=email&utm_campaign=spring"
U = f"https://shop.example/?{TAGS}"
V = U.replace("shop", "www.other")
X = U.replace("&", "&amp;")
M = r"https://shop.example/?utm\_source=News\&utm\_medium=email\&utm\_campaign=spring"

# A ¦ stands before each link that has to be found; it is taken out first.
HTML = [
    f'<a href="¦{U}&currency=EUR&region=eu&copy=1">',
    f'<a href="¦{U}&amp;section=2&AMP;times=3">',
    f"<!--[if mso]>\n<v:roundrect href='¦{X}'><![endif]-->\n<a href='¦{X}'>",
    f'<!--[if gte mso 9]><v:rect href="¦{U}"/><v:shape href=¦{V}></v:shape><![endif]-->',
    f'<!--[if !mso]><!--><a href="¦{U}">x</a><!--<![endif]-->',
    f'<![if !mso]><a href="¦{U}">x</a><![endif]>',
    f'<svg><a xlink:href="¦{U}"><image xlink:href="{V}"/></a></svg>',
    f'<svg><use href="{U}"/><title/><a href="¦{V}"/></svg><title><a href="{V}"></title>',
    f'<meta http-equiv="Refresh" content="0; URL=¦{X}">',
    f"<meta http-equiv=refresh content=\"5;url='¦{X}'\">",
    f'<meta name="refresh" content="0; url={U}">',
    f'<form action="¦{X}" method="post"><button formaction="¦{V}"></form>',
    '<a href="¦{{ site }}/x?utm_source=News&utm_medium=email&utm_campaign=s">',
    '<a href="¦*|URL|*?utm_source=News&utm_medium=email&utm_campaign=s">',
    '<a href="¦%%base%%?utm_source=News&utm_medium=email&utm_campaign=s">',
    '<a href="¦<%= url %>?utm_source=News&utm_medium=email&utm_campaign=s">',
    '<a href="¦page.html?utm_source=News&utm_medium=email&utm_campaign=s">',
    f'<mj-button href="¦{X}">x</mj-button><mj-font href="{V}" />',
    '<a href="\n  ¦https://shop.example/?utm_source=News&amp;\nutm_medium=email&utm_campaign=x\n">',
    f"<a title='>' HREF\n=\n¦{U}\n>",
    f'<a title="href={V}" data-href="{V}" href="¦{U}" href="{V}">',
    f'<script>a("<a href=\\"{U}\\">")</script><style>/* <a href="{U}"> */</style>'
    f'<textarea><a href="{U}"></textarea><title><a href="{U}"></title><!-- <a href="{U}"> -->',
    f'<iframe src="{U}"></iframe><img src="{U}"><link href="{U}"><base href="{U}">',
    f'<a href="mailto:a@b.example?body={U}"><a href="tel:1?utm_source=News">',
    f'<p>{U}</p><a href="¦{V}">{U}</a>',
    f'<a href="{U}',
    f'<area shape="rect" href="¦{U}"><A\tHREF="¦{V}"/>',
    f'<p title="a<b" <a href="¦{U}">x</p>',
]

MARKDOWN = [
    f"[x](¦https://shop.example/a_(b)_(c)?{TAGS}&utm_term=(a)-b)",
    f"[x](<¦https://shop.example/a(b?{TAGS}>)",
    f'[x]( <¦{U}>\n"a title (so)" ) and (¦{V})',
    f"[x](¦{M}) and ¦{M}.",
    f"[a][spring], [spring][], [spring]\n\n[Spring]: ¦{U} 'title'\n[other]: <¦{V}>",
    f"[spring]\n\n[SPRING]:\n  ¦{U}\n",
    f"![a]({U}) ![b][c]\n\n[c]: {V}\n",
    f"[![a]({U})](¦{V})",
    f"[![a][i]][l]\n\n[i]: {U}\n[l]: ¦{V}\n",
    f"`{U}` ``a ` {U}`` `[x]({U})`",
    f"```\n{U}\n```\n~~~~ text\n{U}\n~~~\n{U}\n~~~~\n¦{V}\n",
    f"1. a\n   ```\n   {U}\n   ```\n2. [b](¦{V})\n",
    f"1. a\n```\n{U}\n```\n2. [b](¦{V})\n",
    f"> ```\n> {U}\n\n¦{V}\n",
    f"a\n\n    {U}\n\n\t{U}\n\nb\n    ¦{V}\n",
    f"- a\n\n    ¦{U}\n\n  - b\n\n        {V}\n",
    f"<¦{U}> <a href='¦{X}'>{V}</a> ¦{V}",
    f'<table>\n<tr><td><a href="¦{X}">x</a> [no]({U})\n\n[yes](¦{V})\n',
    f"<!-- [x]({U})\n\n{U} -->\n\n¦{V}\n",
    f"[{U}](¦{V}) [ [¦{U}]",
    f"[a [b](¦{U}) c](¦{V})",
    f"\\[a](¦{U}) \\`¦{V}\\`",
    f"| a | b |\n|---|---|\n| ¦{U} | **¦{V}** |\n",
    f"---\nurl: ¦{U}\n---\n\n# See ¦{V}\n",
    "[x](¦{{ site.url }}/a?utm_source=News&utm_medium=email&utm_campaign=s)",
    "[x](¦*|URL|*?utm_source=News&utm_medium=email&utm_campaign=s)",
    "Use `http://` or https://... or http://localhost:${PORT}/ or https://<host>/.",
    f"[x](¦{X}&currency=EUR) *¦{V}*",
    f"a\n: ¦{U}\n\n* ¦{V}\n+ [ ] ¦{U}\n",
    f"[^1]: See ¦{U}.\n",
    f"- [a](¦{U})\n- [b](\n  ¦{V})\n",
]


def places(run: Run, name: str, text: str) -> list[str]:
    """Return where a source in capitals is told, as `line:column`."""
    Path(name).write_text(text)
    result = run("lint", name, "--format", "json", "--select", "UTM101,UTM604,UTM106,UTM202")
    found = json.loads(result.stdout)["data"]
    assert {one["code"] for one in found} <= {"UTM101"}, found
    assert all('source "News"' in one["message"] for one in found), found
    assert run("lint", name, "--fix").exit_code in {0, 1}
    assert Path(name).read_text() == text
    return [one["where"].removeprefix(f"{name}:") for one in found]


def marked(text: str) -> tuple[str, list[str]]:
    """Return a text without its marks, and their places."""
    pieces = text.split("¦")
    before = ["".join(pieces[:at]) for at in range(1, len(pieces))]
    places = [f"{one.count(chr(10)) + 1}:{len(one) - one.rfind(chr(10))}" for one in before]
    return "".join(pieces), places


@pytest.mark.parametrize("text", HTML, ids=range(len(HTML)))
@pytest.mark.parametrize("name", ["page.html", "page.htm", "mail.mjml"])
def test_html(run: Run, name: str, text: str) -> None:
    """What a browser or a mail program follows, once, where it stands."""
    written, expected = marked(text)

    assert places(run, name, written) == expected


@pytest.mark.parametrize("text", MARKDOWN, ids=range(len(MARKDOWN)))
@pytest.mark.parametrize("name", ["page.md", "page.markdown"])
def test_markdown(run: Run, name: str, text: str) -> None:
    """Links, not images and not code; a definition once."""
    written, expected = marked(text)

    assert places(run, name, written) == expected


def test_tags_are_read_as_they_are_meant(run: Run) -> None:
    """Escapes, brackets and references are part of what is written, not of the names."""
    Path("page.md").write_text(f"[x]({M}&utm_content=Engineer%20(Entry)-a&utm_term=Two)\n")
    shown = run("lint", "page.md", "--select", "UTM101,UTM201").stdout

    assert 'content "Engineer (Entry)-a"' in shown
    assert 'term "Two"' in shown
    assert "UTM201" not in shown


@pytest.mark.parametrize("page", ["sale/spring", "spring", "spring.html", "spring.php", "../a"])
def test_a_page_beside_this_one(run: Run, page: str) -> None:
    """Its tags are those of a link within the site, and it is an address."""
    tags = "utm_source=news&amp;utm_medium=email&amp;utm_campaign=spring"
    Path("l.html").write_text(f'<a href="{page}?{tags}">x</a>')
    result = run("lint", "l.html")

    assert "UTM207 internal-link: " in result.stdout
    assert "UTM604" not in result.stdout


@pytest.mark.parametrize("page", ["shop.example/", "localhost:8000/", "{{ site }}/", "*|URL|*"])
def test_an_address_without_its_scheme_is_no_page_beside_this_one(run: Run, page: str) -> None:
    """It may be filled in, or a host."""
    Path("l.html").write_text(f'<a href="{page}?utm_source=News&amp;utm_medium=email">x</a>')

    assert "UTM207" not in run("lint", "l.html").stdout
