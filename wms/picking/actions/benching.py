"""Totes at a bench: opened, set aside, emptied."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.kernel.refusal import Refusal
from wms.picking.tables import ToteBinding


class ToteNotReady(Refusal):
    """The tote cannot be packed from: `state` says how it is used."""

    sentence = "picking.tote_not_ready"


class ToteHoldsUnits(Refusal):
    """By the book something is still in the tote."""

    sentence = "picking.tote_holds_units"


def open_tote(session: Session, *, tote_id: int, by: int, at: datetime) -> ToteBinding:
    """Note that a tote is unpacked at a bench; said twice, noted once. Raises ToteNotReady."""
    raise NotImplementedError


def park_tote(session: Session, *, tote_id: int, by: int, at: datetime) -> None:
    """Note that a tote at a bench waits again. One that is not open stays as it is."""
    raise NotImplementedError


def empty_tote(session: Session, *, tote_id: int, by: int, at: datetime) -> None:
    """Note that somebody saw that a tote is empty: it is free again. Raises ToteNotReady, ToteHoldsUnits."""
    raise NotImplementedError


def put_tote_aside(session: Session, *, tote_id: int, by: int, at: datetime) -> None:
    """Note that a tote at a bench holds what it should not: it goes to the problem shelf. Raises ToteNotReady."""
    raise NotImplementedError


def take_back_into(
    session: Session, *, fo_id: int, tote_id: int, by: int, at: datetime
) -> ToteBinding:
    """Let a cancelled order's units lie in a tote: one of its own, or an empty free one. Raises ToteNotReady."""
    raise NotImplementedError
