"""Inputs of any size for every command and kind of input, to see how the work grows with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utmforge import Registry, Tags, make_link

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TAGS = "utm_source=news&utm_medium=email&utm_campaign=spring"
NEW = ("-c", "spring", "-C", "email")


def url(kind: str) -> Callable[[int], str]:
    """Return a function that makes an address of about `n` characters."""
    return {
        "path": lambda n: f"https://shop.example/{'a/' * (n // 2)}?{TAGS}",
        "parameters": lambda n: f"https://shop.example/?{'a=1&' * (n // 4)}{TAGS}",
        "one value": lambda n: f"https://shop.example/?q={'x' * n}&{TAGS}",
        "escapes": lambda n: f"https://shop.example/?q={'%25' * (n // 3)}&{TAGS}",
        "base64": lambda n: f"https://shop.example/?q={'QUJDREVG' * (n // 8)}&{TAGS}",
        "digits": lambda n: f"https://shop.example/?q={'4111-' * (n // 5)}&{TAGS}",
        "ats": lambda n: f"https://shop.example/?q={'a@b.' * (n // 4)}&{TAGS}",
        "merge tags": lambda n: f"https://shop.example/?q={'{{a}}' * (n // 5)}&{TAGS}",
        "open merge tags": lambda n: f"https://shop.example/?q={'{{' * (n // 2)}&{TAGS}",
        "question marks": lambda n: f"https://shop.example/{'?' * n}{TAGS}",
        "nested": lambda n: "https://l.example/?u=" * (n // 21) + "https://shop.example/",
        "fragment": lambda n: f"https://shop.example/?{TAGS}#{'?a=1&' * (n // 5)}",
        "entities": lambda n: f"https://shop.example/?{'amp;' * (n // 4)}{TAGS}",
        "tags": lambda n: "https://shop.example/?" + f"{TAGS}&" * (n // len(TAGS)),
        "soft breaks": lambda n: "https://shop.example/?" + "a=\n" * (n // 3) + TAGS,
        "underscores": lambda n: f"https://shop.example/?{'_*' * (n // 2)}{TAGS}",
    }[kind]


URLS = (
    *("path", "parameters", "one value", "escapes", "base64", "digits", "ats", "merge tags"),
    *("open merge tags", "question marks", "nested", "fragment", "entities", "tags"),
    *("soft breaks", "underscores"),
)


def document(kind: str) -> Callable[[int], str]:
    """Return a function that makes a document with `n` links or pieces."""
    link = f"https://shop.example/p?{TAGS}"
    quoted = link.replace("=", "=3D").replace("&", "=\n&")
    return {
        "list.txt": lambda n: "".join(f"{link}&utm_content=c{i}\n" for i in range(n)),
        "untagged.txt": lambda n: "".join(f"https://shop.example/{i}\n" for i in range(n)),
        "prose.txt": lambda n: "words and words about a link, and more\n" * n,
        "one-line.txt": lambda n: "word " * n + "\n",
        "findings.txt": lambda n: "".join(
            f"https://shop.example/?utm_source=S{i}&utm_medium=M{i}&utm_campaign=C{i}\n"
            for i in range(n)
        ),
        "names.txt": lambda n: "".join(
            f"https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=spring{i}x\n"
            for i in range(n)
        ),
        "sheet.csv": lambda n: (
            "landing_page,channel\n" + "".join(f"{link},email\n" for _ in range(n))
        ),
        "quotes.csv": lambda n: "url\n" + '"' * n + "\n",
        "wide.csv": lambda n: "url," * n + "\n" + f"{link}," * n + "\n",
        "page.html": lambda n: f'<p><a href="{link}">x</a>\n' * n,
        "open.html": lambda n: "<a href=" * n,
        "brackets.html": lambda n: "<" * n,
        "comment.html": lambda n: "<!--" * n,
        "deep.html": lambda n: "<div>" * n + f'<a href="{link}">x</a>' + "</div>" * n,
        "quotes.html": lambda n: '<a href="' + "'" * n,
        "page.md": lambda n: f"a [link]({link}) here\n" * n,
        "brackets.md": lambda n: "[" * n + "](" * n,
        "parens.md": lambda n: "[x](" + "(" * n + ")" * n,
        "one-line.md": lambda n: f"[x]({link}) " * n,
        "mail.txt": lambda n: (
            "Content-Transfer-Encoding: quoted-printable\n\n"
            + f"See <{quoted}> =E2=80=93 now=\n" * n
        ),
        "references.md": lambda n: "".join(f"[r{i}]: {link}\n" for i in range(n)),
    }[kind]


DOCUMENTS = {
    "list.txt": 20_000, "untagged.txt": 20_000, "prose.txt": 10_000, "one-line.txt": 50_000,
    "findings.txt": 2_000, "names.txt": 2_000, "sheet.csv": 20_000, "quotes.csv": 50_000,
    "wide.csv": 1_000, "page.html": 10_000, "open.html": 5_000, "brackets.html": 50_000,
    "comment.html": 20_000, "deep.html": 10_000, "quotes.html": 100_000, "page.md": 10_000,
    "brackets.md": 20_000, "parens.md": 4_000, "one-line.md": 5_000, "references.md": 10_000,
    "mail.txt": 2_000,
}  # fmt: skip


def campaigns(kind: str) -> Callable[[int], str]:
    """Return a function that makes a campaign file with `n` entries of a kind."""

    def campaign(name: str, rest: str = 'channels = ["email"]') -> str:
        return f'[campaigns.{name}]\nlanding_page = "https://shop.example/{name}"\n{rest}\n'

    def contents(n: int) -> str:
        names = ", ".join(f'"c{i}x"' for i in range(n))
        return campaign("spring", f'channels = ["email"]\ncontents = [{names}]')

    def extending(n: int) -> str:
        last = '[channels.c0]\nextends = "email"\n'
        chain = "".join(f'[channels.c{i}]\nextends = "c{i - 1}"\n' for i in range(n, 0, -1))
        return chain + last + campaign("spring")

    def domains(n: int) -> str:
        names = ", ".join(f'"d{i}.example"' for i in range(n))
        return f"[workspace]\nown_domains = [{names}]\n" + campaign("spring")

    def aliases(n: int) -> str:
        pairs = ", ".join(f'a{i} = "b{i}"' for i in range(n))
        return f"[convention.content]\naliases = {{ {pairs} }}\n" + campaign("spring")

    def allowed(n: int) -> str:
        names = ", ".join(f'"c{i}x"' for i in range(n))
        return f"[convention.content]\nallowed = [{names}]\n" + campaign("spring")

    def refused(n: int) -> str:
        names = ", ".join(f'"allowed-{i}x"' for i in range(n))
        return f"[convention.campaign]\nallowed = [{names}]\n" + "".join(
            campaign(f"alowed-{i}y") for i in range(n)
        )

    def placements(n: int) -> str:
        one = '[[campaigns.spring.placements]]\nchannel = "email"\ncontent = "c{}x"\n'
        return campaign("spring", "") + "".join(one.format(i) for i in range(n))

    def messages(n: int) -> str:
        one = (
            '[[campaigns.spring.placements]]\nchannel = "sms"\ncontent = "c{0}x"\n'
            'message = "L\u2019été {0}: {{link}}"\n'
        )
        return campaign("spring", "") + "".join(one.format(i) for i in range(n))

    return {
        "messages": messages,
        "campaigns": lambda n: "".join(campaign(f"spring-{i}x") for i in range(n)),
        "contents": contents,
        "extends": extending,
        "own domains": domains,
        "aliases": aliases,
        "allowed": allowed,
        "placements": placements,
        "refused": refused,
        "problems": lambda n: campaign("spring") + "".join(f"unknown{i} = 1\n" for i in range(n)),
        "cycle": lambda n: "".join(
            f'[channels.c{i}]\nextends = "c{(i + 1) % n}"\n' for i in range(n)
        ),
        "contents of three channels": lambda n: contents(n).replace(
            '["email"]', '["email", "sms", "whatsapp"]'
        ),
        "small tables": lambda n: "".join(f"[t{i}]\n" for i in range(n)),
        "long key": lambda n: f"a{'.b' * n} = 1\n",
        "own channels": lambda n: (
            campaign("spring")
            + "".join(f'[channels.k{i}]\nsource = "s{i}x"\nmedium = "email"\n' for i in range(n))
        ),
    }[kind]


CAMPAIGNS = {
    "campaigns": 500, "contents": 2_000, "extends": 250, "own domains": 5_000, "aliases": 2_000,
    "allowed": 2_000, "placements": 1_000, "problems": 500, "own channels": 500,
    "refused": 250, "cycle": 500, "contents of three channels": 1_000, "small tables": 2_000,
    "long key": 20_000, "messages": 500,
}  # fmt: skip


class Kind(NamedTuple):
    """A command and its input."""

    size: int
    """The smallest size of its text."""
    text: Callable[[int], str]
    """Makes the text."""
    words: tuple[str, ...]
    """The command; `TEXT` stands for the text itself."""
    file: str | None = None
    """The file that the text is written to. None: the text is an argument."""
    with_registry: bool = False
    """Whether it needs no text, but a registry `links.db` with so many links."""

    def made(self, size: int, folder: Path) -> tuple[str, ...]:
        """Write the command's files; return its words."""
        if self.with_registry:
            fill(folder / "links.db", size)
            return self.words
        text = self.text(size)
        if self.file:
            (folder / self.file).write_text(text, encoding="utf-8")
        return tuple(text if word == "TEXT" else word for word in self.words)


