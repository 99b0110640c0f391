"""What a code means, for machines: the same answer that a scan gets."""

from datetime import date
from typing import Annotated

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.catalog import queries
from wms.catalog.api.blueprint import CODES, READERS, Shown, api, told
from wms.codes.queries import Kind, Meaning, resolve, shown
from wms.kernel.edge import reply
from wms.kernel.fields import Body
from wms.kernel.refusal import NotFound
from wms.kernel.services import services
from wms.people.policy import allow


class NobodyKnows(NotFound):
    """The code means nothing here."""

    sentence = "catalog.nobody_knows"


class CodePath(Body):
    """A code as a scanner sends it; a slash may stand in it as it is."""

    code: Annotated[str, Field(min_length=1, max_length=4096)]


class Heard(Body):
    """What the scanner said beside it."""

    symbology: Annotated[str, Field(max_length=8)] = Field(
        default="", description="AIM identifier, as in `]C1`."
    )


class MeaningShown(Shown):
    """One thing that the code stands for, and what it says along with it."""

    kind: Kind
    id: int
    owner_id: int
    code: str
    units: int | None = Field(description="For an item: how many units one scan stands for.")
    lot: str | None
    serial: str | None
    expires_on: date | None
    weight_g: int | None


class Meanings(Shown):
    """Everything that the code stands for. Where there are several, people are asked."""

    data: list[MeaningShown]


@api.get("/codes/<path:code>", summary="What a code means", responses={200: Meanings})
@allow(*READERS, scope=CODES)
def code(path: CodePath, query: Heard) -> Response:
    """Badges and commands are told by kind, like everything else."""
    with services().database.read() as session:
        found = resolve(session, path.code, symbology=query.symbology or None)
        if not found:
            raise NobodyKnows(code=shown(path.code))
        return reply(told(Meanings(data=[_shown(session, meaning) for meaning in found])))


def _shown(session: Session, meaning: Meaning) -> MeaningShown:
    is_item = meaning.kind is Kind.ITEM
    return MeaningShown(
        kind=meaning.kind,
        id=meaning.target_id,
        owner_id=meaning.owner_id,
        code=meaning.code,
        units=queries.units_per_scan(session, meaning) if is_item else None,
        lot=meaning.lot,
        serial=meaning.serial,
        expires_on=meaning.expires_on,
        weight_g=meaning.weight_g,
    )
