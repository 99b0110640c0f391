"""A house with something of everything in it, made by its own actions: what `verify` must find nothing wrong with."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from labels.designs.test_sheet import test_sheet
from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.bins.tables import CarrierLane, Location
from wms.catalog import actions as catalog
from wms.catalog.queries import BoxFacts
from wms.catalog.tables import Item
from wms.codes.tables import Owner
from wms.counting import actions as counting
from wms.counting.things import Thing
from wms.floor.actions import scan
from wms.floor.process import Floor, Worker
from wms.kernel import calls, courier
from wms.kernel.call_lifecycle import Verb
from wms.kernel.calls import Call, Outcome
from wms.kernel.clock import SetClock
from wms.kernel.commands import HOUSE, command, housekeeping
from wms.kernel.courier import Reaction
from wms.kernel.database import Database
from wms.kernel.events import Event
from wms.kernel.outbox import Listeners
from wms.kernel.refusal import Refusal
from wms.moving import actions as moving
from wms.moving.tables import MoveTask
from wms.orders import actions as orders
from wms.orders.drafts import Contact, Draft, DraftLine
from wms.orders.tables import Channel, FulfillmentOrder, Order, OrderHold, OrderLine
from wms.packing import actions as packing
from wms.packing import queries as packing_queries
from wms.packing.tables import Package
from wms.people import actions as people
from wms.people.policy import Role
from wms.people.secret import fresh_badge
from wms.picking import actions as picking
from wms.picking.tables import PickTask
from wms.printing import actions as printing
from wms.printing.actions import attempting
from wms.printing.rules import Condition
from wms.printing.rules import Outcome as Tried
from wms.returns import actions as returns
from wms.returns.actions import Advised, Goods
from wms.returns.grades import Grade
from wms.shipping import actions as shipping
from wms.shipping.actions import Means, buying
from wms.shipping.actions import tracking as carriers
from wms.shipping.actions.rows import held
from wms.shipping.gateway import Quote, Rate, Status, Step, Track
from wms.shipping.tables import Shipment
from wms.shipping.worker import GRACE
from wms.stations import actions as stations
from wms.stations.rules import DeviceKind, StationKind
from wms.stations.tables import Device
from wms.stock import actions as stock
from wms.stock import seals
from wms.stock.events import StockMoved
from wms.stock.moves import Move, Pile, Reason, StockStatus
from wms.stock.promises import Hardness, Line, Request
from wms.stock.tables import Allocation, StockBalance
from wms.waves import actions as waves
from wms.waves.plan import Filters

T = TypeVar("T")

MONDAY = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)

REACTIONS: Mapping[type[Event], Mapping[str, Reaction]] = {
    StockMoved: {"tell the shops": lambda *_told: None}
}
"""Somebody who waits for a fact, so that there are deliveries."""

LISTENERS: Listeners = {fact: tuple(named) for fact, named in REACTIONS.items()}


class House:
    """Acts one after the other, each a command of its own, a few seconds apart."""

    def __init__(self, database: Database) -> None:
        """Take an empty, migrated database that was opened with LISTENERS."""
        self.database = database
        self.clock = SetClock(MONDAY)
        self.by = HOUSE
        self._keys = count(1)

    def do(self, act: Callable[[Session, dict[str, Any]], T]) -> T:
        """Carry out an act, which gets `by` and `at` to hand on."""
        at = self.clock.forward(timedelta(seconds=15))
        asked = command("test", by=self.by, at=at, key=f"act {next(self._keys)}")
        who = {"by": self.by, "at": at}
        return self.database.write(asked, lambda session: act(session, who)).value

    def move(self, one: Move) -> int:
        """Carry out one move as an act of its own."""
        return self.do(lambda session, who: stock.move(session, one, **who))


def fill(database: Database) -> House:
    """Fill an empty database; returns the house, to go on in it."""
    house = House(database)
    _people(house)
    _floor(house)
    _goods(house)
    _stock(house)
    _promises(house)
    _moves_to_do(house)
    _sheets(house)
    _counts(house)
    _waves(house)
    _orders_in(house)
    _picking(house)
    _packing(house)
    _came_back(house)
    _look_up(house)
    _what_went_wrong(house)
    _by_itself(house)
    return house


def replenish(house: House, moves: int) -> None:
    """Make the ledger of a filled house longer."""
    with house.database.read() as session:
        one, other = bins_of(session)
    for number in range(moves):
        there = Move(
            CHEESE, *((one, other) if number % 2 else (other, one)), 1, Reason.MOVE, lot_id=LOT
        )
        house.move(there)


def _people(house: House) -> None:
    def admin(session: Session, who: dict[str, Any]) -> int:
        made = people.add_user(session, name="Ada", roles=[Role.ADMIN], login="ada", **who)
        return made.id

    house.by = house.do(admin)

    def staff(session: Session, who: dict[str, Any]) -> None:
        picker = people.add_user(session, name="Pia", roles=[Role.PICKER], **who)
        gone = people.add_user(session, name="Gus", roles=[Role.PACKER], **who)
        robot = people.add_user(session, name="Shop", roles=[Role.MACHINE], is_machine=True, **who)
        for user in (picker, gone):
            people.issue_badge(session, user_id=user.id, code=fresh_badge(), **who)
        people.issue_token(
            session, user_id=robot.id, name="shop", token="t", scopes=["stock:read"], **who
        )
        tablets = [
            Device(name=name, kind=DeviceKind.TABLET, created_at=who["at"])
            for name in ("Tablet 1", "Tablet 2", "Tablet 3")
        ]
        session.add_all(tablets)
        session.flush()
        for user, tablet in zip((picker, gone), tablets[:2], strict=True):
            people.open_session(
                session,
                user_id=user.id,
                token=f"s {user.id}",
                idle=timedelta(hours=1),
                device_id=tablet.id,
                at=who["at"],
            )
        people.disable(session, user_id=gone.id, reason="left", **who)
        stations.revoke_device(session, device_id=tablets[2].id, reason="lost", **who)

    house.do(staff)


def _floor(house: House) -> None:
    def build(session: Session, who: dict[str, Any]) -> None:
        day = bins.open_warehouse(session, code="DAY", name="Dayton", time_zone="UTC", **who).id
        rno = bins.open_warehouse(session, code="RNO", name="Reno", time_zone="UTC", **who).id
        bins.create_zone(session, warehouse_id=rno, code="FAR", name="Far", **who)
        zone = bins.create_zone(session, warehouse_id=day, code="NEAR", name="Near", **who).id
        for code in ("A-1", "A-2", "A-3", "A-4", "A-5"):
            bins.create_location(
                session, warehouse_id=day, code=code, kind=Kind.BIN, zone_id=zone, **who
            )
        bins.create_location(session, warehouse_id=rno, code="R-1", kind=Kind.BIN, **who)
        bench = bins.create_location(
            session, warehouse_id=day, code="BENCH", kind=Kind.BENCH, **who
        )
        dock = bins.create_location(session, warehouse_id=day, code="DOCK", kind=Kind.DOCK, **who)
        lane = bins.create_location(session, warehouse_id=day, code="LANE", kind=Kind.LANE, **who)
        bins.open_lane(session, warehouse_id=day, carrier="dhl", location_id=lane.id, **who)
        tote = {"warehouse_id": day, "kind": Kind.TOTE, **who}
        outer = bins.create_lpn(session, code="T-1", stands_in_id=dock.id, **tote)
        inner = bins.create_lpn(session, code="T-2", stands_in_id=outer.id, **tote)
        bins.create_lpn(session, code="T-3", sscc="376104250021234569", **tote)
        bins.move_lpn(session, lpn_id=outer.id, to_id=bench.id, **who)
        lower = bins.create_lpn(session, code="T-4", stands_in_id=inner.id, **tote)
        bins.create_lpn(session, code="T-5", stands_in_id=lower.id, **tote)
        stations.add_station(
            session, name="Bench 1", kind=StationKind.PACKING, location_id=bench.id, **who
        )

    house.do(build)


def _goods(house: House) -> None:
    def write_down(session: Session, who: dict[str, Any]) -> None:
        session.add(Owner(name="Client", created_at=who["at"]))
        mug = catalog.create_item(session, sku="MUG", name="Mug", **who)
        catalog.add_barcode(session, item_id=mug.id, code="4006381333931", **who)
        cheese = catalog.create_item(session, sku="CHEESE", name="Cheese", tracks_lots=True, **who)
        catalog.lot(
            session, item_id=cheese.id, code="L-1", expires_on=date(2027, 1, 1), at=who["at"]
        )
        phone = catalog.create_item(session, sku="PHONE", name="Phone", tracks_serials=True, **who)
        catalog.serial(session, item_id=phone.id, code="P-1", at=who["at"])

    house.do(write_down)


ANN = Contact(
    name="Ann", street1="1 Main St", city="Dayton", zip="45402", province="OH", country="US"
)

MUG, CHEESE, PHONE, LOT, SERIAL = 1, 2, 3, 1, 1
PIA, GUS = 2, 3


def _stock(house: House) -> None:
    with house.database.read() as session:
        places = {
            (place.warehouse_id, place.code): place.id
            for place in session.scalars(select(Location))
        }
    at = {code: number for (warehouse, code), number in places.items() if warehouse == 1}
    supplier = at["SUPPLIER"]

    def post(*moves: Move) -> list[int]:
        return house.do(lambda session, who: stock.post(session, moves, **who))

    post(
        Move(MUG, supplier, at["A-1"], 50, Reason.RECEIPT, reference="PO 1"),
        Move(MUG, supplier, at["A-2"], 30, Reason.RECEIPT, reference="PO 1"),
        Move(CHEESE, supplier, at["A-3"], 20, Reason.RECEIPT, lot_id=LOT),
        Move(PHONE, supplier, at["A-4"], 1, Reason.RECEIPT, serial_id=SERIAL),
    )
    post(Move(MUG, at["A-1"], at["T-1"], 4, Reason.PICK))
    post(Move(MUG, at["T-1"], at["CUSTOMER"], 3, Reason.SHIP))
    [wrong] = post(Move(MUG, at["A-1"], at["A-2"], 5, Reason.MOVE))
    house.do(lambda session, who: stock.reverse(session, [wrong], **who))
    house.do(
        lambda session, who: stock.change_status(
            session, pile=Pile(at["A-2"], MUG), quantity=2, status=StockStatus.DAMAGED, **who
        )
    )
    for _ in range(6):
        post(Move(MUG, at["A-1"], at["A-2"], 1, Reason.REPLENISH))


def _promises(house: House) -> None:
    def promise(reference: str, item: int, units: int, **facts: Any) -> int:
        request = Request(reference, 1, (Line(item, units),), **facts)
        outcome = house.do(lambda session, who: stock.allocate(session, [request], **who)[0])
        return outcome.promises[0].allocation_id

    later = house.clock.now() + timedelta(hours=2)
    promise("order 1", MUG, 7)
    taken = promise("order 2", MUG, 5)
    given_back = promise("order 3", CHEESE, 2)
    promise("cart 1", MUG, 3, hardness=Hardness.SOFT, expires_at=later)
    house.do(lambda session, who: stock.release(session, [given_back], **who))
    with house.database.read() as session:
        place = session.scalars(
            select(StockBalance.location_id)
            .join(Allocation, Allocation.balance_id == StockBalance.id)
            .where(Allocation.id == taken)
        ).one()
        tote = session.scalars(select(Location.id).where(Location.code == "T-1")).one()
    for units in (2, 3):
        move = Move(MUG, place, tote, units, Reason.PICK, allocation_id=taken)
        house.move(move)
    promise("order 4", MUG, 6)


def _moves_to_do(house: House) -> None:
    """One that waits, one that is somebody's, one in hand, one done, one cancelled."""
    with house.database.read() as session:
        at = places_of(session)

    def ask(source: str, target: str) -> int:
        wish: dict[str, Any] = {"kind": "relocate", "why": "asked", "item_id": MUG, "quantity": 2}
        wish |= {"source_id": at[source], "target_id": at[target]}
        return house.do(lambda session, who: moving.ask(session, **wish, **who))

    def act(verb: Callable[..., Any], task: int, **facts: Any) -> None:
        house.do(lambda session, who: verb(session, move_task_id=task, **facts, **who) and None)

    ask("T-1", "A-2")
    somebodys, in_hand, done, cancelled = (ask("A-2", "A-1") for _ in range(4))
    for task in (somebodys, in_hand, done):
        act(moving.claim, task)
    for task in (in_hand, done):
        act(moving.lift, task)
    act(moving.drop, done, location_id=at["A-1"])
    act(moving.cancel, cancelled)


