"""`python -m wms.shipping.standin --port 0 --store FILE` says `READY http://127.0.0.1:PORT` and answers."""

import argparse
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from wms.shipping.standin.app import create
from wms.shipping.standin.serving import Serving


def main() -> None:
    """Serve until told to stop; with --while-open also when whoever started us is gone."""
    wanted = _options()
    app = create(wanted.store, seed=wanted.seed, hook_secret=wanted.hook_secret)
    serving = Serving(app, host=wanted.host, port=wanted.port)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _apart(serving.stop))
    if wanted.while_open:
        _apart(lambda: _stop_when_alone(serving))
    sys.stdout.write(f"READY {serving.url}\n")
    sys.stdout.flush()
    serving.serve()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="standin", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0: any that is free")
    parser.add_argument("--store", type=Path, required=True, help="the SQLite file it remembers in")
    parser.add_argument("--seed", type=int, default=1, help="equal seeds give equal numbers")
    parser.add_argument("--hook-secret", default="", help="signs the calls out")
    parser.add_argument(
        "--while-open", action="store_true", help="stop when the standard input closes"
    )
    return parser.parse_args()


def _stop_when_alone(serving: Serving) -> None:
    sys.stdin.buffer.read()
    serving.stop()


def _apart(work: Callable[[], None]) -> None:
    """Do something beside the serving: what stops a server must not run in its own thread."""
    threading.Thread(target=work, daemon=True).start()


if __name__ == "__main__":
    main()
