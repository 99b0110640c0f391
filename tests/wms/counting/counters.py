"""Short words about counts, for tests: who counts what, at which minute."""

from datetime import timedelta

from tests.kit import NOON, broken
from wms.counting import actions, queries
from wms.counting.invariants import INVARIANTS
from wms.counting.things import Thing
from wms.kernel.commands import Command, command, fresh_key
from wms.kernel.tables import StoredEvent

TESS, UWE, VERA = 1, 2, 3


def minute(n):
    return NOON + timedelta(minutes=n)


def do(database, act, *, by=TESS, at=NOON, occurred_at=None):
    """Do something at a minute, or tell late what was done at an earlier one."""
    asked = command("test", by=by, at=at)
    if occurred_at is not None:
        asked = Command("test", fresh_key(), by, at, occurred_at=occurred_at)
    return database.write(asked, act).value


def ask(database, place, cause="asked", *, by=TESS, at=NOON):
    return do(
        database,
        lambda s: actions.ask(s, location_id=place, cause=cause, by=by, at=at),
        by=by,
        at=at,
    )


def count(database, number, found, *, by, at, tolerance=None):
    """Claim a count, note what was found (by item, or by thing) and hand it in."""

    def act(session):
        actions.claim(session, count_id=number, by=by, at=at)
        for what, units in found.items():
            thing = what if isinstance(what, Thing) else Thing(what)
            actions.note(session, count_id=number, thing=thing, counted=units, by=by, at=at)
        return actions.submit(session, count_id=number, tolerance=tolerance, by=by, at=at).value

    return do(database, act, by=by, at=at)


def row(database, number):
    with database.read() as session:
        return queries.count(session, number)


def told(database, name):
    with database.read() as session:
        return [one.data for one in session.query(StoredEvent).filter_by(type=name)]


def unwell(database):
    """Return the names of promises about counts and stock that do not hold."""
    with database.read() as session:
        wrong = [one.name for one in INVARIANTS if list(one.broken(session))]
    return [*wrong, *broken(database)]
