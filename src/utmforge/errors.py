"""Every error that utmforge raises, as a tree with stable codes and exit statuses.

UtmforgeError
├── Refused                 2   the request cannot be carried out
│   ├── BadLandingPage          bad-landing-page
│   ├── BadTag                  bad-tag
│   ├── AgainstConvention       against-convention
│   ├── PrivateData             private-data
│   ├── UnknownChannel          unknown-channel
│   ├── MissingInput            missing-input
│   ├── ContradictoryInput      contradictory-input
│   ├── NearName                near-name
│   ├── CampaignEnded           campaign-ended
│   ├── LinkRetired             link-retired
│   ├── UnknownChange           unknown-change
│   ├── PublicShortener         public-shortener
│   ├── NotText                 not-text
│   ├── NotALink                not-a-link
│   ├── UnreadableInput         unreadable-input
│   └── Unreachable             unreachable
├── CampaignFileError      20   campaign-file
│   ├── CampaignFileMissing 21  no-campaign-file
│   ├── CampaignFileBroken  22  broken-campaign-file
│   ├── CampaignFileInvalid 23  invalid-campaign-file
│   ├── UnknownCampaign     24  unknown-campaign
│   ├── LandingPagesInvalid 25  invalid-landing-pages
│   └── CampaignFileExists  26  campaign-file-exists
├── RegistryError          30   registry
│   ├── UnknownLink         31  unknown-link
│   ├── AmbiguousLink       32  ambiguous-link
│   ├── RegistryUnavailable 33  registry-unavailable
│   ├── NotARegistry        34  not-a-registry
│   ├── RegistryTooNew      35  registry-too-new
│   ├── RegistryBusy        36  registry-busy
│   ├── RegistryFull        37  registry-full
│   ├── RegistryDamaged     38  registry-damaged
│   └── IdTaken             39  id-taken
├── MeasuringError         40   measuring
│   ├── ReportUnreadable    41  unreadable-report
│   ├── LogFormatUnknown    42  unknown-log-format
│   ├── LogFormatUnusable   43  unusable-log-format
│   ├── MeasureMissing      44  measure-missing
│   └── SavedMeasurementUnusable 46 unusable-saved-measurement
└── OutputError            50   output
    ├── NotCopied           51  not-copied
    ├── QrImpossible        52  qr-impossible
    ├── OutputFileError     53  output-file
    ├── StdoutFailed        54  stdout-failed
    └── StdoutClosed       141  stdout-closed (no message: the reader is gone)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import PurePath

SHOWN_CHARACTERS = 60


def quoted(text: str | PurePath, limit: int = SHOWN_CHARACTERS) -> str:
    """Quote a user's text for a message, shortened to `limit` characters; a path is not shortened.

    A user name or password in an address is left out.

    >>> quoted("Spring Sale")
    '"Spring Sale"'
    >>> quoted("https://ann:secret@shop.example/")
    '"https://…@shop.example/"'
    >>> quoted("x" * 1_000_000, limit=4)
    '"xxxx…"'
    """
    if not isinstance(text, str):
        return f'"{text}"'
    text = without_credentials(text)
    return f'"{text}"' if len(text) <= limit else f'"{text[:limit]}…"'


def without_credentials(text: str) -> str:
    """Remove what stands between `//` and `@`."""
    if "@" not in text:
        return text
    import re

    return re.sub(r"//[^/?#\s]*@", "//…@", text)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun, in the singular or the plural.

    `plural` is needed if it is not the noun with an `s`.

    >>> counted(1, "link"), counted(2_000, "link"), counted(0, "entry", "entries")
    ('1 link', '2,000 links', '0 entries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Return the known word that is closest to `word`, or None if none is close.

    >>> nearest("whatsap", ["email", "whatsapp"]), nearest("zzz", ["email", "whatsapp"])
    ('whatsapp', None)
    """
    from utmforge.similar_words import most_similar

    return most_similar(word, tuple(known), cutoff)


