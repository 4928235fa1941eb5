"""QR codes by the thousand: the library's own codes, without its search for the best mask.

A code is an affine function of its data: its modules are those of a code of zeros, changed by what
each data byte changes, its error correction included. What a byte changes is worked out once for
each version; a code is then the XOR of one integer a byte. `benchmarks/share.py` shows what that is
worth; a test shows that the codes are those of the library.

The mask is always the first one. A reader is told the mask by the code itself (ISO/IEC 18004); the
best one only helps where the data repeats itself, which a percent-encoded address does not.

    data bytes ─XOR of what each changes─► modules, one bit each ─► PNG
"""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache, reduce
from operator import xor
from typing import NamedTuple

from utmforge.errors import QrImpossible
from utmforge.share.qr import LEVELS, QUIET_ZONE

MASK = 0
_LEVEL_NUMBERS = dict(zip(LEVELS, (1, 0, 3, 2), strict=True))  # the standard's own
_BYTE_MODE = 0b0100
_PADDING = b"\xec\x11"
_VERSIONS = range(1, 41)
_LARGEST_QUICK = 15
"""The largest version with tables, 412 bytes at level M: they take 13 MB there, and grow with the
square of the size."""
_SHORT_COUNT = 10  # the first version whose count of bytes has 16 bits


