"""A floor behind a real server: bells to ring in two bins, a tablet, and somebody signed in on it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from tests import kit
from tests.bells import notes
from tests.floor_bells import Bells, a_floor
from tests.pages.houses import Quiet
from tests.visitors import a_badge, a_device, a_person, done, new_app
from wms.bins import actions as bins
from wms.bins.actions import Layout
from wms.kernel.services import Services
from wms.people.policy import Role
from wms.stations.actions import keep_scanner

FIRST, SECOND = "A-01-03-2", "A-01-05-1"


@dataclass
class Lines:
    """What the server is asked, and how slowly it answers."""

    wait_s: float = 0.0
    scans: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Ringing:
    """A served house with one enrolled tablet."""

    url: str
    house: Services
    tablet: dict[str, str]
    badge: str
    other_badge: str
    lines: Lines

    @property
    def rung(self) -> list[str]:
        """What was rung, in order."""
        return list(notes(self.house.database))


@contextmanager
def ringing(house: Services, *roles: Role) -> Iterator[Ringing]:
    """Serve a house in which bells are rung."""
    built = Layout(aisles=2, bays=5, levels=4, sides=1)
    warehouse = kit.a_warehouse(house.database)
    done(
        house,
        lambda s: (
            bins.build_layout(
                s, warehouse_id=warehouse, layout=built, by=0, at=house.clock.now()
            ).count
        ),
    )
    kit.an_item(house.database, "BELL", name="Brass bell with a wooden handle, hand-polished")
    number, token = a_device(house)
    done(house, lambda s: _expect_slow_keys(s, number, house))
    app = new_app(house)
    app.extensions["floor"] = a_floor(Bells((FIRST, SECOND)))
    lines = Lines()
    app.before_request(lambda: _listen(lines))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    mia, jon = (
        a_badge(house, a_person(house, *roles, name=name)) for name in ("Mia Kern", "Jon Bach")
    )
    try:
        yield Ringing(
            f"http://127.0.0.1:{server.port}", house, {"binwave-device": token}, mia, jon, lines
        )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _listen(lines: Lines) -> None:
    from time import sleep

    from flask import request

    if request.path == "/floor/scans":
        lines.scans.append(request.get_data(as_text=True))
        sleep(lines.wait_s)


def _expect_slow_keys(session: Session, number: int, house: Services) -> None:
    """Let the tablet wait for its scanner as long as it ever does: a busy machine plays the keys slowly."""
    found: dict[str, str | int] = {"suffix": "enter", "layout": "us", "case": "kept", "gap": 200}
    keep_scanner(session, device_id=number, found=found, by=0, at=house.clock.now())