def fill(path: Path, count: int) -> None:
    """Make a registry of this many links, every tenth of which is retired."""
    links = [
        make_link(f"https://shop.example/{i}", Tags("news", "email", f"c{i % 9}"), channel="email")
        for i in range(count)
    ]
    with Registry.open(path) as registry:
        registry.add(links)
        registry.retire([link.id for link in links[::10]], "old")


REGISTRY = {
    "list": ("list",),
    "list --campaign": ("list", "--campaign", "c1"),
    "list --state": ("list", "--state", "retired", "--limit", "5"),
    "list --sort": ("list", "--sort", "url", "-F", "csv"),
    "lint --issued": ("lint", "--issued"),
    "export": ("registry", "export", "-", "-F", "jsonl"),
    "sync": ("registry", "sync", "links.jsonl", "-n"),
    "check": ("registry", "check"),
    "status": ("registry", "status"),
    "share": ("share", "c1", "-F", "json"),
    "share --sheet": ("share", "c1", "--sheet", "links.html", "--force"),
    "qr --out-dir": ("qr", "c1", "--out-dir", "codes", "--print-sheet", "codes.html", "--force"),
}


def kinds() -> dict[str, Kind]:
    """Return each kind by name."""
    found = {}
    for kind in URLS:
        found[f"new, {kind}"] = Kind(1_900, url(kind), ("new", "TEXT", *NEW, "-n"))
        found[f"explain, {kind}"] = Kind(7_500, url(kind), ("explain", "TEXT"))
        found[f"lint, {kind}"] = Kind(100_000, url(kind), ("lint", "l.txt"), "l.txt")
    for name, size in DOCUMENTS.items():
        commands: dict[str, tuple[str, ...]] = {"lint": ("lint", name)}
        if name.endswith((".txt", ".csv")):
            commands["new --from"] = ("new", "--from", name, *NEW)
            commands["import"] = ("registry", "import", name, "-n")
            commands["lint --fix"] = ("lint", name, "--fix", "-n")
        for command, words in commands.items():
            found[f"{command} {name}"] = Kind(size, document(name), words, name)
    for name, size in CAMPAIGNS.items():
        for command in ("build", "lint", "channels"):
            words = (command, "-n") if command == "build" else (command,)
            found[f"{command}, {name}"] = Kind(size, campaigns(name), words, "campaigns.toml")
    for name, command_words in REGISTRY.items():
        asked = (*command_words, "--registry", "links.db")
        found[f"{name}, registry"] = Kind(4_000, str, asked, with_registry=True)
    return found
