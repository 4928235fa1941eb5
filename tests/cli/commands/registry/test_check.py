"""`utmforge registry check`: every entry is verified."""

from tests.conftest import Result, Run


def test_a_whole_registry_is_said_to_be(run: Run) -> None:
    """Status 0 and the number of links."""
    run("new", "https://x.example/", "-c", "c", "-C", "sms,email")

    assert run("registry", "check") == Result(
        0, "links    2\ndamaged  0\n", "checked 2 links: no damage found\n"
    )
    assert run("registry", "check", "--registry", "no.db").exit_code == 33
