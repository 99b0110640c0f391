"""What scales say: the newest counts, for seconds; and each bench has a code of its own."""

from datetime import timedelta

import pytest

from tests import visitors
from tests.visitors import a_machine, done
from wms.codes.queries import Kind, resolve
from wms.kernel.refusal import Refusal
from wms.people.policy import Role
from wms.stations import actions, queries
from wms.stations.rules import DeviceKind, Part, StationKind


@pytest.fixture
def bench(lite_house):
    """A bench with a scale: (house, station, scale)."""
    at = lite_house.clock.now()

    def do(session):
        station = actions.add_station(
            session, name="Bench 2", kind=StationKind.PACKING, location_id=None, by=0, at=at
        )
        scale = actions.add_device(
            session, name="Scale 2", kind=DeviceKind.SCALE, address=None, by=0, at=at
        )
        actions.bind(
            session, station_id=station.id, device_id=scale.id, part=Part.SCALE, by=0, at=at
        )
        return station.id, scale.id

    return lite_house, *done(lite_house, do)


def weigh(house, scale, weight_g, *, ago_s=0, is_stable=True):
    at = house.clock.now()
    return done(
        house,
        lambda s: (
            actions.take_reading(
                s,
                device_id=scale,
                weight_g=weight_g,
                is_stable=is_stable,
                read_at=at - timedelta(seconds=ago_s),
                by=0,
                at=at,
            ).weight_g
        ),
    )


def newest(house, station):
    with house.database.read() as session:
        return queries.newest_reading(session, station)


def test_the_newest_reading_of_a_bench_is_what_counts(bench):
    house, station, scale = bench

    weigh(house, scale, 2418, ago_s=3)
    weigh(house, scale, 2784, is_stable=False)

    reading = newest(house, station)
    assert (reading.device_id, reading.weight_g, reading.is_stable) == (scale, 2784, False)


def test_a_reading_that_comes_late_changes_nothing(bench):
    house, station, scale = bench
    weigh(house, scale, 2784)

    told = weigh(house, scale, 10, ago_s=5)

    assert (told, newest(house, station).weight_g) == (2784, 2784)


def test_a_reading_says_something_for_seconds_only(bench):
    house, station, scale = bench
    weigh(house, scale, 2784)

    house.clock.forward(timedelta(seconds=21))

    assert not newest(house, station).is_fresh(house.clock.now())


def test_a_clock_that_is_ahead_makes_no_reading_of_tomorrow(bench):
    house, station, scale = bench

    weigh(house, scale, 2784, ago_s=-3600)

    assert newest(house, station).read_at == house.clock.now()


def test_a_printer_weighs_nothing(bench):
    house, *_ = bench
    at = house.clock.now()
    printer = done(
        house,
        lambda s: (
            actions.add_device(
                s, name="Zebra P1", kind=DeviceKind.PRINTER, address=None, by=0, at=at
            ).id
        ),
    )

    with pytest.raises(Refusal) as no:
        weigh(house, printer, 100)

    assert no.value.faults[0].sentence == "stations.weighs_nothing"


def test_a_machine_tells_what_a_scale_shows(bench):
    house, station, scale = bench
    machine = a_machine(visitors.open_app(house), house, Role.MACHINE)
    sent = {"device_id": scale, "weight_g": 512, "is_stable": True}

    answer = machine.post("/api/v1/readings", sent | {"read_at": house.clock.now().isoformat()})

    assert answer.status_code == 200
    assert answer.json["weight_g"] == newest(house, station).weight_g == 512


def test_a_bench_is_found_by_its_code_until_it_is_let_go(bench):
    house, station, _scale = bench
    with house.database.read() as session:
        (meaning,) = resolve(session, f"wxp{station}")
    assert (meaning.kind, meaning.target_id) == (Kind.STATION, station)

    at = house.clock.now()
    done(house, lambda s: actions.archive_station(s, station_id=station, by=0, at=at).id)

    with house.database.read() as session:
        assert resolve(session, f"WXP{station}") == ()
