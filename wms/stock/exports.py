"""Stock as a file: every balance, from one snapshot, written to disk before it is sent."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

from sqlalchemy.orm import Session

from wms.kernel.sheets import csv_lines
from wms.stock.queries import Asked, Balance, every_balance

IN_MEMORY = 1024 * 1024
"""Bytes of a file that are held in memory; a larger one goes to disk, so that a slow reader holds nothing else."""

HEADER = (
    "warehouse",
    "location",
    "sku",
    "name",
    "lot",
    "expiry",
    "serial",
    "status",
    "quantity",
    "reserved",
    "free",
)


def inventory(session: Session, asked: Asked) -> Any:
    """Return an open file with the balances asked for, as CSV in UTF-8, wound back to its beginning."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    for line in csv_lines(HEADER, _rows(session, asked)):
        file.write(line.encode())
    file.seek(0)
    return file


def _rows(session: Session, asked: Asked) -> Iterator[tuple[object, ...]]:
    for one in every_balance(session, asked):
        yield _cells(one)


def _cells(one: Balance) -> tuple[object, ...]:
    return (
        one.warehouse,
        one.location,
        one.sku,
        one.name,
        one.lot,
        one.expires_on or "",
        one.serial,
        one.status.value,
        one.quantity,
        one.reserved,
        one.free,
    )
