"""A connection that waits for an answer for a limited time. Imports psycopg: load it on demand.

psycopg limits how long connecting takes, and lets the server decide about the rest. So a server
that stops answering, or that never comes to the end of its answer, would be waited for forever.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg

if TYPE_CHECKING:
    from collections.abc import Generator

Answer = TypeVar("Answer")

ANSWER_SECONDS = 60.0
"""How long to wait for the whole answer to one statement. Locks are waited for less long."""


class LimitedConnection(psycopg.Connection[Any]):
    """A connection to a server that does not have to be trusted to answer."""

    def wait(self, gen: Generator[Any, Any, Answer], *limits: Any, **more: Any) -> Answer:  # noqa: ANN401 - psycopg's versions differ
        """Do what a generator of psycopg describes, and give up after `ANSWER_SECONDS`.

        Raises:
            OperationalError: The server did not answer in time. The connection is closed then.
        """
        return super().wait(self._limited(gen), *limits, **more)

    def _limited(self, steps: Generator[Any, Any, Answer]) -> Generator[Any, Any, Answer]:
        """Go through the steps of an operation; psycopg comes back at least ten times a second."""
        end = time.monotonic() + ANSWER_SECONDS
        try:
            wanted = next(steps)
            while True:
                ready = yield wanted
                if time.monotonic() > end:
                    self.pgconn.finish()
                    raise psycopg.OperationalError(f"no answer for {ANSWER_SECONDS:g} seconds")
                wanted = steps.send(ready)
        except StopIteration as done:
            answer: Answer = done.value
            return answer
