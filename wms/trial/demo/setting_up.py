"""Setting the demo's house up: people, goods, a day of orders, benches with printers that are only played."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.channels.imports import ORDERS
from wms.kernel import importing
from wms.kernel.clock import Clock
from wms.kernel.commands import HOUSE, command
from wms.kernel.database import Database
from wms.people.tables import User
from wms.stations import actions as stations
from wms.stations.tables import Device, Station
from wms.trial import seed as seeding
from wms.trial.demo import orders
from wms.trial.seed import Filled
from wms.trial.simulate.equipment import equip, packing_posts, printer_name

BENCHES = 2
"""Packing benches of the practice warehouse: each has a printer."""


def is_empty(database: Database) -> bool:
    """Tell whether nobody works here yet."""
    with database.read() as session:
        return session.scalar(select(User.id).limit(1)) is None


def set_up(
    database: Database, clock: Clock, folder: Path, *, seed: int, printers: Sequence[str]
) -> None:
    """Fill an empty house. `printers` are the addresses of the benches' printers."""
    at = clock.now()
    filled = seeding.fill(database, seed=seed, at=at)
    by = next(iter(filled.workers))
    assert len(packing_posts(filled)) == len(printers) == BENCHES
    act = command("trial.equip", by=by, at=at)
    database.write(act, lambda session: _equip(session, filled, printers, by=by, at=at))
    file = folder / "orders.csv"
    orders.write(file, list(filled.items.values()), seed=seed, on=at.date())
    importing.carry_out(database, command("app.import_orders", by=by, at=at), ORDERS, file)


def reach_printers(database: Database, clock: Clock, printers: Sequence[str]) -> None:
    """Tell a house that is there already where its printers listen this time."""
    at = clock.now()

    def tell(session: Session) -> None:
        posts = session.scalars(
            select(Station.name).where(Station.kind == "packing").order_by(Station.id)
        )
        for post, address in zip(posts.all(), printers, strict=False):
            name = printer_name(post)
            device = session.scalar(select(Device).where(Device.name == name))
            if device is not None:
                stations.change_device(
                    session, device_id=device.id, name=name, address=address, by=HOUSE, at=at
                )

    database.write(command("trial.printers", by=HOUSE, at=at), tell)


def _equip(
    session: Session, filled: Filled, printers: Sequence[str], *, by: int, at: datetime
) -> None:
    equip(session, filled, printers, by=by, at=at)
