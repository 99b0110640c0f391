"""The least Flask application that confirms one move: `python -m wms.trial.bench.minimal URL`.

It runs the same statements by hand under the same server with the same durability, and nothing else.
"""

import os
import sys
from typing import Any

from flask import Flask, jsonify, request

from wms.trial.bench.by_hand import Hand, confirmed_move

URL = "BENCH_DATABASE_URL"
"""How the address reaches the server's worker process."""


def create() -> Flask:
    """Build the application."""
    app = Flask("minimal")
    hand = Hand(os.environ[URL])

    @app.get("/livez")
    def livez() -> Any:
        return jsonify({"status": "ok"})

    @app.post("/api/v1/stock_moves")
    def stock_moves() -> Any:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        status, said = confirmed_move(
            hand, token, request.headers["Idempotency-Key"], request.get_data()
        )
        answer = jsonify(said)
        answer.status_code = status
        return answer

    return app


if __name__ == "__main__":
    from wms.app.running import run_server

    os.environ[URL] = sys.argv[1]