class QuickCode(NamedTuple):
    """A code as one integer: a filter byte and the modules of each row, as PNG has them."""

    modules: int
    """Modules per side, quiet zone included."""
    bits: int
    """The rows from the top, white is 1; each begins with eight zeros and ends with whole bytes."""

    @property
    def rows(self) -> tuple[tuple[bool, ...], ...]:
        """The modules, quiet zone included; True is black."""
        stride = _stride(self.modules)
        bits = f"{self.bits:0{stride * self.modules}b}"
        starts = range(8, len(bits), stride)
        return tuple(
            tuple(bit == "0" for bit in bits[start : start + self.modules]) for start in starts
        )

    def png(self) -> bytes:
        """Return an image with one pixel a module, black and white."""
        side = self.modules
        raw = self.bits.to_bytes(_stride(side) * side // 8)
        header = struct.pack(">2I5B", side, side, 1, 0, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def quick_code(url: str, level: str = "M") -> QuickCode:
    """Encode an address.

    Raises:
        QrImpossible: It is too long for any QR code at this level.
    """
    data = url.encode()
    version = next((one for one in _VERSIONS if _fits(one, level, len(data))), None)
    if version is None:
        raise QrImpossible(
            f"the link has {len(url):,} characters, too many for a QR code at level {level}",
            hint="a code needs a short address: shorten the landing page or the tags",
        )
    modules = version * 4 + 17 + 2 * QUIET_ZONE
    if version > _LARGEST_QUICK:
        return QuickCode(modules, _slowly(data, version, level))
    plan = _plan(version, level)
    words = _data_words(data, version, plan.capacity)
    upper = (table[word >> 4] for table, word in zip(plan.upper, words, strict=True))
    lower = (table[word & 15] for table, word in zip(plan.lower, words, strict=True))
    return QuickCode(modules, reduce(xor, lower, reduce(xor, upper, plan.empty)))


class _Plan(NamedTuple):
    """What the codes of one version and level have in common."""

    capacity: int
    """The number of data bytes."""
    empty: int
    """The code whose data bytes are all zero."""
    upper: tuple[tuple[int, ...], ...]
    """What the upper four bits of each data byte change, by their value."""
    lower: tuple[tuple[int, ...], ...]
    """What the lower four bits change."""


def _stride(modules: int) -> int:
    """Return the bits of a row: the filter byte, the modules, and what fills the last byte."""
    return 8 + (modules + 7) // 8 * 8


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@lru_cache(maxsize=256)
def _capacity(version: int, level: str) -> int:
    from qrcode.base import rs_blocks

    return sum(block.data_count for block in rs_blocks(version, _LEVEL_NUMBERS[level]))


def _fits(version: int, level: str, size: int) -> bool:
    return size + (2 if version < _SHORT_COUNT else 3) <= _capacity(version, level)


def _data_words(data: bytes, version: int, capacity: int) -> bytes:
    """Return the data bytes of a code: mode, length, text, end, padding."""
    count_bits = 8 if version < _SHORT_COUNT else 16
    bits = (_BYTE_MODE << count_bits | len(data)) << 8 * len(data) | int.from_bytes(data)
    length = 4 + count_bits + 8 * len(data)
    end = min(4, 8 * capacity - length)
    words = (bits << end).to_bytes((length + end) // 8)
    return words + (_PADDING * capacity)[: capacity - len(words)]


@lru_cache(maxsize=_LARGEST_QUICK)
def _plan(version: int, level: str) -> _Plan:
    from qrcode.base import rs_blocks

    blocks = rs_blocks(version, _LEVEL_NUMBERS[level])
    places = _places(version, level, sum(block.total_count for block in blocks))
    correction = blocks[0].total_count - blocks[0].data_count
    longest = max(block.data_count for block in blocks)
    of_data = [
        (index, at)
        for at in range(longest)
        for index, block in enumerate(blocks)
        if at < block.data_count
    ]
    order = {one: place for place, one in enumerate(of_data)}
    upper, lower = [], []
    for index, block in enumerate(blocks):
        remainders = _remainders(block.data_count, correction)
        for at in range(block.data_count):
            words = {order[index, at]: 1}
            for number, value in enumerate(remainders[at]):
                words[len(of_data) + number * len(blocks) + index] = value
            changes = _changes(words, places)
            lower.append(_table(changes[:4]))
            upper.append(_table(changes[4:]))
    empty = _drawn(version, level, bytes(sum(block.total_count for block in blocks)))
    return _Plan(len(of_data), empty, tuple(upper), tuple(lower))


def _remainders(count: int, correction: int) -> list[list[int]]:
    """Return the error correction of a block in which one data byte is 1, for each of its bytes."""
    from qrcode.base import Polynomial, gexp, glog

    polynomial = Polynomial([1], 0)
    for power in range(correction):
        polynomial *= Polynomial([1, gexp(power)], 0)
    generator = list(polynomial)
    below = generator[1:]
    found = [below]
    for _ in range(count - 1):
        first, *rest = [*found[-1], 0]
        times = [gexp(glog(first) + glog(one)) if first and one else 0 for one in below]
        found.append([one ^ other for one, other in zip(rest, times, strict=True)])
    return found[::-1]


def _changes(words: dict[int, int], places: list[int]) -> list[int]:
    """Return what each bit of a data byte changes, the lowest first.

    Args:
        words: For each byte of the code, what the value 1 makes of it.
        places: The module of each bit of the code.
    """
    from qrcode.base import gexp, glog

    single = []
    for power in range(8):
        changed = 0
        for word, value in words.items():
            product = gexp(glog(value) + power) if value else 0
            for bit in range(8):
                if product >> (7 - bit) & 1:
                    changed |= places[word * 8 + bit]
        single.append(changed)
    return single


def _table(changes: list[int]) -> tuple[int, ...]:
    """Return what each value of some bits changes."""
    table = [0]
    for changed in changes:
        table += [changed ^ other for other in table]
    return tuple(table)


def _slowly(data: bytes, version: int, level: str) -> int:
    """Return the modules of a code that is too large for tables."""
    from qrcode.util import MODE_8BIT_BYTE, QRData, create_data

    words = create_data(version, _LEVEL_NUMBERS[level], [QRData(data, mode=MODE_8BIT_BYTE)])
    return _drawn(version, level, words)


def _places(version: int, level: str, words: int) -> list[int]:
    """Return the module of each bit of a code, as an integer with that one bit.

    The library draws codes whose bits are digits of their own numbers.
    """
    empty = _drawn(version, level, bytes(words))
    numbers: dict[int, int] = {}
    for digit in range((words * 8).bit_length()):
        bits = int("".join(str((bit + 1) >> digit & 1) for bit in range(words * 8)), 2)
        changed = _drawn(version, level, bits.to_bytes(words)) ^ empty
        while changed:
            place = changed & -changed
            numbers[place] = numbers.get(place, 0) | 1 << digit
            changed ^= place
    places = [0] * (words * 8)
    for place, number in numbers.items():
        places[number - 1] = place
    return places


def _drawn(version: int, level: str, words: bytes) -> int:
    """Return the modules that the library draws for the bytes of a code."""
    from qrcode import QRCode

    drawing = QRCode(version=version, error_correction=_LEVEL_NUMBERS[level], border=QUIET_ZONE)
    drawing.data_cache = words
    drawing.makeImpl(False, MASK)  # noqa: FBT003 - the library's own signature
    rows = drawing.get_matrix()
    stride = _stride(len(rows))
    white = f"{'1' * (stride - 8 - len(rows))}"
    lines = ("00000000" + "".join("01"[not one] for one in row) + white for row in rows)
    return int("".join(lines), 2)
