"""The built-in channels, and finding one by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.errors import UnknownChannel, did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from utmforge.channels.base import Channel

CHANNELS = (
    "email",
    "sms",
    "whatsapp",
    "messenger",
    "telegram",
    "signal",
    "line",
    "viber",
    "slack",
    "discord",
    "teams",
    "instagram-dm",
    "snapchat",
    "wechat",
    "imessage",
    "qr",
)
"""The built-in channels' names; the file of each is its name with `_` for `-`."""


def built_in(name: str) -> Channel:
    """Return a built-in channel; only its own file is imported.

    Raises:
        UnknownChannel: There is none of this name.
    """
    if name not in CHANNELS:
        raise unknown_channel(name, CHANNELS)
    from importlib import import_module

    channel: Channel = import_module(f"utmforge.channels.{name.replace('-', '_')}").CHANNEL
    return channel


def find_channel(name: str, own: Mapping[str, Channel]) -> Channel:
    """Return the channel of this name; a channel of the file comes before a built-in one.

    Raises:
        UnknownChannel: There is none of this name.
    """
    for spelling in (name, name.lower()):  # WhatsApp is how its makers write it
        if spelling in own:
            return own[spelling]
        if spelling in CHANNELS:
            return built_in(spelling)
    raise unknown_channel(name, (*own, *CHANNELS))


def base_of(name: str | None, own: Mapping[str, Channel]) -> str | None:
    """Return the built-in channel that a channel is, or is based on. None: none.

    Args:
        name: The channel's name. None: it has none.
        own: The user's own channels, each of which may extend another.
    """
    seen: set[str] = set()
    while name and name not in seen and name in own and own[name].extends:
        seen.add(name)
        name = own[name].extends
    return name if name in CHANNELS else None


def unknown_channel(name: str, known: Iterable[str]) -> UnknownChannel:
    """Return the error for a channel that does not exist."""
    known = tuple(known)
    return UnknownChannel(
        f"no channel is called {quoted(name)}",
        hint=did_you_mean(name, known)
        or "utmforge channels lists them; for anything else give --source and --medium",
    )
