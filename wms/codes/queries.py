"""What a scan means. `Kind`, `normal` and `unfit` are handed on from here to every slice that has codes."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.codes.rules import Guess, Kind, guesses, kinds_of, normal, shown, unfit
from wms.codes.tables import CodeTarget
from wms.kernel.statements import Lookup

__all__ = [
    "Kind",
    "Meaning",
    "codes_of",
    "holders",
    "kinds_of",
    "normal",
    "resolve",
    "shown",
    "unfit",
]


@dataclass(frozen=True)
class Meaning:
    """One thing a scan can stand for, and what the code said along with it (None where it said nothing)."""

    kind: Kind
    owner_id: int
    target_id: int
    code: str
    lot: str | None = None
    serial: str | None = None
    expires_on: date | None = None
    quantity: int | None = None
    """How many pieces the code itself claims (GS1). What one scan of a case barcode counts for, catalog knows."""
    weight_g: int | None = None


class _Held(NamedTuple):
    """A code and what it stands for, in the order of `_HELD`."""

    code: str
    kind: str
    owner_id: int
    target_id: int


_HELD = Lookup(
    CodeTarget.code,
    lambda wanted: (
        select(CodeTarget.code, CodeTarget.kind, CodeTarget.owner_id, CodeTarget.target_id)
        .where(wanted)
        .order_by(CodeTarget.kind, CodeTarget.owner_id, CodeTarget.target_id)
    ),
)


def resolve(session: Session, text: str, *, symbology: str | None = None) -> tuple[Meaning, ...]:
    """Return everything a scan can mean here; nothing for what nobody knows.

    `symbology` is the AIM identifier that the scanner told beside the text, as in `]C1`. A bin `A-03-12` is found by
    its bare code and as `WXLA-03-12`; badges and commands only with their prefix.
    """
    found = guesses(text, symbology)
    session.flush()  # the statement runs straight on the driver
    rows = [_Held(*row) for row in _HELD.all(session, {guess.code for guess in found})]
    meanings: dict[tuple[str, int, int], Meaning] = {}
    for guess in found:
        for row in rows:
            if row.code == guess.code and row.kind in guess.kinds:
                meanings.setdefault((row.kind, row.owner_id, row.target_id), _meaning(row, guess))
    return tuple(meanings.values())


def holders(session: Session, code: str) -> tuple[Meaning, ...]:
    """Return everything that exactly this code stands for, of any kind and owner: whoever wants it must ask them."""
    query = select(CodeTarget).where(CodeTarget.code == normal(code)).order_by(CodeTarget.owner_id)
    reading = Guess(normal(code), frozenset(Kind))
    return tuple(_meaning(row, reading) for row in session.scalars(query))


def codes_of(session: Session, *, kind: Kind, target_id: int) -> tuple[str, ...]:
    """Return the codes of one thing as they were registered, oldest first, for labels and pages."""
    query = select(CodeTarget.written_as).where(
        CodeTarget.kind == kind, CodeTarget.target_id == target_id
    )
    return tuple(session.scalars(query.order_by(CodeTarget.id)))


def _meaning(row: CodeTarget | _Held, guess: Guess) -> Meaning:
    said = guess.carried
    return Meaning(
        kind=Kind(row.kind),
        owner_id=row.owner_id,
        target_id=row.target_id,
        code=row.code,
        lot=said.lot,
        serial=said.serial,
        expires_on=said.expires_on,
        quantity=said.quantity,
        weight_g=said.weight_g,
    )
