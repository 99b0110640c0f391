"""Types of boxes, for machines."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.catalog import actions, queries
from wms.catalog.api.blueprint import (
    READ,
    READERS,
    WRITE,
    WRITERS,
    Grams,
    Millimetres,
    Shown,
    api,
    told,
)
from wms.catalog.queries import BoxFacts
from wms.catalog.rules import WEIGHT_LIMIT_G
from wms.catalog.tables import BoxType
from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.fields import Body, Listing, Number, ShortWords
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.people.policy import allow

Empty = Annotated[int, Field(ge=0, le=WEIGHT_LIMIT_G, description="Weight of the empty box.")]


class BoxPath(Body):
    """Which type of box."""

    box_type_id: Number


class Boxes(Listing):
    """Which types of boxes to list."""

    archived: bool = False


class NewBox(Body):
    """A box that parcels may leave in. Sizes are inner sizes."""

    name: ShortWords
    length_mm: Millimetres
    width_mm: Millimetres
    height_mm: Millimetres
    weight_g: Empty
    max_weight_g: Grams = Field(description="Most that the packed box may weigh.")


class BoxChange(Body):
    """What is to be otherwise; what is left out stays."""

    name: ShortWords = ""
    length_mm: Millimetres = 1
    width_mm: Millimetres = 1
    height_mm: Millimetres = 1
    weight_g: Empty = 0
    max_weight_g: Grams = 1


class BoxShown(Shown):
    """A type of box."""

    id: int
    name: str
    length_mm: int
    width_mm: int
    height_mm: int
    weight_g: int
    max_weight_g: int
    created_at: datetime
    archived_at: datetime | None
    version: int


class BoxPage(Shown):
    """Some types of boxes."""

    data: list[BoxShown]
    next_cursor: str | None


@api.get("/box_types", summary="List types of boxes", responses={200: BoxPage})
@allow(*READERS, scope=READ)
def box_types(query: Boxes) -> Response:
    """In the order in which they were written down."""
    asked = queries.box_types(archived=query.archived)
    with services().database.read() as session:
        found = page(session, asked, by=[BoxType.id], limit=query.limit, cursor=query.cursor)
        shown = BoxPage(data=found.rows, next_cursor=found.next_cursor)
    return reply(told(shown))


@api.post("/box_types", summary="Write down a type of box", responses={201: BoxShown})
@allow(*WRITERS, scope=WRITE)
def create_box_type(body: NewBox) -> Response:
    """Its name is its own."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        facts = BoxFacts(**body.model_dump())
        box = actions.create_box_type(session, facts=facts, by=by, at=at)
        return created(_shown(box), f"/api/v1/box_types/{box.id}", box.version)

    return perform("catalog.create_box_type", do)


@api.get("/box_types/<int:box_type_id>", summary="One type of box", responses={200: BoxShown})
@allow(*READERS, scope=READ)
def box_type(path: BoxPath) -> Response:
    """Archived ones too."""
    with services().database.read() as session:
        box = queries.box_type(session, path.box_type_id)
        return reply(_shown(box), box.version)


@api.patch("/box_types/<int:box_type_id>", summary="Change a box", responses={200: BoxShown})
@allow(*WRITERS, scope=WRITE)
def edit_box_type(path: BoxPath, body: BoxChange) -> Response:
    """The version in If-Match must be the one it has."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        before = queries.box_facts_of(queries.box_type(session, path.box_type_id))
        facts = replace(before, **body.model_dump(exclude_unset=True))
        box = actions.edit_box_type(
            session, box_type_id=path.box_type_id, facts=facts, expected=expected, by=by, at=at
        )
        return versioned(_shown(box), box.version)

    return perform("catalog.edit_box_type", do)


@api.post(
    "/box_types/<int:box_type_id>/archive",
    summary="Take a type of box out of use",
    responses={200: BoxShown},
)
@allow(*WRITERS, scope=WRITE)
def archive_box_type(path: BoxPath) -> Response:
    """Parcels that left in it keep it."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        box = actions.archive_box_type(
            session, box_type_id=path.box_type_id, expected=expected, by=by, at=at
        )
        return versioned(_shown(box), box.version)

    return perform("catalog.archive_box_type", do)


@api.post(
    "/box_types/<int:box_type_id>/unarchive",
    summary="Put a type of box back into use",
    responses={200: BoxShown},
)
@allow(*WRITERS, scope=WRITE)
def unarchive_box_type(path: BoxPath) -> Response:
    """The version in If-Match must be the one it has."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        box = actions.unarchive_box_type(
            session, box_type_id=path.box_type_id, expected=expected, by=by, at=at
        )
        return versioned(_shown(box), box.version)

    return perform("catalog.unarchive_box_type", do)


def _shown(box: BoxType) -> object:
    return told(BoxShown.model_validate(box))
