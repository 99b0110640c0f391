"""Serves the stand-in: in a thread of somebody else's process, or until it is stopped."""

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from wms.shipping.standin.app import create
from wms.shipping.standin.platform import Platform


class Quiet(WSGIRequestHandler):
    """Writes no line for each question."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


class Serving:
    """A stand-in that listens. Port 0 takes any that is free."""

    def __init__(self, app: Flask, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._platform: Platform = app.extensions["standin"]
        self._server = make_server(host, port, app, threaded=True, request_handler=Quiet)
        self.url = f"http://{host}:{self._server.port}"

    def serve(self) -> None:
        """Answer until `stop` is called from elsewhere."""
        self._server.serve_forever(poll_interval=0.05)
        self._server.server_close()
        self._platform.store.close()

    def stop(self) -> None:
        """Stop answering; whoever hangs is let go."""
        self._platform.stopping.set()
        self._server.shutdown()


class Running:
    """An application in a thread of this process, for as long as the block lasts."""

    def __init__(self, app: Flask) -> None:
        self._serving = Serving(app)
        self._thread = threading.Thread(target=self._serving.serve, daemon=True)
        self.url = self._serving.url

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        trouble: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._serving.stop()
        self._thread.join()


class Standin(Running):
    """A stand-in of one's own: `with Standin() as standin: standin.url`."""

    def __init__(
        self, store: Path | str = ":memory:", *, seed: int = 1, hook_secret: str = ""
    ) -> None:
        super().__init__(create(store, seed=seed, hook_secret=hook_secret))
