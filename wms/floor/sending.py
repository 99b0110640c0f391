"""What a tablet or a machine sends about one scan, and how it becomes one command."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from unicodedata import category

from flask import current_app
from pydantic import AfterValidator, AwareDatetime, Field
from sqlalchemy.orm import Session

from wms.floor.actions import scan
from wms.floor.process import Floor, Worker
from wms.floor.turn import Order
from wms.kernel.commands import Answer
from wms.kernel.edge import Seen, take
from wms.kernel.fields import QUANTITY_LIMIT, Body
from wms.kernel.paging import NUMBER_LIMIT
from wms.kernel.refusal import Refusal
from wms.kernel.services import services

SCAN_LIMIT = 4_096
"""Longest scan we read: what is longer is noise of a scanner that lost its end."""

LATE_AFTER = timedelta(seconds=15)
"""A scan that waited longer for the network is late: the picker has gone on meanwhile."""

WAITED_LIMIT = timedelta(days=30)
"""A tablet that was away for longer is believed to have a wrong clock."""


class NothingSaid(Refusal):
    """Neither a code nor an order was sent."""

    sentence = "floor.nothing_said"
    status = 422


def _whole(text: str) -> str:
    if any(category(sign) == "Cs" for sign in text):
        raise ValueError("holds half a character; take it out")
    return text


Scanned = Annotated[str, Field(max_length=SCAN_LIMIT), AfterValidator(_whole)]


class Sent(Body):
    """One scan, one press of a button, or one number."""

    code: Scanned = Field(
        default="", description="What was scanned, to the letter, without the scanner's line end."
    )
    symbology: str | None = Field(
        default=None,
        pattern=r"^\][A-Za-z][0-9A-Za-z]$",
        description="The AIM identifier that the scanner told beside it, as in `]C1`.",
    )
    order: Order | None = Field(
        default=None, description="What was pressed, where nothing was scanned."
    )
    quantity: int | None = Field(
        default=None,
        ge=0,
        le=QUANTITY_LIMIT,
        description="The number that goes with `qty`: typed, 0 where there is none, or one of the answers.",
    )
    process: str = Field(
        default="", max_length=40, description="With `work`: which kind; empty takes the next best."
    )
    device_seq: int | None = Field(
        default=None, ge=0, le=NUMBER_LIMIT, description="The device's own count of its scans."
    )
    occurred_at: AwareDatetime | None = Field(
        default=None, description="When it was scanned, by the device's clock."
    )
    sent_at: AwareDatetime | None = Field(
        default=None,
        description="When it is sent, by the same clock: then it does not matter whether that clock is right.",
    )
    was_waiting: bool = Field(
        default=False, description="Whether the device kept it while it could not reach the house."
    )


AGAIN = frozenset({"sent_at", "was_waiting"})
"""What may differ when the same scan is sent again."""


def floor() -> Floor:
    """Return what can be done on this floor, as the house was put together."""
    whole: Floor = current_app.extensions["floor"]
    return whole


def carry_out(sent: Sent, worker: Worker) -> Answer[Mapping[str, Any]]:
    """Carry one scan out as one command of its device. The same key gets the same answer. Raises Refusal."""
    if not sent.code.strip() and sent.order is None:
        raise NothingSaid
    now = services().clock.now()
    happened_at = moment_of(sent, now)

    def do(session: Session, _by: int, at: datetime) -> Mapping[str, Any]:
        return scan(
            session,
            floor(),
            worker=worker,
            code=sent.code,
            symbology=sent.symbology,
            order=sent.order,
            quantity=sent.quantity,
            process=sent.process,
            occurred_at=happened_at,
            is_late=sent.was_waiting and at - happened_at > LATE_AFTER,
            at=at,
        )

    same = {"worker": worker.id} | sent.model_dump(mode="json", exclude=set(AGAIN))
    about = json.dumps(same, sort_keys=True).encode()
    return take("floor.scan", do, Seen(about, sent.device_seq, happened_at))


def moment_of(sent: Sent, now: datetime) -> datetime:
    """Return when a scan happened by the house's clock, whatever the device believes the time to be."""
    if sent.occurred_at is None:
        return now
    waited = (sent.sent_at or now) - sent.occurred_at
    return now - waited if timedelta() <= waited <= WAITED_LIMIT else now.astimezone(UTC)
