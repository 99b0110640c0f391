"""How machines scan: a bench's own scanner, a telephone, a simulated shift."""

from typing import Any

from flask import Response, jsonify
from flask_openapi import Tag
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from wms.floor.looking import look
from wms.floor.process import Worker
from wms.floor.sending import Sent, carry_out, floor
from wms.floor.turn import Order, Tone
from wms.floor.worded import answer, in_words
from wms.kernel.actor import Actor
from wms.kernel.blueprint import ApiBlueprint
from wms.kernel.edge import actor
from wms.kernel.fields import Body, Number
from wms.kernel.refusal import NotFound, Refusal
from wms.kernel.services import services
from wms.people import queries as people
from wms.people.policy import EVERYBODY, LEADS, Role, allow
from wms.stations import queries as stations

api = ApiBlueprint(
    "floor_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="floor", description="Scans: what people do with things.")],
    abp_security=[{"token": []}],
)

FOR_OTHERS = frozenset({*LEADS, Role.MACHINE})
"""Who may pass on what others scanned."""


class NobodyThere(Refusal):
    """A station's scanner scanned, and nobody is signed in there."""

    sentence = "floor.nobody_there"
    kept = False


class NotForOthers(Refusal):
    """Somebody scans in the name of somebody else."""

    sentence = "floor.not_for_others"
    status = 403
    kept = False


class NoSuchWorker(NotFound):
    """The person named does not work here."""

    sentence = "floor.no_such_worker"


class Scan(Sent):
    """One scan, one press of a button, or one number, of the person named or of whoever is at the station."""

    worker_id: Number | None = Field(
        default=None,
        description="Whose scan it is. Without it: the token's person, or who is signed in at the device's station.",
    )


class Whose(Body):
    """Whose screen is looked at."""

    worker_id: Number | None = Field(
        default=None, description="Without it: the token's person, or who is at the station."
    )


class ThingShown(BaseModel):
    """What is in hand or wanted."""

    name: str
    code: str
    picture: str | None
    more: list[str]


class AmountShown(BaseModel):
    """How many of how many."""

    done: int
    of: int


class ButtonShown(BaseModel):
    """What can be pressed: send `order`, and `quantity` where there is one."""

    order: Order
    label: str
    icon: str
    quantity: int | None
    under: str = Field(default="", description="What follows from it.")


class CheckShown(BaseModel):
    """One row of what is checked at a bench."""

    thing: ThingShown
    amount: AmountShown
    is_now: bool = Field(description="Whether it is what was scanned last.")


class FactShown(BaseModel):
    """One thing that a bench shows beside the work, or that is told at its end."""

    name: str = Field(description="Which: `box`, `weight`, `label`, `leaves`, `minutes` ...")
    label: str
    value: str
    tone: Tone


class BenchShown(BaseModel):
    """What a screen at a bench shows on both sides of the instruction."""

    checks: list[CheckShown]
    facts: list[FactShown]
    note: str = Field(description="For the gift card, or what the customer asked of us.")
    picture: str = Field(description="Address of the label's picture; empty where there is none.")
    scale: bool = Field(description="Whether the weight on the scale is shown as it changes.")


class NextShown(BaseModel):
    """What to do next."""

    process: str = Field(description="Empty at home, between two pieces of work.")
    step: str
    title: str
    verb: str
    target: str
    thing: ThingShown | None
    amount: AmountShown | None
    slot: str
    into: str
    came_from: str
    after: str
    progress: AmountShown | None
    buttons: list[ButtonShown]
    problems: list[ButtonShown]
    asks_quantity: bool
    bench: BenchShown | None
    waits: bool = Field(
        description="Whether something is under way that will change this by itself: look again soon."
    )
    facts: list[FactShown] = Field(description="What came of a piece of work that is over.")


class ScanAnswer(BaseModel):
    """What a scan was taken for, what came of it, and what comes next."""

    taken_for: str = Field(
        description="A kind of code, or `command`, `number`, `badge`, `several`, `unknown`."
    )
    say: str
    tone: Tone
    leaves: bool = Field(description="Whether the person pauses or signs out: show the door.")
    next: NextShown


@api.post("/scans", summary="Take a scan", responses={200: ScanAnswer})
@allow(*EVERYBODY, Role.MACHINE, scope="floor:write")
def take_scan(body: Scan) -> Response:
    """Any scan from any device. What stops it is a problem, and the person stands where they stood."""
    with services().database.read() as session:
        worker = worker_of(session, actor(), body.worker_id)
    told = carry_out(Sent(**body.model_dump(exclude={"worker_id"})), worker)
    response = jsonify(answer(told.value))
    if told.replayed:
        response.headers["Idempotent-Replayed"] = "true"
    return response


@api.get("/turn", summary="Look at the screen again", responses={200: NextShown})
@allow(*EVERYBODY, Role.MACHINE, scope="floor:write")
def look_again(query: Whose) -> Response:
    """What the person's screen shows now. Where `waits` is true, it changes by itself."""
    with services().database.read() as session:
        worker = worker_of(session, actor(), query.worker_id)
        turn = look(session, floor(), worker, services().clock.now())
    return jsonify(in_words(turn))


def worker_of(session: Session, somebody: Actor, worker_id: int | None) -> Worker:
    """Return whose scan it is. Raises NotForOthers, NoSuchWorker, NobodyThere."""
    if worker_id is not None and worker_id != somebody.id:
        if not somebody.has_any(FOR_OTHERS):
            raise NotForOthers
        return _person(session, worker_id, somebody.device_id)
    if not people.person(session, somebody.id).user.is_machine:
        return Worker(somebody.id, somebody.name, somebody.roles, somebody.device_id)
    return _person(session, _who_is_there(session, somebody.device_id), somebody.device_id)


def _person(session: Session, user_id: int, device_id: int | None) -> Worker:
    known = people.roles_of(session, [user_id])
    user: Any = people.person(session, user_id).user if user_id in known else None
    if user is None or user.is_machine or user.disabled_at is not None:
        raise NoSuchWorker(worker=user_id)
    return Worker(user.id, user.name, frozenset(map(str, known[user_id])), device_id)


def _who_is_there(session: Session, device_id: int | None) -> int:
    """Return who was last seen at the device or at another one of its station."""
    if device_id is None:
        raise NobodyThere
    places = {one.station_id for one in stations.bindings(session, device_ids=[device_id])}
    beside = {one.device_id for one in stations.bindings(session, station_ids=list(places))}
    on = people.on_devices(session)
    there = [on[number] for number in {device_id, *beside} if number in on]
    if not there:
        raise NobodyThere
    return max(there, key=lambda one: one.seen_at).user_id
