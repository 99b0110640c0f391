"""Short words for files of orders: what they say, what taking them did, and why they were not taken."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from wms.channels.imports import ORDERS
from wms.kernel import importing
from wms.kernel.commands import command, fresh_key
from wms.kernel.database import Database
from wms.kernel.sheets import SheetRefused
from wms.kernel.words import say
from wms.orders.tables import Channel, Order, OrderContact, OrderLine

AT = datetime(2026, 11, 12, 14, 2, tzinfo=UTC)


def read(file):
    """What a file says, order by order, before anybody here is asked."""
    reading = importing.looked_through(ORDERS, file)
    assert reading.found is not None
    return reading.found


def faults(file):
    """What must change in a file by its looks alone, and that it can be said in both languages."""
    with pytest.raises(SheetRefused) as no:
        importing.looked_through(ORDERS, file)
    return told(no.value)


def told(no: SheetRefused):
    for fault in no.faults:
        for language in ("en", "de"):
            assert say(fault.sentence, fault.values, language) != fault.sentence
    return [(fault.where, fault.sentence) for fault in no.faults]


def take(database: Database, file, key: str = "") -> dict[str, Any]:
    """Take a file in."""
    act = command("import orders", by=1, at=AT, key=key or fresh_key())
    return importing.carry_out(database, act, ORDERS, file).value


def look(database: Database, file):
    """Find out what taking a file would do."""
    return importing.look(database, ORDERS, file, at=AT)


def refused(database: Database, file):
    """Why a file cannot be taken in here."""
    with pytest.raises(SheetRefused) as no:
        take(database, file)
    return told(no.value)


def kept(database: Database) -> list[tuple[str, str, str, list[tuple[int, int, int]]]]:
    """Every order: its channel, number, payment, and per line the item, units and units cancelled."""
    with database.read() as session:
        heads = session.execute(
            select(Order.id, Channel.code, Order.number, Order.payment)
            .join(Channel, Channel.id == Order.channel_id)
            .order_by(Order.id)
        ).all()
        lines = session.execute(
            select(
                OrderLine.order_id, OrderLine.item_id, OrderLine.quantity, OrderLine.cancelled
            ).order_by(OrderLine.id)
        ).all()
    return [
        (
            code,
            number,
            payment,
            [(item, units, gone) for order, item, units, gone in lines if order == order_id],
        )
        for order_id, code, number, payment in heads
    ]


def order(database: Database, number: str) -> Order:
    """One order by what people call it."""
    with database.read() as session:
        return session.scalars(select(Order).where(Order.number == number)).one()


def contact(database: Database, number: str) -> OrderContact:
    """Who gets an order."""
    with database.read() as session:
        query = select(OrderContact).join(Order, Order.id == OrderContact.order_id)
        return session.scalars(query.where(Order.number == number)).one()
