"""Houses whose pages are looked at: one that nobody has set up yet, and one at work, both behind a real server."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.kit import a_draft
from tests.pages import printed, shipped
from tests.visitors import a_person, done, new_app
from wms.catalog.tables import Item
from wms.counting import actions as counting
from wms.kernel.clock import SystemClock
from wms.kernel.database import Database
from wms.kernel.services import Services
from wms.kernel.settings import Settings
from wms.moving import actions as moving
from wms.orders import actions as orders
from wms.people import actions
from wms.people.policy import Role
from wms.people.rules import idle_for
from wms.people.secret import fresh_token
from wms.stock import actions as stock
from wms.stock.moves import Pile, StockStatus
from wms.stock.tables import StockBalance
from wms.trial import seed
from wms.waves import actions as waves
from wms.waves.plan import Filters
from wms.waves.queries import live_members


@dataclass(frozen=True)
class Shown:
    """A house that answers under an address, and the cookies of those who look at it."""

    url: str
    admin: dict[str, str]
    picker: dict[str, str]


class Quiet(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - as its library names it
        """Say nothing."""


@contextmanager
def shown(template: Path, folder: Path, *, filled: bool) -> Iterator[Shown]:
    """Serve an empty house, or one that is at work."""
    shutil.copy(template, folder / "binwave.sqlite")
    url = f"sqlite:///{folder / 'binwave.sqlite'}"
    settings = Settings(data_dir=folder, database_url=url, allow_http_lan=True)
    house = Services(settings, SystemClock(), Database(url))
    if filled:
        seed.fill(house.database, seed=7, at=house.clock.now())
        _sell(house)
        _plan(house)
        _move_and_count(house)
        printed.fill(house)
        shipped.fill(house)
    people = {role: signed_in(house, role) for role in (Role.ADMIN, Role.PICKER)}
    server = make_server("127.0.0.1", 0, new_app(house), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Shown(f"http://127.0.0.1:{server.port}", people[Role.ADMIN], people[Role.PICKER])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        house.database.close()


def _sell(house: Services) -> None:
    """Let a few orders come in: good ones, one of two lines, one that nobody paid, one that is risky, one too large."""
    at = house.clock.now()
    stops: list[dict[str, Any]] = [{}, {}, {"payment": "unpaid"}, {"risk": "high"}, {}]

    def do(session: Session) -> None:
        shop = orders.open_channel(session, code="shop", name="Shop", kind="shop", by=0, at=at)
        items = session.scalars(select(Item.id).order_by(Item.id).limit(len(stops) + 1)).all()
        drafts = [
            a_draft(
                shop.id,
                (items[n], 99_999 if n == len(stops) - 1 else n + 1),
                (items[n + 1], 1),
                source_id=f"#10{n:02}",
                placed_at=at,
                **more,
            )
            for n, more in enumerate(stops)
        ]
        orders.bring_in(session, drafts, by=0, at=at)

    done(house, do)


def _plan(house: Services) -> None:
    """Plan a wave of what waits, but for the last order."""
    who: dict[str, Any] = {"by": 0, "at": house.clock.now()}

    def do(session: Session) -> None:
        wave = waves.propose(session, warehouse_id=1, filters=Filters(), **who)
        waves.plan(session, wave_id=wave.id, **who)
        waiting = live_members(session, wave.id)[-1]
        waves.leave_out(session, wave_id=wave.id, fo_id=waiting, **who)

    done(house, do)


def _move_and_count(house: Services) -> None:
    """One move in hand, with why it goes where it goes, and one count on which two people and the book disagree."""
    at = house.clock.now()
    by, other = (a_person(house, Role.PICKER, name=f"Picker {n}") for n in (1, 2))

    def move(session: Session) -> None:
        pile = session.scalars(
            select(StockBalance).where(StockBalance.quantity > StockBalance.reserved).limit(1)
        ).one()
        task = moving.ask(
            session,
            kind=moving.Kind.RELOCATE,
            why=moving.Why.ASKED,
            source_id=pile.location_id,
            item_id=pile.item_id,
            lot_id=pile.lot_id,
            serial_id=pile.serial_id,
            status=pile.status,
            quantity=1,
            by=by,
            at=at,
        )
        moving.claim(session, move_task_id=task, by=by, at=at)
        moving.lift(session, move_task_id=task, by=by, at=at)

    def count(session: Session) -> None:
        fullest = select(StockBalance.location_id).order_by(StockBalance.quantity.desc()).limit(1)
        place = session.scalars(fullest).one()
        number = counting.ask(session, location_id=place, cause="short", by=by, at=at)
        for who in (by, other):
            counting.claim(session, count_id=number, by=who, at=at)
            counting.submit(session, count_id=number, by=who, at=at)

    def set_aside(session: Session) -> None:
        piles = select(StockBalance).where(StockBalance.quantity > StockBalance.reserved)
        for status, row in zip(
            (StockStatus.QUARANTINE, StockStatus.DAMAGED),
            session.scalars(piles.order_by(StockBalance.id.desc()).limit(2)).all(),
            strict=True,
        ):
            pile = Pile(row.location_id, row.item_id, row.lot_id, row.serial_id)
            stock.change_status(
                session, pile=pile, quantity=1, status=status, note="opened", by=by, at=at
            )

    done(house, move)
    done(house, set_aside)
    done(house, count)


def signed_in(house: Services, role: Role) -> dict[str, str]:
    user_id = a_person(house, role, name=f"Looking {role}", login=f"looking-{role}")
    token = fresh_token()
    done(
        house,
        lambda session: (
            actions.open_session(
                session,
                user_id=user_id,
                token=token,
                idle=idle_for([role], on_device=False),
                device_id=None,
                at=house.clock.now(),
            ).id
        ),
    )
    return {"binwave": token}
