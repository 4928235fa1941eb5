"""`utmforge registry status`: show what is in the registry."""

from utmforge.cli.options import command, single
from utmforge.cli.session import Session
from utmforge.output.key_values import show_facts

app = single()


def _columns() -> tuple[str, ...]:
    from utmforge.registry.status import Status

    return Status._fields


@command(app, "file", "registry", "format", columns=_columns)
def status(session: Session) -> None:
    """Show what is in the registry.

    Example:
      utmforge registry status
      utmforge registry status --format json
    """
    from utmforge.registry.status import status as status_of

    with session.registry() as registry:
        found = status_of(registry)
    show_facts(session.console, found._asdict())
