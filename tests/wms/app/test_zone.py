"""Pages tell times by the clock of the warehouse."""

from datetime import UTC, datetime

import pytest
from flask_babel import format_date, format_datetime, format_time

from tests.kit import a_warehouse
from tests.visitors import open_app

LATE = datetime(2026, 7, 1, 2, 30, tzinfo=UTC)
"""In Dayton it is half past ten in the evening of the day before."""


@pytest.fixture
def told(lite_house):
    app = open_app(lite_house)

    def tell():
        with app.test_request_context("/"):
            return (
                format_datetime(LATE, "d MMM HH:mm"),
                format_date(LATE, "d MMM"),
                format_time(LATE, "HH:mm"),
            )

    return tell


def test_without_a_warehouse_it_is_utc(told):
    assert told() == ("1 Jul 02:30", "1 Jul", "02:30")


def test_one_warehouse_gives_its_clock_to_every_page(lite_house, told):
    a_warehouse(lite_house.database, time_zone="America/New_York")

    assert told() == ("30 Jun 22:30", "30 Jun", "22:30")


def test_warehouses_of_one_clock_share_it_and_others_meet_at_utc(lite_house, told):
    a_warehouse(lite_house.database, "A", time_zone="Europe/Berlin")
    a_warehouse(lite_house.database, "B", time_zone="Europe/Berlin")
    assert told()[2] == "04:30"

    a_warehouse(lite_house.database, "C", time_zone="America/New_York")
    assert told()[2] == "02:30"
