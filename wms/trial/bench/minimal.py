"""The least Flask application that confirms one move: `python -m wms.trial.bench.minimal WORKERS`.

It runs the same statements by hand under the same server with the same durability, and nothing else.
"""

import os
import socket
import sys
from typing import Any

from flask import Flask, jsonify, request
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from wms.kernel.engines import SWITCH_S, THREADS
from wms.trial.bench.by_hand import confirmed_move
from wms.trial.bench.hand import Hand

URL = "BENCH_DATABASE_URL"
"""How the address reaches the server's worker process."""

HOST = "127.0.0.1"


def create() -> Flask:
    """Build the application."""
    sys.setswitchinterval(SWITCH_S)
    app = Flask("minimal")
    hand = Hand(os.environ[URL])

    @app.post("/api/v1/stock_moves")
    def stock_moves() -> Any:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        key = request.headers["Idempotency-Key"]
        status, said = confirmed_move(hand, token, key, request.get_data())
        answer = jsonify(said)
        answer.status_code = status
        return answer

    return app


def serve(workers: int) -> None:
    """Serve on a free port, as `run.py serve` does it."""
    with socket.socket() as kept:
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        kept.bind((HOST, 0))
        port = kept.getsockname()[1]
        server = Server(
            f"{__name__}:create" if __name__ != "__main__" else "wms.trial.bench.minimal:create",
            address=HOST,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            backpressure=THREADS + 64,
            websockets=False,
            log_access=False,
            log_level=LogLevels.warning,
            factory=True,
        )
        server.on_startup(
            lambda: sys.stdout.write(f"READY http://{HOST}:{port}\n") and sys.stdout.flush()
        )
        server.serve()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
