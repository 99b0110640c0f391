"""The product with one slow page and something that is drained, to be asked to end in the middle of it."""

import sys
import time

from flask import Flask

from wms.app import cli, factory, life, running
from wms.kernel.services import Services
from wms.people.policy import public

_create = factory.create


@public()
def slowly() -> str:
    """Take a second and a half."""
    print("slowly", flush=True)
    time.sleep(1.5)
    return "done"


def create(house: Services | None = None) -> Flask:
    """Build the application with the slow page."""
    app = _create(house)
    app.add_url_rule("/slowly", view_func=slowly)
    life.at_end(lambda: print("drained", flush=True))
    return app


if __name__ == "__main__":
    running.create = create  # type: ignore[attr-defined]
    raise SystemExit(cli.main(sys.argv[1:]))
