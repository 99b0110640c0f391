"""Moves, for machines: what goes from one place to another."""

from datetime import date, datetime
from typing import Annotated, Self

from flask import Response
from pydantic import ConfigDict, Field, JsonValue, model_validator
from sqlalchemy.orm import Session

from wms.catalog import actions as catalog
from wms.kernel.edge import Reply, created, perform
from wms.kernel.fields import Body, CodeText, Number, Quantity, either
from wms.people.policy import allow
from wms.stock import actions
from wms.stock.api import naming
from wms.stock.api.blueprint import LINES, WRITE, WRITERS, Code, Note, Reference, Shown, api, told
from wms.stock.moves import NONE, Move, Reason, StockStatus

END = "A place by its number (`_id`) or its code; SUPPLIER, CUSTOMER, ADJUSTMENT, SCRAP, LOST and TRANSIT are outside."


EXAMPLE: dict[str, JsonValue] = {
    "item": "85123A",
    "source": "A-01-01-1",
    "target": "A-01-02-1",
    "quantity": 6,
}


EITHER = either(("item", "item_id"), ("source", "source_id"), ("target", "target_id"))


class MoveLine(Body):
    """Units of one item that go from one place to another. Items and places by number or by any code on them."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE], **EITHER})

    item_id: Number | None = None
    item: CodeText | None = Field(default=None, description="SKU or barcode, instead of `item_id`.")
    source_id: Number | None = None
    source: CodeText | None = Field(default=None, description=END)
    target_id: Number | None = None
    target: CodeText | None = Field(default=None, description=END)
    quantity: Quantity
    lot: Code | None = Field(default=None, description="Lot code; a new one is written down.")
    expires_on: date | None = Field(default=None, description="When a new lot expires.")
    serial: Code | None = Field(default=None, description="Serial number of a single piece.")
    status_from: StockStatus = StockStatus.AVAILABLE
    status_to: StockStatus | None = Field(default=None, description="None: as it was.")
    reason: Reason = Reason.MOVE
    reference: Reference = Field(default="", description="What it is for, as people say it.")
    note: Note = ""
    allocation_id: Number | None = Field(default=None, description="The hard promise it fulfills.")

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        for name in ("item", "source", "target"):
            if (getattr(self, name) is None) == (getattr(self, f"{name}_id") is None):
                raise ValueError(f"give either `{name}` or `{name}_id`")
        return self


class NewMoves(Body):
    """Moves that happen together or not at all."""

    lines: Annotated[list[MoveLine], Field(min_length=1, max_length=LINES)]


class Posted(Shown):
    """A move as it went into the ledger."""

    id: int
    item_id: int
    source_id: int
    target_id: int
    quantity: int
    lot_id: int
    serial_id: int
    status_from: str
    status_to: str
    reason: str
    reference: str
    note: str


class PostedMoves(Shown):
    """What went into the ledger, line by line."""

    data: list[Posted]


@api.post("/stock_moves", summary="Move stock", responses={201: PostedMoves})
@allow(*WRITERS, scope=WRITE)
def post_moves(body: NewMoves) -> Response:
    """All lines or none. Refused where a place holds too little that is not promised to somebody else.

    Goods that a customer sends back are graded on their return, not here.
    """

    def do(session: Session, by: int, at: datetime) -> Reply:
        moves = [
            _move(session, line, f"lines.{number}", at) for number, line in enumerate(body.lines)
        ]
        numbers = actions.post(session, moves, by=by, at=at)
        shown = [_posted(move, number) for move, number in zip(moves, numbers, strict=True)]
        return created(told(PostedMoves(data=shown)), f"/api/v1/stock_moves/{numbers[0]}")

    return perform("stock.move", do)


def _move(session: Session, line: MoveLine, where: str, at: datetime) -> Move:
    actions.see_no_grade(line.status_from, line.status_to or line.status_from)
    item_id = line.item_id or naming.item_number(session, line.item or "", f"{where}.item")
    source = line.source_id or line.source or ""
    target = line.target_id or line.target or ""
    source_id, target_id = naming.ways(session, source, target, where)
    lot_id, serial_id = NONE, NONE
    if line.lot:
        lot = catalog.lot(
            session, item_id=item_id, code=line.lot, expires_on=line.expires_on, at=at
        )
        lot_id = lot.id
    if line.serial:
        serial_id = catalog.serial(session, item_id=item_id, code=line.serial, at=at).id
    return Move(
        item_id=item_id,
        source_id=source_id,
        target_id=target_id,
        quantity=line.quantity,
        reason=line.reason,
        lot_id=lot_id,
        serial_id=serial_id,
        status_from=line.status_from,
        status_to=line.status_to,
        reference=line.reference,
        note=line.note,
        allocation_id=line.allocation_id,
    )


def _posted(move: Move, number: int) -> Posted:
    return Posted(
        id=number,
        item_id=move.item_id,
        source_id=move.source_id,
        target_id=move.target_id,
        quantity=move.quantity,
        lot_id=move.lot_id,
        serial_id=move.serial_id,
        status_from=move.status_from.value,
        status_to=move.status_after.value,
        reason=move.reason.value,
        reference=move.reference,
        note=move.note,
    )
