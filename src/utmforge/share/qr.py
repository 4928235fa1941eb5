"""QR codes: the modules, the files, and how large to print them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from utmforge.errors import OutputFileError, QrImpossible, quoted
from utmforge.files.atomic import atomic_write, check_output, refuse_existing

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

Level = Literal["L", "M", "Q", "H"]
LEVELS = ("L", "M", "Q", "H")
"""Error correction: about 7, 15, 25 and 30 % of the code may be lost (ISO/IEC 18004)."""

QUIET_ZONE = 4
"""White modules around the code, as ISO/IEC 18004 requires."""

READING_DISTANCE_CM = 30.0
"""A phone held over a leaflet."""

_MIN_MODULE_MM = 0.4
_DISTANCE_TO_WIDTH = 10  # a code is read from about ten times its width
_MODULE_PIXELS = 10


class QrCode(NamedTuple):
    """A QR code, ready to be drawn."""

    url: str
    """Where it leads."""
    level: str
    """Its error correction: L, M, Q or H."""
    rows: tuple[tuple[bool, ...], ...]
    """The modules, quiet zone included; True is black."""
    drawing: Any
    """The library's own object, which writes the files."""

    @property
    def modules(self) -> int:
        """Modules per side, quiet zone included."""
        return len(self.rows)

    def min_width_mm(self, distance_cm: float = READING_DISTANCE_CM) -> float:
        """Return the smallest width to print, quiet zone included, in millimetres.

        A tenth of the reading distance, and at least 0.4 mm a module (DENSO WAVE's advice for
        codes read by phones, https://www.qrcode.com/en/howto/cell.html).
        """
        return min_width_mm(self.modules, distance_cm)


def min_width_mm(modules: int, distance_cm: float = READING_DISTANCE_CM) -> float:
    """Return the smallest width to print, see `QrCode.min_width_mm`."""
    return max(distance_cm * 10 / _DISTANCE_TO_WIDTH, modules * _MIN_MODULE_MM)


def make_qr(url: str, level: str = "M") -> QrCode:
    """Encode an address.

    Raises:
        QrImpossible: It is too long for any QR code at this level.
    """
    import qrcode
    from qrcode.exceptions import DataOverflowError
    from qrcode.util import MODE_8BIT_BYTE, QRData

    levels = dict(zip(LEVELS, (1, 0, 3, 2), strict=True))  # the standard's own numbers
    # The library fails ("glog(0)") if a block of data is all zeros, as a long run of the digit 0 is
    # when it is packed as a number. Written as bytes, no block is.
    for data in (url, QRData(url.encode(), mode=MODE_8BIT_BYTE)):
        code = qrcode.QRCode(
            error_correction=levels[level], border=QUIET_ZONE, box_size=_MODULE_PIXELS
        )
        try:
            code.add_data(data)
            code.make(fit=True)
        except (ValueError, DataOverflowError) as error:
            if "glog" not in str(error):
                raise _too_long(url, level) from None
            continue
        rows = tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
        return QrCode(url, level, rows, code)
    raise _too_long(url, level)


def _too_long(url: str, level: str) -> QrImpossible:
    return QrImpossible(
        f"the link has {len(url):,} characters, too many for a QR code at level {level}",
        hint="a code needs a short address: shorten the landing page or the tags",
    )


def write_qr(code: QrCode, path: Path, *, overwrite: bool = False) -> None:
    """Write a code as PNG or SVG, by the file's extension; the file is never left incomplete.

    Raises:
        OutputFileError: The extension is neither, the file exists, or it cannot be written.
    """
    check_qr_path(path, overwrite=overwrite)
    with atomic_write(path) as draft, draft.open("wb") as file:
        _save(code, path, file)


def check_qr_path(path: Path, *, overwrite: bool = False) -> None:
    """Refuse a file that could not be written, before anything is issued.

    Raises:
        OutputFileError: The extension is not .png or .svg, Pillow is missing for a PNG, the folder
            is missing, or the file exists or is a link to a missing one.
    """
    if path.suffix.lower() not in {".png", ".svg"}:
        raise OutputFileError(
            f"{quoted(path.name)} ends in neither .png nor .svg", hint="name it code.svg"
        )
    if path.suffix.lower() == ".png" and not _has_pillow():
        raise OutputFileError(
            "a PNG file needs Pillow, which is not installed",
            hint='python -m pip install "utmforge[png]", or write a .svg file',
        )
    check_output(path)
    refuse_existing(path, overwrite=overwrite)


def _has_pillow() -> bool:
    from importlib.util import find_spec

    return find_spec("PIL") is not None


def _save(code: QrCode, path: Path, file: IO[bytes]) -> None:
    if path.suffix.lower() == ".png":
        from qrcode.image.pil import PilImage

        code.drawing.make_image(image_factory=PilImage).save(file, format="PNG")
    else:
        from qrcode.image.svg import SvgPathFillImage

        code.drawing.make_image(image_factory=SvgPathFillImage).save(file)
