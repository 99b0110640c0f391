"""A packing bench behind a real server: orders in totes, a tablet on the bench, a scale and a label printer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from werkzeug.serving import make_server

from labels.designs.house_label import house_label
from tests.pages.houses import Quiet
from tests.visitors import a_device, done, new_app
from tests.wms.packing.packers import PackingBench
from wms.catalog import actions as catalog
from wms.catalog import queries as catalog_queries
from wms.kernel.services import Services
from wms.people import actions as people
from wms.people.secret import fresh_token
from wms.printing import actions as printing
from wms.stations import actions as stations
from wms.stations.rules import DeviceKind, Part

GOODS = {
    "MUG": ("Enamel camping mug, cream", "5012345671109"),
    "CLOCK": ("Alarm clock bakelike, green", "5012345671116"),
    "LAMP": ("Glass star frosted lantern for the garden and the balcony", "5012345671123"),
    "BOWL": ("Set of 3 cake tins, pantry design", "5012345671130"),
}
LINES = [("MUG", 4), ("CLOCK", 1), ("LAMP", 2), ("BOWL", 7)]


@dataclass(frozen=True)
class Served:
    """A served house, the bench in it, and Bea's tablet with her session."""

    url: str
    house: Services
    bench: PackingBench
    cookies: dict[str, str]

    @property
    def tote(self) -> str:
        """The code of the first tote that waits."""
        return self.bench.code(self.bench.totes(self.fo)[0])

    @property
    def fo(self) -> int:
        """The order that is packed first."""
        return 1

    def put_on_scale(self, grams: int | None = None) -> None:
        """Put the box on the scale, as if it had been there all the time."""
        self.bench.put_on_scale(grams)

    def buy(self) -> None:
        """Let shipping have bought labels, and their sheets go to the printer of the bench."""
        weighed = [box.id for box in self.bench.boxes_now() if box.state == "weighed"]
        for number in weighed:
            code = f"WXS{number:08d}"
            self.bench.label(number, code)
            sheet = house_label(
                service="UPS Ground",
                lane="UPS",
                to=("Wei Zhang", "88 Harbor Way", "Fremont CA 94538"),
                sender=("Lakeside Gifts", "14 Mill Lane", "Dayton OH 45402"),
                code=code,
                about="10468",
            )
            self.bench.do(
                printing.ask_at,
                station_id=self.bench.station,
                part="labels",
                kind="carrier_label",
                title="UPS",
                label=sheet,
                expects=code,
                subject="package",
                subject_id=number,
            )


@contextmanager
def packing(house: Services, *, count: int = 2, **facts: str) -> Iterator[Served]:
    """Serve a house in which two orders wait in totes."""
    house.settings.practice = True
    bench = PackingBench(house.database)
    bench.clock = house.clock
    done(house, lambda s: _name(s, bench, house))
    done(house, lambda s: _printer(s, bench, house))
    number, token = a_device(house)
    done(
        house,
        lambda s: (
            stations.bind(
                s,
                station_id=bench.station,
                device_id=number,
                part=Part.SCREEN,
                by=0,
                at=house.clock.now(),
            ).id
        ),
    )
    bench.pick(*[LINES if not n else [("CLOCK", 1)] for n in range(count)], **facts)
    session = fresh_token()
    done(house, lambda s: _sign_in(s, bench.people["Bea"].id, number, session, house))
    app = new_app(house)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        cookies = {"binwave": session, "binwave-device": token}
        yield Served(f"http://127.0.0.1:{server.port}", house, bench, cookies)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _name(session, bench, house):
    who = {"by": 0, "at": house.clock.now()}
    crate = catalog_queries.BoxFacts(
        name="XL", length_mm=800, width_mm=600, height_mm=400, weight_g=900, max_weight_g=25_000
    )
    catalog.create_box_type(session, facts=crate, **who)
    for sku, (name, code) in GOODS.items():
        item = catalog_queries.item(session, bench.items[sku])
        known = catalog_queries.facts_of(item)
        facts = replace(known, name=name, weight_g=known.weight_g or 400)
        catalog.edit_item(session, item_id=item.id, facts=facts, **who)
        catalog.add_barcode(
            session,
            item_id=item.id,
            code=code,
            quantity_per_scan=1,
            kind=catalog_queries.BarcodeKind.UNIT,
            **who,
        )


def _printer(session, bench, house):
    who = {"by": 0, "at": house.clock.now()}
    printer = stations.add_device(
        session,
        name="Zebra P2",
        kind=DeviceKind.PRINTER,
        address="zebra+tcp://127.0.0.1:9",
        **who,
    )
    stations.bind(session, station_id=bench.station, device_id=printer.id, part=Part.LABELS, **who)
    return printer.id


def _sign_in(session, user_id, device_id, token, house):
    return people.open_session(
        session,
        user_id=user_id,
        token=token,
        idle=timedelta(hours=1),
        device_id=device_id,
        at=house.clock.now(),
    ).id