def _sheets(house: House) -> None:
    """One proved and printed once more, one out, one in doubt, one on its way, one that waits, two that are over."""

    def printer(name: str) -> int:
        facts: dict[str, Any] = {"kind": DeviceKind.PRINTER, "address": "zebra+tcp://127.0.0.1:9"}
        return house.do(
            lambda session, who: stations.add_device(session, name=name, **facts, **who).id
        )

    def ask(device_id: int) -> int:
        label = test_sheet(printer="P", words="")
        facts: dict[str, Any] = {
            "printer_id": device_id,
            "kind": "test_sheet",
            "title": "P",
            "label": label,
        }
        return house.do(lambda session, who: printing.ask(session, **facts, **who))

    def end(outcome: Tried, condition: Condition) -> None:
        claimed = house.do(lambda session, who: attempting.claim_next(session, at=who["at"]))
        facts: dict[str, Any] = {
            "attempt_id": claimed.attempt_id,
            "outcome": outcome,
            "condition": condition,
        }
        house.do(lambda session, who: attempting.record(session, **facts, evidence={}, **who))

    first, second = printer("Labels 1"), printer("Labels 2")
    proved, out, unsure, given_up = (ask(first) for _ in range(4))
    end(Tried.CONFIRMED, Condition.READY)
    end(Tried.SILENT, Condition.UNKNOWN)
    for _ in (unsure, given_up):
        end(Tried.BAD, Condition.PAPER_OUT)
    del out
    house.do(lambda s, who: printing.reprint(s, job_id=proved, reason="smeared", **who))
    house.do(lambda s, who: printing.abandon(s, job_id=given_up, reason="gone", **who))
    cancelled = ask(second)
    house.do(lambda s, who: printing.cancel(s, job_id=cancelled, **who))
    house.do(lambda s, who: printing.hold_printer(s, device_id=first, **who))
    ask(second)
    house.do(lambda s, who: attempting.claim_next(s, at=who["at"]) and None)


