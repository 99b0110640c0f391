"""From a badge to four totes in the lane: a proposed wave is released at the desk and picked with a scanner's keys.

One bin is found empty, one order is cancelled in the middle of its pick, and the books are clean afterwards. The orders
are those of the retailer's day file where the shared data is there.
"""

import csv
import lzma
import os
import re
import threading
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from tests import kit
from tests.pages import look
from tests.pages.houses import Quiet
from tests.pages.scanner import wedge
from tests.visitors import a_badge, a_device, a_machine, a_person, done, new_app, signed_in
from wms import wiring
from wms.app import verifying
from wms.bins import actions as bins
from wms.bins.actions import Layout
from wms.bins.places import Kind
from wms.bins.tables import Location
from wms.floor.tables import Dialogue
from wms.kernel import courier
from wms.kernel.services import Services
from wms.orders.tables import FulfillmentOrder, Order
from wms.people.policy import Role
from wms.picking.tables import PickRun, PickTask
from wms.stations.actions import keep_scanner

DAY = "orders/online_retail_2010-12-02.csv.xz"
SHARED = Path(os.environ.get("WMS_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))

A_TOTE = 60
"""Units that go into one tote, as waves reckon."""

FEW = 5
"""Units that are scanned one by one."""

GENERATED = {
    "1001": [("MUG", "Mug", 2), ("CLOCK", "Clock", 1)],
    "1002": [("CLOCK", "Clock", 6), ("LAMP", "Lamp", 2)],
    "1003": [("LAMP", "Lamp", 3), ("BOWL", "Bowl", 1)],
    "1004": [("MUG", "Mug", 1), ("BOWL", "Bowl", 4)],
}


def four_orders():
    """Four orders that ride on one cart: by number, the lines as (SKU, name, units)."""
    if not (SHARED / DAY).exists():
        return GENERATED
    found = defaultdict(list)
    with lzma.open(SHARED / DAY, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            is_goods = re.fullmatch(r"\d{5}[A-Z]?", row["StockCode"]) is not None
            units = int(float(row["Quantity"]))
            found[row["InvoiceNo"]].append((row["StockCode"], row["Description"], units, is_goods))
    chosen = {}
    for number, lines in found.items():
        skus = {sku for sku, *_ in lines}
        known = {sku for taken in chosen.values() for sku, *_ in taken}
        fits = all(is_goods and units > 0 for *_, units, is_goods in lines)
        in_one_tote = sum(units for _, _, units, _ in lines) <= A_TOTE
        if fits and in_one_tote and 2 <= len(skus) == len(lines) <= 4 and not skus <= known:
            chosen[number] = [(sku, name, units) for sku, name, units, _ in lines]
    return dict(list(chosen.items())[:4])


@dataclass
class House:
    """A served house with stock for four orders and one tablet."""

    url: str
    services: Services
    orders: dict[str, int]
    tablet: dict[str, str]
    desk: dict[str, str]
    badge: str
    app: object

    def settle(self):
        """Let the courier tell every fact."""
        while courier.deliver(self.services.database, wiring.REACTIONS, self.services.clock):
            pass

    def broken(self):
        """Every promise of the house that does not hold, as `verify --chain` tells it."""
        verifying.seal_all(self.services)
        with self.services.database.read() as session:
            found = verifying.ask(session, verifying.promises_and_chain())
            return [(one.invariant.name, one.broken) for one in found if one.broken]

    def one(self, query):
        with self.services.database.read() as session:
            return session.scalars(query).one()

    def all(self, query):
        with self.services.database.read() as session:
            return session.scalars(query).all()


@pytest.fixture
def house(lite_house):
    database = lite_house.database
    a_person(lite_house, Role.ADMIN, name="Ana", login="ana")
    warehouse = kit.a_warehouse(database)
    at = lite_house.clock.now()
    layout = Layout(aisles=2, bays=6, levels=2)
    done(
        lite_house,
        lambda s: bins.build_layout(s, warehouse_id=warehouse, layout=layout, by=1, at=at).count,
    )
    kit.a_place(database, warehouse, "P2", Kind.LANE, x_mm=1_000, y_mm=0)

    def totes(session):
        facts = {"warehouse_id": warehouse, "by": 1, "at": at}
        bins.create_lpn(session, code="CART-1", kind=Kind.CART, slots=4, **facts)
        for number in range(1, 7):
            bins.create_lpn(session, code=f"T-{number:04d}", kind=Kind.TOTE, **facts)

    done(lite_house, totes)
    with database.read() as session:
        places = session.scalars(
            select(Location.id).where(Location.kind == Kind.BIN).order_by(Location.id)
        ).all()
    wanted = four_orders()
    items = {}
    for lines in wanted.values():
        for sku, name, _units in lines:
            if sku not in items:
                items[sku] = kit.an_item(database, sku, name=name)
                kit.shelve(database, items[sku], places[len(items) - 1], 200)
    orders = {
        number: kit.an_order(
            database,
            *((items[sku], units) for sku, _name, units in lines),
            number=number,
            source_id=number,
        )
        for number, lines in wanted.items()
    }
    app = new_app(lite_house)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    bea = signed_in(
        app, lite_house, a_person(lite_house, Role.SUPERVISOR, name="Bea"), Role.SUPERVISOR
    )
    number, token = a_device(lite_house)
    slow = {"suffix": "enter", "layout": "us", "case": "kept", "gap": 200}
    done(lite_house, lambda s: keep_scanner(s, device_id=number, found=slow, by=0, at=at).id)
    yield House(
        f"http://127.0.0.1:{server.port}",
        lite_house,
        orders,
        {"binwave-device": token},
        {"binwave": bea.cookie()},
        a_badge(lite_house, a_person(lite_house, name="Mia Kern")),
        app,
    )
    server.shutdown()
    thread.join()
    server.server_close()


def opened(browser, house, cookies, size) -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    context.add_cookies([{"name": k, "value": v, "url": house.url} for k, v in cookies.items()])
    return context.new_page()


class Picker:
    """Does what the tablet's screen says, and nothing that it does not say."""

    def __init__(self, page: Page, house: House):
        self.page, self.house = page, house

    @property
    def step(self) -> str:
        return str(self.page.locator("body").get_attribute("data-step"))

    def text(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text()

    def scan(self, code: str) -> None:
        """Scan, and wait for the screen to answer."""
        with self.page.expect_response("**/floor/scans") as answer:
            wedge(self.page, code)
        told = answer.value.json()
        expect(self.page.locator("body")).to_have_attribute("data-step", told["next"]["step"])
        expect(self.page.locator("[data-part=say]")).to_contain_text(told["say"])

    def press(self, selector: str) -> None:
        with self.page.expect_response("**/floor/scans") as answer:
            self.page.locator(selector).click()
        expect(self.page.locator("[data-part=say]")).to_contain_text(answer.value.json()["say"])

    def follow(self, until=lambda: False, limit: int = 80) -> None:
        """Go on as the screen says."""
        loaded = 0
        for _ in range(limit):
            if until():
                return
            match self.step:
                case "load":
                    loaded += 1
                    self.scan(f"T-{loaded:04d}")
                case "go":
                    self.scan(self.bin)
                case "item":
                    self.count()
                case "tote":
                    self.scan(self.tote)
                case "zero":
                    self.scan("WXCYES")
                case "drop":
                    self.scan("P2")
                case "done":
                    return
                case other:
                    raise AssertionError(f"nobody knows what to do at {other}: {self.text('body')}")
        raise AssertionError(f"still at {self.step} after {limit} scans")

    @property
    def bin(self) -> str:
        return str(self.page.locator(".addr").get_attribute("aria-label"))

    @property
    def tote(self) -> str:
        return self.text(".into .cut").removeprefix("into ")

    @property
    def sku(self) -> str:
        return self.text(".thing .ids").split(" · ")[0]

    def count(self) -> None:
        """Scan the item; of more than a few, scan one and then the number of all."""
        wanted = int(self.text(".target .amount span").removeprefix("of "))
        done = int(self.text(".target .amount b"))
        self.scan(f"WXCQ{wanted}" if done and wanted > FEW else self.sku)

    def task(self) -> PickTask:
        """The task that the screen is about."""
        row = self.house.one(select(Dialogue))
        number = row.data["own"]["task"]
        return self.house.one(select(PickTask).where(PickTask.id == number))


def looked_at(page: Page, name: str) -> list[str]:
    """What an eye would mind of this moment, on three screens."""
    found = []
    for width, height in look.SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{name} at {width}x{height}: {what}" for what in look._seen(page)]
        look._shoot(page, f"pick-{name}-{width}")
    page.set_viewport_size({"width": 800, "height": 1280})
    return found


def test_a_wave_is_released_and_picked_with_one_short_and_one_cancelled(browser, house):
    desk = opened(browser, house, house.desk, (1280, 800))
    desk.goto(f"{house.url}/waves")
    desk.get_by_role("button", name="Propose a wave").click()
    desk.get_by_role("button", name="Release", exact=True).click()
    expect(desk.locator("main")).to_contain_text("Released")
    assert house.one(select(PickRun)).kind == "cluster"

    tablet = opened(browser, house, house.tablet, (800, 1280))
    tablet.goto(f"{house.url}/floor")
    wedge(tablet, house.badge)
    expect(tablet.locator("h1")).to_have_text("Hello, Mia")
    tablet.locator("body[data-listens]").wait_for()
    mia = Picker(tablet, house)
    mia.scan("WXCNEXT")
    minded = looked_at(tablet, "load")

    mia.follow(until=lambda: mia.step == "go")
    minded += looked_at(tablet, "go")
    mia.follow(until=lambda: mia.step == "item")
    minded += looked_at(tablet, "item")
    assert len(house.all(select(PickTask))) > 4
    short = mia.task()
    tablet.locator(".four [data-open=problems]").click()
    minded += looked_at(tablet, "problems")
    mia.press("[data-over=problems] [data-order=empty]")
    assert house.one(select(PickTask).where(PickTask.id == short.id)).short > 0

    mia.follow(until=lambda: mia.step == "item" and mia.task().fo_id != short.fo_id)
    gone = mia.task()
    fo = house.one(select(FulfillmentOrder).where(FulfillmentOrder.id == gone.fo_id))
    desk_machine = a_machine(house.app, house.services, Role.ADMIN)
    cancelled = desk_machine.post(f"/api/v1/orders/{fo.order_id}/cancel", {"reason": "asked"})
    assert cancelled.status_code == 200, cancelled.text
    wedge(tablet, mia.sku)
    expect(tablet.locator(".say.gone")).to_contain_text("is cancelled")
    minded += looked_at(tablet, "cancelled")
    house.settle()

    mia.follow(until=lambda: mia.step == "tote")
    minded += looked_at(tablet, "tote")
    mia.follow()

    assert mia.step == "done"
    assert minded + looked_at(tablet, "done") == []
    house.settle()
    assert house.broken() == []
    states = {
        number: house.one(select(Order.state).where(Order.id == order))
        for number, order in house.orders.items()
    }
    assert len(states) == 4
    assert house.one(select(PickTask.picked).where(PickTask.id == gone.id)) == 0
    picked = house.all(
        select(FulfillmentOrder.order_id).where(FulfillmentOrder.state == "picked").distinct()
    )
    assert len(picked) >= 2
    assert fo.order_id not in picked
    desk.context.close()
    tablet.context.close()
