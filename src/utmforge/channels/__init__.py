"""Channels, the places where people paste links: one small file for each, and the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utmforge.channels.base import Channel
from utmforge.errors import UnknownChannel, did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["CHANNELS", "Channel", "built_in", "find_channel", "unknown_channel"]

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
        UnknownChannel: No built-in channel has this name.
    """
    if name not in CHANNELS:
        raise unknown_channel(name, CHANNELS)
    from importlib import import_module

    channel: Channel = import_module(f"utmforge.channels.{name.replace('-', '_')}").CHANNEL
    return channel


def find_channel(name: str, own: Mapping[str, Channel]) -> Channel:
    """Return the channel of this name; the user's own come before the built-in ones.

    Raises:
        UnknownChannel: No channel has this name.
    """
    for spelling in (name, name.lower()):  # WhatsApp is how its makers write it
        if spelling in own:
            return own[spelling]
        if spelling in CHANNELS:
            return built_in(spelling)
    raise unknown_channel(name, (*own, *CHANNELS))


def unknown_channel(name: str, known: Iterable[str]) -> UnknownChannel:
    """Return the error for an unknown channel."""
    known = tuple(known)
    return UnknownChannel(
        f"no channel is called {quoted(name)}",
        hint=did_you_mean(name, known)
        or "utmforge channels lists them; for anything else say --source and --medium",
    )
