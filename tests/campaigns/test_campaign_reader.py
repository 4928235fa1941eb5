"""One campaign: its channels, contents and placements, with what they inherit."""

from pathlib import Path

from utmforge import load_campaigns


def write(text: str | bytes, name: str = "campaigns.toml") -> Path:
    """Write a campaign file into the current folder."""
    path = Path(name)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_channels_are_crossed_with_contents_and_placements_override() -> None:
    """A channel with placements of its own is used just as they say."""
    file = load_campaigns(
        write(
            """
            [campaigns.spring]
            landing_page = "https://x.example/"
            message = "hello"
            term = "lamp"
            channels = ["email", "sms", "whatsapp"]
            contents = ["hero", "footer"]
            [[campaigns.spring.placements]]
            channel = "whatsapp"
            landing_page = "https://x.example/w"
            content = "story"
            source = "wa"
            medium = "social"
            id = "W1"
            term = "bulb"
            message = "psst"
            [[campaigns.spring.placements]]
            channel = "telegram"
            """
        )
    )

    assert [
        (one.channel, one.landing_page[-1], *one.tags[:6], one.message)
        for one in file.campaign("spring").placements
    ] == [
        ("email", "/", "email", "email", "spring", "hero", "lamp", None, "hello"),
        ("email", "/", "email", "email", "spring", "footer", "lamp", None, "hello"),
        ("sms", "/", "sms", "sms", "spring", "hero", "lamp", None, "hello"),
        ("sms", "/", "sms", "sms", "spring", "footer", "lamp", None, "hello"),
        ("whatsapp", "w", "wa", "social", "spring", "story", "bulb", "W1", "psst"),
        ("telegram", "/", "telegram", "social", "spring", None, "lamp", None, "hello"),
    ]


def test_what_the_convention_changes_is_told() -> None:
    """Names and values are written by the convention, and each change is kept to be said."""
    file = load_campaigns(
        write(
            """
            [convention]
            separator = "_"
            [campaigns."Été Sale"]
            landing_page = "https://x.example/"
            channels = ["email"]
            contents = ["Big Hero"]
            """
        )
    )

    assert file.campaign("Été Sale").tags.campaign == "ete_sale"
    assert file.changes == (
        'wrote campaign "Été Sale" as "ete_sale"',
        'wrote content "Big Hero" as "big_hero"',
    )


def test_a_landing_page_that_is_not_as_given_is_told() -> None:
    """The scheme assumed and the tags replaced, as on the command line."""
    file = load_campaigns(
        write('[campaigns.a]\nlanding_page = "x.example/?utm_source=b"\nchannels = ["sms"]')
    )

    assert file.changes == (
        "the address had no scheme: used https://x.example/",
        "replaced what the address already had: utm_source",
    )
