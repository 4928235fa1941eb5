"""Merge tags, which mail and ad tools fill in later: they stay as they are.

>>> shielded = shield("https://shop.example/{{ name }}?a=*|FNAME|*")
>>> shielded.text
'https://shop.example/mt0z?a=mt1z'
>>> shielded.restored("a=mt1z"), shielded.restored_after_host("https://mt0z.example/mt0z")
('a=*|FNAME|*', 'https://mt0z.example/{{ name }}')
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from utmforge.urls.address import AUTHORITY

if TYPE_CHECKING:
    from collections.abc import Iterator

# Macros of mail and ad tools that have no spaces.
_MACRO = r"\{\{[\w.:|-]+\}\}|\{[A-Za-z_][\w.:-]*\}|\*\|[\w:-]+\|\*"
# {{ campaign.name | replace: ' ', '-' }}: its spaces and quotes belong to the filter.
_WITH_FILTERS = r"\{\{[^{}&|]{1,100}\|[^{}&]{1,200}\}\}"

MACRO = f"(?a:{_MACRO}|{_WITH_FILTERS})"
"""Macros, whose spaces are those of a filter."""
WITHOUT_SPACES = f"(?a:{_MACRO})"
"""The only merge tags that 0.2 left as they were in the value of a tag."""


# The forms that mail services document, each with a service that has it; tests/data/merge_tags.csv
# lists more of them, with their sources.
_FORMS = (
    _MACRO,
    r"\{\{\{[^{}&]{1,200}\}\}\}",  # {{{Recipient.FirstName}}}: Account Engagement
    r"\{\{&[\w. ]{1,100}\}\}",  # {{&name}}: Mustache
    r"\{\{[^{}&]{1,200}\}\}",  # {{ first_name | default: 'there' }}: Klaviyo and most others
    # Quotes may hold an &, and Braze writes a field as ${first_name}.
    r"\{\{(?:[^{}&\"'$]|\$(?:\{[^{}&]{1,100}\})?|\"[^\"{}]{0,100}\"|'[^'{}]{0,100}'){1,200}\}\}",
    r"\{%(?:[^{}&]|&&|&(?:amp|lt|gt|quot);){1,200}%\}",  # {% if a && b %}: Liquid, Twig
    # Two &, or one between spaces, are an operator; an & in quotes belongs to a text.
    r"\{%(?:[^{}&\"']|&&|(?<= )&(?= )|\"[^\"{}]{0,100}\"|'[^'{}]{0,100}'){1,200}%\}",
    r"\{\{(?:[^{}&]|&&|(?<= )&(?= )){1,200}\}\}",
    r"\$\{[^{}&]{1,200}\}",  # ${user.name!"friend"}: FreeMarker
    r"\$\[[^][&?#/<>\"]{1,200}\]\$",  # $[FNAME|customer]$: Zoho Campaigns
    r"\{\$[A-Za-z_][^{}&?#/<>]{0,200}\}",  # {$name|default('friend')}: MailerLite
    r"\{\|[^{}|&?#/<>]{1,100}\|\}",  # {|Subscriber.FirstName|}: Sitefinity
    r"\$[A-Za-z_][\w.]{0,40}(?: [\w.]{1,40}){0,3}\$",  # $first name$: Emarsys
    # {!Contact.First Name}, {!IF(a, "b c", d)}: Salesforce
    r"\{![A-Za-z_$](?:[^{}&#<>\"']|&&|\"[^\"{}]{0,100}\"|'[^'{}]{0,100}'){0,200}\}",
    r"\{[A-Za-z_][\w.-]{1,40}(?: [\w.-]{1,40}){1,3}\}",  # {first name}: Brevo, Lemlist, Woodpecker
    r"<%[^<>&]{1,200}%>",  # <%= recipient.firstName %>: Adobe Campaign
    r"<\?(?:=|php\b)(?:[^<>&]|[-=]>|&&){1,200}\?>",  # <?= $user->name ?>: PHP
    r"<<[A-Za-z_][^<>&?#/]{0,100}>>",  # <<First Name>>: mail merge in office programs
    "«[^«»<>&?#/]{1,100}»",  # «First Name»: mail merge in Word
    r"<eloqua [^<>&]{1,200}>",
    r"\*\|[^*|&]{1,200}(?:\|[^*|&]{0,100})?\|\*",  # *|FNAME|*: Mailchimp
    # %%First Name::friend%%, %%=v(@name)=%%: Acoustic, Salesforce Marketing Cloud
    r"%%\w[\w.]{0,60}%%|%%=?[A-Za-z_@][^%&?#/<>\"]{0,120}%%",
    r"%%=(?:[^%<>\"']|\"[^\"<>]{0,100}\"|'[^'<>]{0,100}'){1,200}=%%",
    r"%%\[(?:[^]\"']|\"[^\"]{0,100}\"|'[^']{0,100}'|\](?!%%)){1,300}\]%%",  # %%[SET @a = 1]%%
    # %First Name%: the % is not followed by a letter of a percent-encoding.
    r"%[A-Za-z_][\w.]{0,40}(?: [\w.]{1,40}){1,3}%(?![0-9A-Fa-f]{2})",
    r"%recipient\.[\w. -]{1,60}%",  # %recipient.first name%: Mailgun
    r"\[%\[?[^][&?#/]{1,100}\]?%\]",  # [%[NAME]%]: Selligent
    r"\[\[[^][&?#/]{1,200}\]\]",  # [[FIRSTNAME OR "Friend"]]: Constant Contact
    # A name, then the text for recipients without a value: Mautic, MailPoet, Campaign Monitor,
    # phpList.
    r"\{[A-Za-z_][\w.:= -]{0,60}\|[^{}&?#/<>\"]{0,200}\}",
    (
        r"\[[A-Za-z_][\w.: -]{0,60}(?: ?\| ?default:|, ?fallback=|%%)"
        r"(?:[^][&?#/<>\"]|\"[^][&?#/<>\"]{0,100}\"){0,200}\]"
    ),
    # [NAME default="x"]: WordPress and its mailers
    (
        r"\[[A-Za-z_][\w.:-]{0,60}(?: [A-Za-z_][\w-]{0,30}="
        r"(?:\"[^\"<>]{0,100}\"|'[^'<>]{0,100}'|[\w.-]{1,60})){1,4}\]"
    ),
    r"(?<=[=/])[\[{][A-Z]\w{0,30}(?: [A-Z]\w{0,30}){1,3}[\]}]",  # [First Name]: Ontraport
    r"~[A-Za-z]\w{0,30}\.[\w. ]{1,60}~",  # ~Contact.FirstName~: Keap
    # Flexmail's #firstname#, Moosend's and TYPO3's with more of them. One # begins a fragment.
    r"(?<!#)###?[A-Za-z_][\w.: -]{0,60}###?(?!#)|(?<==)#[A-Za-z_][\w.:-]{0,60}#(?=[&#/]|$)",
)


@cache
def _merge_tag() -> re.Pattern[str]:
    """Return the pattern, compiled on first use: most addresses have no merge tag."""
    return re.compile("|".join(_FORMS))


def __getattr__(name: str) -> re.Pattern[str]:
    if name == "MERGE_TAG":
        return _merge_tag()
    raise AttributeError(name)


_OF_ADDRESSES = r"#|%[0-9A-Fa-f]{2}|\+"
"""What a value cannot contain: it would end there, or be read as another character."""
_PERCENT_SIGNS = r"%(?!%|recipient\.)"
_WHOLE = (
    r"%[A-Z][A-Z0-9_-]{2,40}%|@[A-Z][A-Z0-9_]{2,40}@|\[[A-Z]\w{0,30}(?: [A-Z]\w{0,30}){1,3}\]"
    r"|\[[a-z_]{2,40}:[\w.]{1,40}\]"
)
"""ActiveCampaign's `%FIRSTNAME%`, phpList's `[FIRST NAME]`: only whole values are merge tags."""
_WHOLE_BEGINS = ("%", "@", "[")
_MERGE_TAGS_BEGIN = re.compile(r"[{*%[<$~«]|##|=#")
_DROPPED = re.compile("[\t\r\n]")
"""Characters that a parser of addresses removes everywhere."""


def may_have_merge_tag(value: str) -> bool:
    """Tell whether the value of a tag has a sign with which merge tags begin: most have none."""
    return _MERGE_TAGS_BEGIN.search(value) is not None or value[:1] == "@"


def in_value(value: str) -> Iterator[re.Match[str]]:
    """Yield the merge tags that the value of a tag may contain as they are.

    >>> [match[0] for match in in_value("a-{{ name }}-{% if a && b %}-{# c #}-%FNAME%")]
    ['{{ name }}', '{% if a && b %}']
    >>> is_merge_tag("%FNAME%"), is_merge_tag("%DATE%"), is_merge_tag("{a}{b}")
    (True, False, False)
    """
    is_whole = value[:1] in _WHOLE_BEGINS and re.fullmatch(_WHOLE, value)
    if not is_whole and not _MERGE_TAGS_BEGIN.search(value):
        return
    for match in re.finditer(_WHOLE if is_whole else _merge_tag(), value):
        is_in_prose = re.match(_PERCENT_SIGNS, match[0]) and match[0] != value
        if not is_in_prose and match[0].isprintable() and not re.search(_OF_ADDRESSES, match[0]):
            yield match


def is_merge_tag(value: str) -> bool:
    """Tell whether the value of a tag is one merge tag and nothing else."""
    match = next(in_value(value), None)
    return match is not None and match[0] == value


class Shielded(NamedTuple):
    """An address whose merge tags are replaced by words that no parser changes."""

    text: str
    """The address to parse."""
    mark: str = ""
    """The beginning of each of these words, which occurs nowhere else in `text`."""
    merge_tags: tuple[str, ...] = ()
    """The merge tags that the words replace, in order."""

    def restored(self, piece: str) -> str:
        """Return a piece of the parsed query or fragment with its merge tags."""
        if not self.merge_tags:
            return piece
        return re.sub(rf"{self.mark}(\d+)z", lambda match: self.merge_tags[int(match[1])], piece)

    def restored_after_host(self, piece: str) -> str:
        """Return the beginning of the parsed address with the merge tags of its path.

        Merge tags in a host are not replaced. A host is percent-decoded and mapped to lower case,
        so it may contain a word that looks like one of the replacements.
        """
        authority = AUTHORITY.match(piece)
        start = authority.end() if authority else 0
        return piece[:start] + self.restored(piece[start:])


def shield(text: str) -> Shielded:
    """Replace the merge tags after the host by words that no parser changes."""
    start = _after_host(text)
    if not _MERGE_TAGS_BEGIN.search(text, start) or not _merge_tag().search(text, start):
        return Shielded(text)
    mark = "mt"
    kept = _DROPPED.sub("", text)
    while mark in kept:
        mark += "t"
    merge_tags: list[str] = []

    def word(match: re.Match[str]) -> str:
        if not match[0].isprintable():  # a registry accepts no such address
            return match[0]
        merge_tags.append(match[0])
        return f"{mark}{len(merge_tags) - 1}z"

    shielded = text[:start] + _merge_tag().sub(word, text[start:])
    return Shielded(shielded, mark, tuple(merge_tags))


def masked(text: str) -> str:
    """Return the text with its merge tags masked, to find the delimiters outside of them.

    >>> masked("/?a={{x#y}}#z")
    '/?a=_______#z'
    """
    start = _after_host(text)
    if not _MERGE_TAGS_BEGIN.search(text, start):
        return text
    return text[:start] + _merge_tag().sub(lambda match: "_" * len(match[0]), text[start:])


def _after_host(text: str) -> int:
    authority = AUTHORITY.match(text)
    return authority.end() if authority else 0
