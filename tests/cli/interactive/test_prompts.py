"""Questions for a person at a terminal."""

from tests.cli.terminals import wizard


def test_tab_completes_answers() -> None:
    """Names of channels, as far as they are certain."""
    talk = wizard("https://shop.example/x", "--campaign", "spring")
    talk.expect("Channels, such as 1,3: ")
    talk.child.send("wha\t\n")
    talk.answer("(Enter: none): ", "")
    assert "utm_source=whatsapp" in talk.answer("Issue this link? [Y/n]: ", "n")
    talk.end()