def _note(number: int, thing: Thing, units: int, session: Session, who: dict[str, Any]) -> None:
    counting.note(session, count_id=number, thing=thing, counted=units, **who)


def _counts(house: House) -> None:
    """One booked, one counted twice and to be looked at, one under way, one that waits."""
    with house.database.read() as session:
        at = places_of(session)
    admin, others = house.by, (PIA, GUS)

    def ask(place: str, cause: str) -> int:
        return house.do(
            lambda session, who: counting.ask(session, location_id=at[place], cause=cause, **who)
        )

    def count(number: int, *found: tuple[Thing, int]) -> None:
        house.do(lambda session, who: counting.claim(session, count_id=number, **who).id)
        for thing, units in found:
            house.do(partial(_note, number, thing, units))

    def hand_in(number: int) -> None:
        house.do(lambda session, who: counting.submit(session, count_id=number, **who).value)

    booked, looked_at = ask("A-4", "asked"), ask("A-3", "short")
    house.by = PIA
    count(booked, (Thing(PHONE, 0, SERIAL), 1))
    hand_in(booked)
    for house.by in others:
        count(looked_at, (Thing(CHEESE, LOT), 1))
        hand_in(looked_at)
    house.by = admin
    ask("T-3", "found")
    count(ask("T-5", "zero_check"), (Thing(MUG), 1))


