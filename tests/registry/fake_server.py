"""A PostgreSQL server that answers what a test tells it to, whatever it is asked."""

from __future__ import annotations

import socket
import struct
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Answer = Callable[[Callable[[bytes], None]], None]
    """Answers the statement that has just come in, by what sends bytes."""

TEXT, NUMBER, WHEN, JSON = 25, 20, 1184, 114
"""The types of columns (https://www.postgresql.org/docs/current/catalog-pg-type.html)."""


def message(kind: bytes, body: bytes) -> bytes:
    """Return one message of the protocol."""
    return kind + struct.pack("!I", len(body) + 4) + body


IDLE = message(b"Z", b"I")
GREETING = b"".join(
    (
        message(b"R", struct.pack("!I", 0)),
        message(b"S", b"server_version\x0015.0\x00"),
        message(b"S", b"client_encoding\x00UTF8\x00"),
        message(b"K", struct.pack("!II", 1, 2)),
        IDLE,
    )
)
ASK_PASSWORD = message(b"R", struct.pack("!I", 3))


def error(code: bytes, text: bytes, severity: bytes = b"ERROR") -> bytes:
    """Return an error of the server."""
    return message(b"E", b"S" + severity + b"\0C" + code + b"\0M" + text + b"\0\0")


def header(types: list[int]) -> bytes:
    """Return the description of a result's columns."""
    columns = [b"c\0" + struct.pack("!IhIhih", 0, 0, each, -1, -1, 0) for each in types]
    return message(b"T", struct.pack("!H", len(types)) + b"".join(columns))


def row(values: list[bytes | None]) -> bytes:
    """Return one row."""
    cells = [b"\xff" * 4 if one is None else struct.pack("!i", len(one)) + one for one in values]
    return message(b"D", struct.pack("!H", len(values)) + b"".join(cells))


def rows(types: list[int], *values: list[bytes | None]) -> Answer:
    """Answer every statement with these rows."""
    body = header(types) + b"".join(map(row, values))
    return whole(body + message(b"C", b"SELECT 1\0") + IDLE)


def whole(answer: bytes) -> Answer:
    """Answer every statement with these bytes."""
    return lambda send: send(answer)


def silence(_: Callable[[bytes], None]) -> None:
    """Never answer."""
    threading.Event().wait(600)


def half(answer: bytes) -> Answer:
    """Send these bytes, and close the connection."""

    def broken_off(send: Callable[[bytes], None]) -> None:
        send(answer)
        raise EOFError

    return broken_off


def endless(piece: bytes) -> Answer:
    """Answer with the beginning of a result, then with a piece again and again."""

    def flood(send: Callable[[bytes], None]) -> None:
        send(header([NUMBER]))
        while True:
            send(piece)
            time.sleep(0.01)

    return flood


@contextmanager
def fake_server(answer: Answer, *, greeting: bytes = GREETING) -> Iterator[int]:
    """Listen until the block ends; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_accept, args=(listener, answer, greeting), daemon=True).start()
        yield listener.getsockname()[1]


def _accept(listener: socket.socket, answer: Answer, greeting: bytes) -> None:
    with suppress(OSError):
        while True:
            client = listener.accept()[0]
            threading.Thread(target=_serve, args=(client, answer, greeting), daemon=True).start()


def _serve(client: socket.socket, answer: Answer, greeting: bytes) -> None:
    with suppress(OSError, EOFError), client:
        while _packet(client)[:4] == struct.pack("!I", 80877103):  # it asks for TLS
            client.sendall(b"N")
        if greeting.startswith(ASK_PASSWORD):
            client.sendall(ASK_PASSWORD)
            _exactly(client, 1)
            password = _packet(client)[:-1]
            client.sendall(error(b"28P01", password + b" is wrong, \x1b[31m" + password, b"FATAL"))
            return
        client.sendall(greeting)
        while (kind := _exactly(client, 1)) != b"X":
            _packet(client)
            if kind == b"Q":
                answer(client.sendall)
            elif kind == b"S":  # the end of a statement with values, which was parsed and bound
                client.sendall(message(b"1", b"") + message(b"2", b""))
                answer(client.sendall)


def _packet(client: socket.socket) -> bytes:
    return _exactly(client, struct.unpack("!I", _exactly(client, 4))[0] - 4)


def _exactly(client: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        if not (more := client.recv(size - len(data))):
            raise EOFError
        data += more
    return data
