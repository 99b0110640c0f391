"""A web server that says exactly what a test wants, byte for byte, and remembers what it was asked."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Say = Callable[[socket.socket], None]


@dataclass
class Canned:
    url: str
    heard: list[bytes] = field(default_factory=list)


def saying(head: bytes, body: bytes = b"") -> Say:
    def say(wire: socket.socket) -> None:
        wire.sendall(b"HTTP/1.1 " + head + b"\r\nConnection: close\r\n\r\n" + body)

    return say


def answering(status: int, body: bytes, media_type: bytes = b"application/json") -> Say:
    length = str(len(body)).encode()
    head = b"%d X\r\nContent-Type: %s\r\nContent-Length: %s" % (status, media_type, length)
    return saying(head, body)


@contextmanager
def server(say: Say) -> Iterator[Canned]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        canned = Canned(f"http://127.0.0.1:{door.getsockname()[1]}")
        thread = threading.Thread(target=_serve, args=(door, say, canned), daemon=True)
        thread.start()
        yield canned
        door.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def _serve(door: socket.socket, say: Say, canned: Canned) -> None:
    while True:
        try:
            wire, _ = door.accept()
        except OSError:
            return
        with wire:
            canned.heard.append(_request(wire))
            try:
                say(wire)
            except OSError:
                continue


def _request(wire: socket.socket) -> bytes:
    heard = b""
    while b"\r\n\r\n" not in heard:
        heard += wire.recv(65_536)
    head, _, body = heard.partition(b"\r\n\r\n")
    wanted = next(
        (
            int(line[16:])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length: ")
        ),
        0,
    )
    while len(body) < wanted:
        body += wire.recv(65_536)
    return head + b"\r\n\r\n" + body