def _waves(house: House) -> None:
    """One that is a draft, one planned, one with the pickers, one cancelled; each has an order of its own."""
    with house.database.read() as session:
        at = places_of(session)

    def sell(session: Session, who: dict[str, Any]) -> tuple[int, int]:
        vase = catalog.create_item(session, sku="VASE", name="Vase", **who).id
        receipt = Move(vase, at["SUPPLIER"], at["A-5"], 40, Reason.RECEIPT, reference="PO 2")
        stock.post(session, [receipt], **who)
        shop = orders.open_channel(session, code="WAVES", name="Shop", kind="shop", **who)
        return shop.id, vase

    shop, vase = house.do(sell)

    def wave(number: int, *verbs: Callable[..., Any]) -> None:
        """Bring an order in, propose a wave of it, and go on with it."""
        order = Draft(
            channel_id=shop,
            source_id=f"W-{number}",
            number=f"W-{number}",
            placed_at=house.clock.now(),
            lines=(DraftLine(vase, number),),
            contact=ANN,
        )

        def do(session: Session, who: dict[str, Any]) -> None:
            orders.bring_in(session, [order], **who)
            made = waves.propose(session, warehouse_id=1, filters=Filters(), **who)
            for verb in verbs:
                verb(session, wave_id=made.id, **who)

        house.do(do)

    wave(1)
    wave(2, waves.plan)
    wave(3, waves.plan, picking.release)
    wave(4, waves.plan, waves.cancel)


