"""The address of a registry on a server, read strictly and shown without secrets.

    postgresql://ann@db.example:5433/marketing?sslmode=verify-full
                 user  host      port database  parameters

An address is parsed into parts, and built again from them for the driver and for messages. Text
that libpq (https://www.postgresql.org/docs/current/libpq-connect.html) might read differently, or
that has a password anywhere, is refused and not repeated.

>>> ServerAddress.read("postgresql://ann@db.example:5433/team?sslmode=require").shown
'postgresql://ann@db.example:5433/team'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import unquote

from utmforge.errors import RegistryUnavailable, did_you_mean
from utmforge.registry.agreement import ServerNotTrusted

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMES = ("postgresql", "postgres")

_SHAPE = re.compile(
    r"(?P<scheme>[A-Za-z]+)://"
    r"(?:(?P<user>[A-Za-z0-9_.%+-]{1,128})@)?"
    r"(?P<hosts>(?:[A-Za-z0-9_.%-]{1,255}|\[[0-9A-Fa-f:.%]{2,64}\])?(?::[0-9]{1,5})?"
    r"(?:,(?:[A-Za-z0-9_.-]{1,255}|\[[0-9A-Fa-f:.]{2,64}\])(?::[0-9]{1,5})?){0,9})"
    r"(?:/(?P<database>[A-Za-z0-9_.%+-]{0,128}))?"
    r"(?:\?(?P<query>[A-Za-z0-9_.%+/:=&-]{0,2000}))?"
)
_PARAMETER = re.compile(r"([a-z_]{2,40})=([^=&]{0,500})")
_SECRET = frozenset(
    ("password", "passwd", "pwd", "sslpassword", "oauth_client_secret", "scram_client_key")
)
_FROM_A_FILE = frozenset(("sslmode", "connect_timeout", "target_session_attrs", "keepalives"))
"""Parameters that an address in a shared file may have. The others could choose the file, host,
service or option that the user's password is used with."""
_SSLMODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
"""From the weakest to the strongest."""
_MIN_SSLMODE = "require"

# Text that is, or was meant to be, the address of a server rather than the name of a file.
_DSN = re.compile(
    r"(?:^|[\s;])(?:host|hostaddr|port|server|database|user|uid|dbname|service|sslmode|"
    r"passw(?:or)?d|pwd|passfile)\s*=",
    re.IGNORECASE,
)
_LIKE_A_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]+:/|p[a-z]{4,12}:)", re.IGNORECASE)
_USER_AND_PASSWORD = re.compile(
    r"(?![A-Za-z]:[/\\])(?:[a-z]*//)?[^/\\@\s]*[^/\\:]:[^\n]*@[^/\\\s]+", re.IGNORECASE
)
_HOST_AND_PORT = re.compile(r"(?:[\w.%+-]+@)?[\w.-]{2,}:[0-9]{1,6}(?:/|$)")


class ServerAddress(NamedTuple):
    """One registry on a server."""

    scheme: str
    """`postgresql`."""
    user: str
    """Percent-encoded. Empty: the user from the environment."""
    hosts: str
    """Hosts with their ports, separated by commas. Empty: the local socket."""
    database: str
    """Percent-encoded. Empty: the database named like the user."""
    parameters: tuple[tuple[str, str], ...] = ()
    """In order, percent-encoded."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Parse an address.

        Raises:
            RegistryUnavailable: It is not the address of a PostgreSQL server, or holds a password.
                The message repeats only its scheme.
        """
        match = _SHAPE.fullmatch(text)
        scheme = match["scheme"].lower() if match else ""
        if match and scheme not in SCHEMES:
            raise RegistryUnavailable(
                f"a registry is a file or a postgresql:// address, not {scheme[:20]}://…",
                hint=did_you_mean(scheme, SCHEMES) or "give the path of a file",
            )
        if _has_password(text):
            raise RegistryUnavailable(
                "the registry's address holds a password, which others could read there",
                hint="put it in ~/.pgpass, in a service file (?service=NAME) or in PGPASSWORD",
            )
        if match is None:
            raise RegistryUnavailable(
                "the registry's address cannot be read",
                hint="write it as postgresql://USER@HOST:PORT/DATABASE",
            )
        parameters = []
        for piece in (match["query"] or "").split("&"):
            if not piece:
                continue
            pair = _PARAMETER.fullmatch(piece)
            if pair is None:
                raise RegistryUnavailable(
                    "a parameter of the registry's address is not NAME=VALUE",
                    hint="such as ?sslmode=verify-full",
                )
            parameters.append((pair[1], pair[2]))
        if match["hosts"] and any(not 0 < int(port) < 2**16 for port in _ports(match["hosts"])):
            raise RegistryUnavailable("a port of the registry's address is not 1 to 65535")
        return cls(
            SCHEMES[0], match["user"] or "", match["hosts"], match["database"] or "",
            tuple(parameters),
        )  # fmt: skip

    def __str__(self) -> str:
        """Return the address as messages call it."""
        return self.shown

    @property
    def url(self) -> str:
        """The whole address, for the driver."""
        query = "&".join(f"{name}={value}" for name, value in self.parameters)
        return self.shown + (f"?{query}" if query else "")

    @property
    def shown(self) -> str:
        """The address as messages call it, without parameters."""
        user = f"{self.user}@" if self.user else ""
        database = f"/{self.database}" if self.database else ""
        return f"{self.scheme}://{user}{self.hosts}{database}"

    def refuse_unsafe(self, environment: Mapping[str, str]) -> None:
        """Refuse an address from a shared file that could send the user's password elsewhere.

        Args:
            environment: Variables with `PGSSLMODE`, the user's own setting.

        Raises:
            ServerNotTrusted: It has a parameter that a file may not choose, or a weaker
                `sslmode` than the user asks for.
        """
        for name, value in self.parameters:
            if name not in _FROM_A_FILE:
                raise ServerNotTrusted(
                    f"a campaign file may not set {name} of the registry's server",
                    hint="name the server with --registry or UTMFORGE_REGISTRY instead",
                )
            own = environment.get("PGSSLMODE", _MIN_SSLMODE)
            least = max(_rank(own), _rank(_MIN_SSLMODE))
            if name == "sslmode" and _rank(value) < least:
                raise ServerNotTrusted(
                    f"a campaign file may not set sslmode below {_SSLMODES[least]}",
                    hint="leave it out, or write sslmode=verify-full",
                )


def is_meant_as_server(text: str) -> bool:
    """Tell whether the name of a registry is, or was meant to be, a server's address.

    >>> is_meant_as_server("postgresql:/ann:secret@db/x"), is_meant_as_server("C:/links.db")
    (True, False)
    """
    return bool(
        "://" in text
        or (_LIKE_A_SCHEME.match(text))
        or _DSN.search(text)
        or _USER_AND_PASSWORD.match(text)
        or _HOST_AND_PORT.match(text)
    )


def _has_password(text: str) -> bool:
    """Tell whether there is a password, or what looks like one, in whatever place."""
    return any(map(_shows_password, (text, unquote(text), unquote(unquote(text)))))


def _shows_password(text: str) -> bool:
    rest = text.partition("://")[2] or text
    before, at, _ = rest.rpartition("@")
    names = {name.lower() for name in re.findall(r"(\w+)\s*=", text)}
    return bool(at and ":" in before) or not _SECRET.isdisjoint(names)


def _ports(hosts: str) -> list[str]:
    return re.findall(r":([0-9]+)(?=,|$)", hosts)


def _rank(sslmode: str) -> int:
    return _SSLMODES.index(sslmode) if sslmode in _SSLMODES else -1
