"""Faults of a ledger line told by the fields of whoever sent one: a form or a body has no `lines.0.lot_id`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from wms.kernel.refusal import Fault, Wrong

LINE = "lines.0."


@contextmanager
def pointing_at(fields: Mapping[str, str]) -> Iterator[None]:
    """Raise what is Wrong with the only line as faults of these fields, by the ledger's names for them."""
    try:
        yield
    except Wrong as no:
        faults = (_renamed(fault, fields) for fault in no.faults)
        raise type(no)(*faults, **no.values) from None


def _renamed(fault: Fault, fields: Mapping[str, str]) -> Fault:
    name = fault.where.removeprefix(LINE)
    return replace(fault, where=fields.get(name, name))