def _orders_in(house: House) -> None:
    """One that is stopped, one set free, one unpaid, one cancelled, two merged. Nobody has these goods yet."""

    def open_shop(session: Session, who: dict[str, Any]) -> tuple[int, int]:
        lamp = catalog.create_item(session, sku="LAMP", name="Lamp", **who).id
        pair = catalog.create_item(session, sku="PAIR", name="Two lamps", **who).id
        stock.set_parts(session, item_id=pair, parts={lamp: 2}, **who)
        shop = orders.open_channel(session, code="DESK", name="By hand", kind="desk", **who)
        return shop.id, lamp

    shop, lamp = house.do(open_shop)

    def sell(number: str, **facts: Any) -> int:
        draft = Draft(
            channel_id=shop,
            source_id=number,
            number=number,
            placed_at=house.clock.now(),
            lines=(DraftLine(lamp, 2),),
            contact=ANN,
            **facts,
        )
        [made] = house.do(lambda session, who: orders.bring_in(session, [draft], **who))
        assert made is not None
        return made

    sell("H-1", risk="high")
    risky = sell("H-2", risk="medium")
    with house.database.read() as session:
        hold_id = session.scalars(select(OrderHold.id).where(OrderHold.order_id == risky)).one()
    house.do(
        lambda session, who: orders.lift(session, hold_id=hold_id, outcome="Known here", **who).id
    )
    sell("H-3", payment="unpaid")
    gone = sell("H-4")
    house.do(lambda session, who: orders.cancel(session, order_id=gone, reason="Twice", **who).id)
    pair = [sell("H-5"), sell("H-6")]
    house.do(lambda session, who: orders.merge(session, order_ids=pair, **who).id)


