"""`utmforge show`: print one issued link."""

from utmforge.cli.options import LinkId, command, single
from utmforge.cli.session import Session
from utmforge.output.links import COLUMNS, show_link
from utmforge.registry.events import note_of
from utmforge.registry.successors import successors

app = single()


@command(app, "file", "registry", "format", columns=lambda: COLUMNS)
def show(session: Session, link_id: LinkId) -> None:
    """Print one issued link and what happened to it.

    Example:
      utmforge show k3v9q2m7xdhw
      utmforge show k3v --format json
    """
    with session.registry() as registry:
        link = registry.get(link_id)
        events = registry.history(link.id)
        named = successors(link, events, registry.queries, session.own_domains)
    show_link(session.console, link, events, named, note_of(events))
