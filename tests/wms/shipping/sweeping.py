"""Short words for looking through what was bought with our key."""

from datetime import timedelta

import requests
from sqlalchemy import select

from tests.kit import done
from tests.wms.shipping.standin.trips import HEADERS
from wms import wiring
from wms.cases.tables import ExceptionCase
from wms.kernel import calls, courier
from wms.shipping import actions as shipping
from wms.shipping import queries
from wms.shipping.gateway.asking import marked
from wms.shipping.worker import platform_calls

MINUTES = 13
"""So old is a purchase that is judged: the grace period of two minutes and the margin are over."""


def set_clock(dock):
    """Let the platform's clock say what ours says."""
    at = dock.clock.now().isoformat()
    answer = requests.put(f"{dock.standin.url}/clock", json={"at": at}, timeout=5)
    assert answer.status_code == 200


def bought_besides(dock, uid, rate_id):
    """Let a purchase turn up at the platform; returns it."""
    set_clock(dock)
    asked = {"rate": rate_id, "metadata": marked(uid), "label_file_type": "ZPLII"}
    answer = requests.post(
        f"{dock.standin.url}/transactions", json=asked, headers=HEADERS, timeout=5
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def later(dock, **wait):
    """Let time pass on both clocks."""
    dock.clock.forward(timedelta(**(wait or {"minutes": MINUTES})))
    set_clock(dock)


def sweep(dock, name="by hand", limit=100):
    """Look through the list, with all that follows from it; returns what it came to."""
    begin(dock, name)
    go_on(dock, limit)
    return told(dock, name)


def begin(dock, name):
    """Wish for a look."""
    at = dock.clock.now()
    done(dock.database, lambda session: shipping.look_through(session, sweep=name, at=at))


def go_on(dock, limit=100):
    """Let the house do what is due, and wait a little for what is due soon."""
    idle = 0
    for _ in range(limit):
        if step(dock):
            idle = 0
        elif (idle := idle + 1) > 2:
            return
        else:
            dock.clock.forward(timedelta(seconds=2))
    raise AssertionError("the look finds no end")


def step(dock):
    """Do one thing of it, as the courier does."""
    return courier.deliver(dock.database, wiring.REACTIONS, dock.clock) or ask_platform(dock)


def ask_platform(dock):
    """Make one call that is due."""
    made = platform_calls(dock.buyer.gateway, dock.grace)
    return calls.make_due(dock.database, made, dock.clock)


def told(dock, name="by hand"):
    with dock.database.read() as session:
        return queries.sweep_so_far(session, name)


def became(swept):
    """Return what became of each stray."""
    return [one.becomes for one in swept.found]


def cases(dock):
    """Return the cases about strays, oldest first."""
    with dock.database.read() as session:
        query = select(ExceptionCase).where(ExceptionCase.kind == "label_stray")
        return session.scalars(query.order_by(ExceptionCase.id)).all()


def refunds(dock):
    """Return what was given back, as the platform knows it."""
    answer = requests.get(f"{dock.standin.url}/refunds/", headers=HEADERS, timeout=5)
    return answer.json()["results"]