def _picking(house: House) -> None:
    """A trip of two orders that somebody is in the middle of: a tote each, two of five vases in the first."""

    def bring_in(session: Session, who: dict[str, Any]) -> int:
        [vase] = session.scalars(select(Item.id).where(Item.sku == "VASE"))
        [shop] = session.scalars(select(Channel.id).where(Channel.code == "WAVES"))
        drafts = [
            Draft(
                channel_id=shop,
                source_id=number,
                number=number,
                placed_at=who["at"],
                lines=(DraftLine(vase, units),),
                contact=ANN,
                carrier="DHL",
            )
            for number, units in (("W-5", 5), ("W-6", 6))
        ]
        orders.bring_in(session, drafts, **who)
        wave = waves.propose(session, warehouse_id=1, filters=Filters(carrier="DHL"), **who)
        [run_id] = picking.release(session, wave_id=wave.id, **who)
        for code in ("P-1", "P-2"):
            bins.create_lpn(session, warehouse_id=1, code=code, kind=Kind.TOTE, **who)
        return run_id

    run_id = house.do(bring_in)

    def walk(session: Session, who: dict[str, Any]) -> None:
        at = places_of(session)
        run = picking.take_over(session, run_id=run_id, **who)
        tasks = session.scalars(select(PickTask).where(PickTask.run_id == run_id)).all()
        for task, code in zip(tasks, ("P-1", "P-2"), strict=True):
            picking.load(session, run, tote_id=at[code], fo_id=task.fo_id, **who)
        first = tasks[0]
        picking.take(session, run, task_id=first.id, tote_id=at["P-1"], quantity=2, **who)

    house.do(walk)


def _packing(house: House) -> None:
    """Two of three books of an order are in a box on the scale; another order is packed, its first box was no use."""

    def bring_in(session: Session, who: dict[str, Any]) -> int:
        at = places_of(session)
        book = catalog.create_item(session, sku="BOOK", name="Book", weight_g=400, **who).id
        box = BoxFacts(
            name="Box",
            length_mm=300,
            width_mm=200,
            height_mm=100,
            weight_g=50,
            max_weight_g=20_000,
        )
        catalog.create_box_type(session, facts=box, **who)
        shelf = bins.create_location(session, warehouse_id=1, code="B-1", kind=Kind.BIN, **who).id
        stock.move(session, Move(book, at["SUPPLIER"], shelf, 9, Reason.RECEIPT), **who)
        [shop] = session.scalars(select(Channel.id).where(Channel.code == "WAVES"))
        drafts = [
            Draft(
                channel_id=shop,
                source_id=number,
                number=number,
                placed_at=who["at"],
                lines=(DraftLine(book, units),),
                contact=ANN,
                carrier="UPS",
            )
            for number, units in (("W-7", 3), ("W-8", 2))
        ]
        orders.bring_in(session, drafts, **who)
        wave = waves.propose(session, warehouse_id=1, filters=Filters(carrier="UPS"), **who)
        [run_id] = picking.release(session, wave_id=wave.id, **who)
        for code in ("P-3", "P-4"):
            bins.create_lpn(session, warehouse_id=1, code=code, kind=Kind.TOTE, **who)
        return run_id

    run_id = house.do(bring_in)

    def walk(session: Session, who: dict[str, Any]) -> None:
        at = places_of(session)
        run = picking.take_over(session, run_id=run_id, **who)
        tasks = session.scalars(
            select(PickTask).where(PickTask.run_id == run_id).order_by(PickTask.fo_id)
        ).all()
        for task, code in zip(tasks, ("P-3", "P-4"), strict=True):
            picking.load(session, run, tote_id=at[code], fo_id=task.fo_id, **who)
            picking.take(
                session, run, task_id=task.id, tote_id=at[code], quantity=task.asked, **who
            )
        picking.drop(session, run, place_id=at["BENCH"], **who)

    house.do(walk)

    def pack(code: str, units: int, session: Session, who: dict[str, Any]) -> None:
        tote_id = places_of(session)[code]
        picking.open_tote(session, tote_id=tote_id, **who)
        [waits] = packing_queries.in_tote(session, tote_id)
        box = packing.open_package(session, fo_id=waits.fo_id, station_id=1, **who)
        if code == "P-4":
            packing.void(session, package_id=box.id, **who)
            box = packing.open_package(session, fo_id=waits.fo_id, station_id=1, **who)
        thing = {**vars(waits), "quantity": units}
        del thing["fo_id"]
        packing.put_in(session, package_id=box.id, tote_id=tote_id, **thing, **who)
        packing.close(session, package_id=box.id, box_type_id=1, **who)
        packing.weigh(session, package_id=box.id, weight_g=50 + 400 * units, by_hand=True, **who)

    house.do(partial(pack, "P-3", 2))
    house.do(partial(pack, "P-4", 2))


