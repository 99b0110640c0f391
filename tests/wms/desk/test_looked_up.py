"""What the start page and the side bar ask all day is looked up, however much was sent before: nothing walks it all."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.kit import NOON, a_warehouse
from wms.bins.tables import Warehouse
from wms.desk import queries
from wms.desk.queries.board import board
from wms.desk.queries.stages import STAGES, Place

GROWS = "delivery|exception_case|fulfillment_order|order_hold|package|sales_order|shipment"
"""Tables that hold the past of the house."""

WALKED = re.compile(rf"SCAN ({GROWS})\b(?! USING (COVERING )?INDEX ix_\w+_(open|dead)$)")
"""How SQLite says that it goes through all of a table. An index of what is open or dead holds no past."""


def plans(house, ask) -> list[str]:
    """Return how SQLite goes about what is asked, step by step."""
    asked = []

    def note(_connection, _cursor, statement, values, _context, _many):
        asked.append((statement, values))

    reader: Engine = house.database.engines.reader
    event.listen(reader, "before_cursor_execute", note)
    with house.database.read() as session:
        ask(session)
    event.remove(reader, "before_cursor_execute", note)
    with reader.connect() as connection:
        return [
            step[3]
            for statement, values in asked
            if statement.startswith("SELECT")
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]


@pytest.fixture
def warehouse(lite_house):
    return a_warehouse(lite_house.database)


def test_the_side_bar_looks_up_what_is_open(lite_house, warehouse):
    steps = plans(lite_house, queries.waits)

    assert [step for step in steps if WALKED.match(step)] == []
    assert any("ix_order_hold_open" in step for step in steps)
    assert any("ix_exception_case_open" in step for step in steps)


def test_what_needs_somebody_is_looked_up(lite_house, warehouse):
    steps = plans(lite_house, lambda session: queries.needs(session, NOON))

    assert [step for step in steps if WALKED.match(step)] == []
    assert any("ix_delivery_dead" in step for step in steps)


def test_the_board_finds_what_left_today_by_the_day(lite_house, warehouse):
    steps = plans(lite_house, lambda s: board(s, s.get_one(Warehouse, warehouse), NOON))

    assert [step for step in steps if WALKED.match(step)] == []
    assert any(
        step.startswith("SEARCH package USING INDEX ix_package_handed_over_at") for step in steps
    )


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("hours", [None, 3])
def test_the_orders_at_a_place_of_the_board_are_found_by_their_parts(
    lite_house, warehouse, stage, hours
):
    leaves = NOON + timedelta(hours=hours) if hours else None
    place = Place(stage, warehouse, leaves, "UPS")
    shown = {"limit": 50, "cursor": None}

    steps = plans(lite_house, lambda s: queries.orders_listed(s, place, "", NOON, **shown))

    assert [step for step in steps if WALKED.match(step)] == []
