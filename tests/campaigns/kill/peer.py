"""Somebody outside, whom the house calls: remembers which keys came, and takes each of them as often as it comes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Peer(ThreadingHTTPServer):
    """Listens on a free port; `keys` is what came."""

    daemon_threads = True

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(("127.0.0.1", 0), Ear)
        self.keys: set[str] = set()


class Ear(BaseHTTPRequestHandler):
    """Takes a call."""

    server: Peer

    def do_POST(self) -> None:
        """Remember the key and say so."""
        self.server.keys.add(self.path.removeprefix("/"))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_arguments: object) -> None:
        """Say nothing on the screen."""

    def handle(self) -> None:
        """Answer, unless the caller was killed meanwhile."""
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True


@contextmanager
def peer() -> Iterator[Peer]:
    """Listen until the block ends."""
    with Peer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