def _came_back(house: House) -> None:
    """Three books left the house: one is on the shelf again, one is set aside, a stranger's parcel is looked at."""

    def bring_in(session: Session, who: dict[str, Any]) -> int:
        [book] = session.scalars(select(Item.id).where(Item.sku == "BOOK"))
        [shop] = session.scalars(select(Channel.id).where(Channel.code == "WAVES"))
        draft = Draft(
            channel_id=shop,
            source_id="W-9",
            number="W-9",
            placed_at=who["at"],
            lines=(DraftLine(book, 3),),
            contact=ANN,
            carrier="dhl",
        )
        orders.bring_in(session, [draft], **who)
        wave = waves.propose(session, warehouse_id=1, filters=Filters(carrier="dhl"), **who)
        [run_id] = picking.release(session, wave_id=wave.id, **who)
        bins.create_lpn(session, warehouse_id=1, code="P-5", kind=Kind.TOTE, **who)
        return run_id

    run_id = house.do(bring_in)

    def pick(session: Session, who: dict[str, Any]) -> None:
        at = places_of(session)
        run = picking.take_over(session, run_id=run_id, **who)
        [task] = session.scalars(select(PickTask).where(PickTask.run_id == run_id))
        picking.load(session, run, tote_id=at["P-5"], fo_id=task.fo_id, **who)
        picking.take(session, run, task_id=task.id, tote_id=at["P-5"], quantity=3, **who)
        picking.drop(session, run, place_id=at["BENCH"], **who)

    def pack(session: Session, who: dict[str, Any]) -> int:
        tote_id = places_of(session)["P-5"]
        picking.open_tote(session, tote_id=tote_id, **who)
        [waits] = packing_queries.in_tote(session, tote_id)
        box = packing.open_package(session, fo_id=waits.fo_id, station_id=1, **who)
        thing = {name: value for name, value in vars(waits).items() if name != "fo_id"}
        packing.put_in(session, package_id=box.id, tote_id=tote_id, **thing, **who)
        packing.close(session, package_id=box.id, box_type_id=1, **who)
        packing.weigh(session, package_id=box.id, weight_g=1250, by_hand=True, **who)
        picking.empty_tote(session, tote_id=tote_id, **who)
        return box.id

    house.do(pick)
    box = house.do(pack)

    def send(session: Session, who: dict[str, Any]) -> None:
        [lane] = session.scalars(select(CarrierLane.id).where(CarrierLane.carrier == "dhl"))
        shipping.set_means(session, lane_id=lane, means=Means.OWN, **who)
        shipping.wish(session, package_id=box, **who)
        packing.stage(session, package_id=box, **who)
        shipping.hand_over(session, lane_id=lane, package_id=box, **who)

    house.do(send)
    house.do(_carriers_say)
    house.do(_look_at_what_came)
    house.do(_look_at_a_stranger)


def _carriers_say(session: Session, who: dict[str, Any]) -> None:
    """The parcel that left is on its way; nobody knows yet whether the label of another was bought."""
    gone = session.scalars(select(Shipment).where(Shipment.state == "handed_over")).one()
    step = Step("s1", Status.IN_TRANSIT, "", "Here", "Newark", needs_action=False, at=who["at"])
    carriers.note(session, Track("dhl", gone.tracking_number or "", "", (step,)), **who)
    [box] = session.scalars(
        select(Package.id)
        .join(FulfillmentOrder, FulfillmentOrder.id == Package.fo_id)
        .where(FulfillmentOrder.number == "W-8-1", Package.state == "weighed")
    )
    wished = shipping.wish(session, package_id=box, **who)
    assert wished is not None
    wished.means = Means.SHIPPO
    one = held(session, wished.id)
    quote = Quote("request", (Rate("rate", "UPS", "Ground", 900, "USD", 3),), ())
    buying.rated(session, one, quote, **who)
    buying.intend(session, one, lease=GRACE, **who)
    buying.is_in_doubt(session, one, "it did not answer", grace=GRACE, **who)


