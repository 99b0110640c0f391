"""Short words about sheets and printers."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from labels.label import Barcode, Label, Symbology, Text
from tests.kit import NOON, TESTER, done
from wms.kernel.database import Database
from wms.kernel.tables import StoredEvent
from wms.printing import actions
from wms.printing.invariants import INVARIANTS
from wms.printing.tables import PrintAttempt, PrinterNow, PrintJob
from wms.stations import actions as stations
from wms.stations.rules import DeviceKind, Part, StationKind

SECOND = timedelta(seconds=1)

NOWHERE = "zebra+tcp://127.0.0.1:9"
"""Nobody listens there."""


def a_printer(database: Database, name: str = "P1", address: str | None = NOWHERE) -> int:
    """Make a printer."""

    def do(session: Session) -> int:
        made = stations.add_device(
            session, name=name, kind=DeviceKind.PRINTER, address=address, by=TESTER, at=NOON
        )
        return made.id

    return done(database, do)


def a_bench(
    database: Database, *printers: int, name: str = "Bench 1", part: Part = Part.LABELS
) -> int:
    """Make a packing bench that these printers serve."""

    def do(session: Session) -> int:
        made = stations.add_station(
            session, name=name, kind=StationKind.PACKING, location_id=None, by=TESTER, at=NOON
        )
        for device_id in printers:
            stations.bind(
                session, station_id=made.id, device_id=device_id, part=part, by=TESTER, at=NOON
            )
        return made.id

    return done(database, do)


def a_label(code: str = "WXS0001", words: str = "To the moon") -> Label:
    """Return a label of 100 × 50 mm with a barcode."""
    bars = Barcode(5, 5, 90, 20, Symbology.CODE128, code)
    return Label(100, 50, (bars, Text(5, 30, 90, 10, words, 6)))


def ask(database: Database, printer_id: int, **facts: Any) -> int:
    """Ask for a sheet."""
    if "document" not in facts:
        facts.setdefault("label", a_label(facts.get("expects", "WXS0001")))
    facts = {"kind": "house_label", "title": "Label of P-000001", **facts}
    return done(
        database,
        lambda session: actions.ask(session, printer_id=printer_id, **facts, by=TESTER, at=NOON),
    )


def act(database: Database, verb: Any, **facts: Any) -> Any:
    """Do something with a sheet or a printer."""
    return done(database, lambda session: verb(session, **facts, by=TESTER, at=NOON))


def job(database: Database, job_id: int) -> PrintJob:
    """Return a job as it is now."""
    with database.read() as session:
        return session.get_one(PrintJob, job_id)


def state(database: Database, job_id: int) -> str:
    """Return where a job stands."""
    return job(database, job_id).state


def tries(database: Database, job_id: int) -> list[PrintAttempt]:
    """Return every try at a sheet, the oldest first."""
    query = select(PrintAttempt).where(PrintAttempt.job_id == job_id).order_by(PrintAttempt.number)
    with database.read() as session:
        return list(session.scalars(query).all())


def now(database: Database, printer_id: int) -> PrinterNow | None:
    """Return how a printer is."""
    with database.read() as session:
        return session.get(PrinterNow, printer_id)


def told(database: Database, name: str) -> list[dict[str, Any]]:
    """Return what was announced under a name."""
    query = select(StoredEvent.data).where(StoredEvent.type == f"printing.{name}")
    with database.read() as session:
        return list(session.scalars(query.order_by(StoredEvent.id)).all())


def all_is_well(database: Database) -> list[str]:
    """Return the names of the promises about sheets that do not hold."""
    with database.read() as session:
        return [one.name for one in INVARIANTS if list(one.broken(session))]
