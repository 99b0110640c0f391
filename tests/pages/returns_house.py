"""A returns bench behind a real server: an order that left the house is announced to come back in part."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from werkzeug.serving import make_server

from tests.pages.houses import Quiet
from tests.visitors import a_device, a_person, done, new_app
from tests.wms.returns.sending import House, announced, begun, sent, taken
from wms.catalog import actions as catalog
from wms.catalog import queries as catalog_queries
from wms.kernel.services import Services
from wms.orders.queries import order as order_row
from wms.people import actions as people
from wms.people.policy import Role
from wms.people.rules import idle_for
from wms.people.secret import fresh_token
from wms.stations import actions as stations
from wms.stations.rules import Part, StationKind

NAMES = {
    "MUG": "Enamel camping mug, cream",
    "LAMP": "Glass star frosted lantern for the garden and the balcony",
    "BOWL": "Set of 3 cake tins, pantry design",
}


@dataclass(frozen=True)
class Served:
    """A served house, what is on its way back, and the cookies of a clerk at the bench and of a lead."""

    url: str
    house: Services
    order: str
    label: str
    clerk: dict[str, str]
    lead: dict[str, str]


@contextmanager
def returning(house: Services) -> Iterator[Served]:
    """Serve a house with one announced return, and one parcel that nobody knows."""
    house.settings.practice = True
    floor = House(house.database)
    floor.clock = house.clock
    done(house, lambda s: _name(s, floor, house))
    order = sent(house.database, floor, (floor.items["MUG"], 2), (floor.items["LAMP"], 1))
    back = announced(house.database, order, 2, 0, reason="Smaller than I thought")
    blind = begun(house.database, floor, None, parcel_code="1Z999AA10123456784")
    taken(house.database, floor, blind, floor.items["BOWL"], 3)
    number, token = a_device(house)
    done(house, lambda s: _bench(s, floor, number, house))
    clerk = _signed_in(house, Role.RETURNS, number)
    lead = _signed_in(house, Role.SUPERVISOR, None)
    with house.database.read() as session:
        name = order_row(session, order).number
    server = make_server("127.0.0.1", 0, new_app(house), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Served(
            f"http://127.0.0.1:{server.port}",
            house,
            name,
            f"WXRR-{back:06}",
            {"binwave": clerk, "binwave-device": token},
            {"binwave": lead},
        )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _name(session, floor, house):
    for sku, name in NAMES.items():
        item = catalog_queries.item(session, floor.items[sku])
        facts = replace(catalog_queries.facts_of(item), name=name)
        catalog.edit_item(session, item_id=item.id, facts=facts, by=0, at=house.clock.now())


def _bench(session, floor, device_id, house):
    who = {"by": 0, "at": house.clock.now()}
    made = stations.add_station(
        session, name="Returns 1", kind=StationKind.RETURNS, location_id=floor.bench, **who
    )
    stations.bind(session, station_id=made.id, device_id=device_id, part=Part.SCREEN, **who)


def _signed_in(house, role, device_id):
    user_id = a_person(house, role, name=f"Sam {role}", login=f"sam-{role}")
    token = fresh_token()
    done(
        house,
        lambda s: (
            people.open_session(
                s,
                user_id=user_id,
                token=token,
                idle=idle_for([role], on_device=device_id is not None),
                device_id=device_id,
                at=house.clock.now(),
            ).id
        ),
    )
    return token