def _look_at_what_came(session: Session, who: dict[str, Any]) -> None:
    at = places_of(session)
    [line] = session.execute(
        select(OrderLine.id, OrderLine.item_id, OrderLine.order_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.number == "W-9")
    )
    told = returns.announce(
        session, order_id=line.order_id, lines=[Advised(line.id, 2)], reason="Read it", **who
    )
    place = {"location_id": at["BENCH"], **who}
    returns.arrive(session, return_id=told.id, parcel_code=f"WXR{told.number}", **place)
    for condition in (Grade.LIKE_NEW, Grade.OPENED):
        goods = Goods(line.item_id)
        returns.take_in(session, return_id=told.id, goods=goods, quantity=1, **place)
        returns.grade(session, return_id=told.id, grade=condition, **who)
    returns.finish(session, return_id=told.id, **who)
    tasks = select(MoveTask.id).where(MoveTask.reference == told.number)
    for task in session.scalars(tasks.order_by(MoveTask.id)).all():
        moving.claim(session, move_task_id=task, **who)
        moving.lift(session, move_task_id=task, **who)
        moving.drop(session, move_task_id=task, location_id=at["B-1"], **who)


def _look_at_a_stranger(session: Session, who: dict[str, Any]) -> None:
    place = {"location_id": places_of(session)["BENCH"], **who}
    blind = returns.receive(session, order_id=None, parcel_code="1Z999", **place)
    [book] = session.scalars(select(Item.id).where(Item.sku == "BOOK"))
    returns.take_in(session, return_id=blind.id, goods=Goods(book), quantity=1, **place)


def _look_up(house: House) -> None:
    """Somebody between two pieces of work scans a mug to see where it lies."""
    pia = Worker(2, "Pia", frozenset({Role.PICKER.value}))
    house.do(lambda session, who: scan(session, Floor(), worker=pia, code="MUG", at=who["at"]))


def _what_went_wrong(house: House) -> None:
    """A refused act leaves its answer and nothing else."""
    try:
        house.do(lambda session, who: stock.release(session, [404], **who))
    except Refusal:
        return
    raise AssertionError("this should have been refused")


def _by_itself(house: House) -> None:
    """Seals, facts that are told, and calls that are made: what a house does without being asked."""

    def wish(session: Session, who: dict[str, Any]) -> None:
        for number in (1, 2):
            calls.ask(session, "shop", key=f"call {number}", payload={}, at=who["at"])

    house.do(wish)
    calls.make_due(
        house.database,
        {"shop": Call(lambda *_asked: Outcome(Verb.OK, {"heard": 1}))},
        house.clock,
    )
    for _ in range(2):
        courier.deliver(house.database, REACTIONS, house.clock)
    sealing = housekeeping("stock.seal", at=house.clock.now())
    house.database.write(sealing, lambda session: seals.seal(session, HOUSE, sealing.at))
    house.by = 2
    house.do(
        lambda session, who: stock.move(
            session, Move(CHEESE, *bins_of(session), 1, Reason.MOVE, lot_id=LOT), **who
        )
    )
    house.database.write(sealing, lambda session: seals.seal(session, HOUSE, sealing.at))


def places_of(session: Session) -> dict[str, int]:
    """Return the places of the first warehouse, by their codes."""
    query = select(Location.code, Location.id).where(Location.warehouse_id == 1)
    return dict(session.execute(query).all())


def bins_of(session: Session) -> tuple[int, int]:
    numbers = dict(session.execute(select(Location.code, Location.id)).all())
    return numbers["A-3"], numbers["A-5"]
