"""What machines may ask of the house as a whole: how it is, and whether its data keeps every promise."""

from datetime import datetime
from typing import Any

from flask import Response
from flask_openapi import Tag
from pydantic import BaseModel, Field

from wms.app import verifying
from wms.app.version import VERSION
from wms.kernel.blueprint import ApiBlueprint
from wms.kernel.edge import reply
from wms.kernel.fields import written
from wms.kernel.services import services
from wms.migrations.upgrade import current
from wms.people.policy import EVERYBODY, Role, allow
from wms.stock import seals

api = ApiBlueprint(
    "app_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="house", description="How the house is, and whether its data holds.")],
    abp_security=[{"token": []}],
)


class HeadShown(BaseModel):
    """The end of the ledger's chain of seals: write it down, and `verify --head` finds it again."""

    position: int = Field(description="How many moves are sealed.")
    hash: str


class StatusShown(BaseModel):
    """How the house is."""

    version: str
    step: str = Field(description="The step that its tables are at.")
    database: str
    at: datetime
    head: HeadShown


class PromiseShown(BaseModel):
    """One promise about the data, and the rows that break it."""

    invariant: str
    says: str
    rows: int = Field(description="How many rows were looked at.")
    broken: list[dict[str, Any]]
    more: bool = Field(default=False, description="Whether more rows break it than are named.")


class VerificationShown(BaseModel):
    """Whether the data keeps every promise."""

    clean: bool
    checked: list[PromiseShown]


@api.get("/status", summary="How the house is", responses={200: StatusShown})
@allow(*EVERYBODY, Role.MACHINE, scope="stock:read")
def status() -> Response:
    """Version, tables, and the head of the ledger."""
    house = services()
    with house.database.read() as session:
        head = seals.head(session)
    told = {
        "version": VERSION,
        "step": current(house.database),
        "database": "sqlite" if house.database.is_sqlite else "postgresql",
        "at": written(house.clock.now()),
        "head": {"position": head.position, "hash": head.hash},
    }
    return reply(told)


@api.get(
    "/verification", summary="Ask every promise about the data", responses={200: VerificationShown}
)
@allow(Role.ADMIN, scope="audit:read")
def verification() -> Response:
    """As `run.py verify` does, without the chain of seals. It reads every table, so ask it now and then, not often."""
    with services().database.read() as session:
        findings = list(verifying.ask(session, verifying.promises()))
    clean = not any(found.broken for found in findings)
    return reply({"clean": clean, "checked": [found.plain() for found in findings]})
