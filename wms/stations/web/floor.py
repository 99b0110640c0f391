"""The floor's door: scan a badge on an enrolled tablet, type a PIN where the role asks for one."""

from datetime import timedelta

from flask import current_app, g, redirect, render_template, request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.codes.queries import Kind, kinds_of, normal
from wms.kernel.commands import HOUSE, Command, fresh_key
from wms.kernel.forms import back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.door import let_in, limiter, onward
from wms.people.policy import public
from wms.people.secret import hasher
from wms.people.sign_in import PinWanted, by_badge, by_pin
from wms.stations import actions
from wms.stations.here import device_here, enrolled_here, place_here
from wms.stations.web.pages import pages

SCANS = "60 per minute"
"""Badges scanned at one tablet: a shift change of thirty people, twice over."""

PIN_PATIENCE = timedelta(minutes=2)
"""How long after the badge its PIN is taken."""

FLOOR = "/floor"
"""Where whoever signs in at a tablet goes on."""

SCAN, PIN = "stations/floor_sign_in.html", "stations/pin.html"


class NoBadge(Refusal):
    """Something else than a badge was scanned."""

    sentence = "stations.no_badge"
    status = 422
    kept = False


class BadgeAgain(Refusal):
    """Between badge and PIN too much time went by, or it was another tablet."""

    sentence = "stations.badge_again"
    status = 422
    kept = False


@pages.get("/floor/sign-in")
@public()
def floor_sign_in() -> AnyResponse | str:
    """Ask for a badge."""
    if g.actor is not None:
        return redirect(onward(FLOOR))
    return render_template(SCAN, device=device_here(), sentence=None, next=onward(FLOOR), tone="")


@pages.post("/floor/sign-in")
@limiter.limit(SCANS)
@public()
def take_badge() -> AnyResponse | str:
    """Let in whoever carries the badge, or ask for the PIN that goes with it."""
    try:
        code = _badge_code(request.form.get("code", ""))
        found = by_badge(services(), code=code, place=place_here())
    except Refusal as refusal:
        return back(refusal, SCAN, device=device_here(), next=onward(FLOOR), tone="bad")
    if isinstance(found, PinWanted):
        return _ask_pin(found.badge_id, found.name)
    return let_in(redirect(onward(FLOOR), code=303), found)


@pages.post("/floor/sign-in/pin")
@limiter.limit(SCANS)
@public()
def take_pin() -> AnyResponse | str:
    """Let in whoever knows the PIN of the badge that was scanned here just now."""
    pin = request.form.get("pin", "")
    try:
        badge_id, name = _scanned(request.form.get("who", ""))
    except Refusal as refusal:
        return back(refusal, SCAN, device=device_here(), next=onward(FLOOR), tone="bad")
    try:
        opened = by_pin(services(), hasher(), badge_id=badge_id, pin=pin, place=place_here())
    except Refusal as refusal:
        who = _sealed(badge_id, name)
        return back(refusal, PIN, device=device_here(), next=onward(FLOOR), name=name, who=who)
    return let_in(redirect(onward(FLOOR), code=303), opened)


@pages.post("/floor/help")
@limiter.limit("6 per minute")
@public()
def call_help() -> AnyResponse | str:
    """Call somebody to this tablet."""
    device_id, now = enrolled_here().id, services().clock.now()
    by = g.actor.id if g.actor else HOUSE

    def do(session: Session) -> None:
        actions.call_help(session, device_id=device_id, by=by, at=now)

    act = Command("stations.call_help", fresh_key(), by, now, device_id=device_id)
    services().database.write(act, do)
    return render_template(SCAN, device=device_here(), next=onward(FLOOR), called=True, tone="good")


def _ask_pin(badge_id: int, name: str) -> str:
    who = _sealed(badge_id, name)
    return render_template(
        PIN, device=device_here(), name=name, who=who, next=onward(FLOOR), sentence=None
    )


def _badge_code(scanned: str) -> str:
    """Return a badge's code as it is compared. Raises NoBadge for whatever else was scanned."""
    if kinds_of(scanned) != frozenset({Kind.BADGE}):
        raise NoBadge
    return normal(scanned)


def _sealed(badge_id: int, name: str) -> str:
    """Return which badge was scanned, on which tablet and when, so that nobody can make it up."""
    now = services().clock.now().timestamp()
    told: str = _seal().dumps([badge_id, name, enrolled_here().id, now])
    return told


def _scanned(who: str) -> tuple[int, str]:
    try:
        badge_id, name, device_id, at = _seal().loads(who)
    except BadSignature:
        raise BadgeAgain from None
    now = services().clock.now().timestamp()
    if device_id != enrolled_here().id or now - at > PIN_PATIENCE.total_seconds():
        raise BadgeAgain
    return int(badge_id), str(name)


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="badge that was scanned")
