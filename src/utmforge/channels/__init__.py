"""Where people paste links: one small file for each channel, and their catalogue."""

from utmforge.channels.base import Channel
from utmforge.channels.catalogue import (
    CHANNELS,
    base_of,
    built_in,
    find_channel,
    named,
    unknown_channel,
)

__all__ = ["CHANNELS", "Channel", "base_of", "built_in", "find_channel", "named", "unknown_channel"]