def did_you_mean(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Return a hint with the closest known word, or None if none is close.

    >>> did_you_mean("whatsap", ["email", "whatsapp"])
    'did you mean "whatsapp"?'
    """
    near = nearest(word, known, cutoff=cutoff)
    return f"did you mean {quoted(near)}?" if near else None


class Problem(NamedTuple):
    """One thing wrong in a file."""

    message: str
    """What is wrong: lower case, no full stop, the thing quoted."""
    where: str
    """Where it is: `file:line`."""
    key: str | None = None
    """The dotted key, such as `campaigns.spring.ends`."""
    hint: str | None = None
    """The next step."""


class UtmforgeError(Exception):
    """An error that utmforge explains to the user.

    `message` is one sentence, lower case and without a full stop; `hint` is the next step;
    `where` is a place such as `campaigns.toml:14`.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 70

    def __init__(self, message: str, *, hint: str | None = None, where: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where
        self.messages: list[dict[str, str]] = []
        """The messages printed before the error, for JSON output."""

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong, one by one."""
        return (Problem(self.message, self.where or "", hint=self.hint),)


class Refused(UtmforgeError):
    """The request cannot be carried out."""

    code = "refused"
    status = 2


class BadLandingPage(Refused):
    """The address cannot be tagged."""

    code = "bad-landing-page"


class BadTag(Refused):
    """A tag value is empty, too long or contains characters that a link cannot contain."""

    code = "bad-tag"


class AgainstConvention(Refused):
    """A tag value breaks the naming convention."""

    code = "against-convention"


class PrivateData(Refused):
    """A link contains personal data or a secret that everyone who sees the link could read."""

    code = "private-data"


class UnknownChannel(Refused):
    """No channel has this name."""

    code = "unknown-channel"


class MissingInput(Refused):
    """A required value is missing, and there is no terminal to ask for it."""

    code = "missing-input"


class ContradictoryInput(Refused):
    """Two of the options or values exclude each other."""

    code = "contradictory-input"


class NearName(Refused):
    """A name differs from a name in use only in its spelling."""

    code = "near-name"


class CampaignEnded(Refused):
    """The campaign has ended and takes no new links."""

    code = "campaign-ended"


class LinkRetired(Refused):
    """The link was retired."""

    code = "link-retired"


class UnknownChange(Refused):
    """No change in the registry has this id, or there is nothing to undo."""

    code = "unknown-change"


class PublicShortener(Refused):
    """An SMS contains a link of a public shortener, which carriers block."""

    code = "public-shortener"


class NotText(Refused):
    """Something is not UTF-8 text, has characters that are not text, or is too long."""

    code = "not-text"


class NotALink(Refused):
    """The input is not a web address and does not contain one."""

    code = "not-a-link"


class UnreadableInput(Refused):
    """An input file is missing or is not text, or standard input is closed."""

    code = "unreadable-input"


class Unreachable(Refused):
    """A file or folder cannot be accessed."""

    code = "unreachable"


class ManyProblems(UtmforgeError):
    """Several problems of one file, reported together."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(first.message, hint=first.hint, where=first.where)
        self._problems = tuple(problems)

    @property
    def problems(self) -> Sequence[Problem]:
        """All of them."""
        return self._problems


class CampaignFileError(UtmforgeError):
    """A file of campaigns or landing pages cannot be used."""

    code = "campaign-file"
    status = 20


class CampaignFileMissing(CampaignFileError):
    """campaigns.toml is missing, cannot be read, or has no campaigns."""

    code = "no-campaign-file"
    status = 21


class CampaignFileBroken(CampaignFileError):
    """The file is not TOML."""

    code = "broken-campaign-file"
    status = 22


class CampaignFileInvalid(ManyProblems, CampaignFileError):
    """The file is TOML but not a valid campaign file; all problems are listed at once."""

    code = "invalid-campaign-file"
    status = 23


class UnknownCampaign(CampaignFileError):
    """No campaign has this name."""

    code = "unknown-campaign"
    status = 24


class LandingPagesInvalid(ManyProblems, CampaignFileError):
    """Some rows of a file cannot be issued or imported as links."""

    code = "invalid-landing-pages"
    status = 25


class CampaignFileExists(CampaignFileError):
    """`init` would have overwritten a file."""

    code = "campaign-file-exists"
    status = 26


class RegistryError(UtmforgeError):
    """The registry cannot do what was asked."""

    code = "registry"
    status = 30


class UnknownLink(RegistryError):
    """No issued link has this id."""

    code = "unknown-link"
    status = 31


class AmbiguousLink(RegistryError):
    """Several issued links begin with this id."""

    code = "ambiguous-link"
    status = 32


class RegistryUnavailable(RegistryError):
    """The registry cannot be opened, read or written."""

    code = "registry-unavailable"
    status = 33


class NotARegistry(RegistryError):
    """The file is not a registry of utmforge."""

    code = "not-a-registry"
    status = 34


class RegistryTooNew(RegistryError):
    """The registry was written by a later version of utmforge."""

    code = "registry-too-new"
    status = 35


class RegistryBusy(RegistryError):
    """Another command has locked the registry."""

    code = "registry-busy"
    status = 36


class RegistryFull(RegistryError):
    """The registry cannot be written: the disk is full."""

    code = "registry-full"
    status = 37


class RegistryDamaged(RegistryError):
    """An entry of the registry does not match its checksum, or the file is damaged."""

    code = "registry-damaged"
    status = 38


class IdTaken(RegistryError):
    """Two different links have the same id (a chance of about one in 10^17 per pair)."""

    code = "id-taken"
    status = 39


class MeasuringError(UtmforgeError):
    """A report or a log cannot be used."""

    code = "measuring"
    status = 40


class ReportUnreadable(MeasuringError):
    """The file is not a report of sources, mediums or campaigns."""

    code = "unreadable-report"
    status = 41


class LogFormatUnknown(MeasuringError):
    """No log format has this name, or the lines of a log are in no known format."""

    code = "unknown-log-format"
    status = 42


class LogFormatUnusable(MeasuringError):
    """A format string has no client address, time or request, or cannot be read."""

    code = "unusable-log-format"
    status = 43


class MeasureMissing(MeasuringError):
    """A package of the extra `utmforge[measure]` is not installed."""

    code = "measure-missing"
    status = 44


class SavedMeasurementUnusable(MeasuringError):
    """A saved measurement is damaged, or was written by a newer version of utmforge."""

    code = "unusable-saved-measurement"
    status = 46


class OutputError(UtmforgeError):
    """The result could not be delivered."""

    code = "output"
    status = 50


class NotCopied(OutputError):
    """The clipboard was required, but the link could not be copied."""

    code = "not-copied"
    status = 51


class QrImpossible(OutputError):
    """No QR code can be drawn for this."""

    code = "qr-impossible"
    status = 52


class OutputFileError(OutputError):
    """A file could not be written."""

    code = "output-file"
    status = 53


class StdoutFailed(OutputError):
    """Standard output could not be written (a full disk, a closed descriptor)."""

    code = "stdout-failed"
    status = 54


class StdoutClosed(OutputError):
    """The reader of the pipe is gone (`| head -1`): no message, the status of SIGPIPE."""

    code = "stdout-closed"
    status = 141
