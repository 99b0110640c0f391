"""The audit page: who did what, when, from which device; and what was asked for and refused."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import render_template, request
from flask_babel import get_timezone
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE
from wms.kernel.events import Event
from wms.kernel.forms import seen_only
from wms.kernel.paging import Page
from wms.kernel.services import services
from wms.kernel.tables import StoredCommand, StoredEvent
from wms.kernel.words import say
from wms.people import trail
from wms.people.policy import LEADS, allow
from wms.people.tables import User, UserSession
from wms.people.told import act_in_words, fact_in_words, named, who
from wms.people.trail import Asked, Names
from wms.people.web.pages import namers, pages

ROWS = 50
PEOPLE_LISTED = 500
"""Most people in the filter's list; whoever has more searches by the person's page."""


@pages.get("/audit")
@allow(*LEADS)
def audit() -> str:
    """Show the trail, newest first."""
    shows_refused = request.args.get("show") == "refused"
    asked = _asked()
    with services().database.read() as session:
        cursor = request.args.get("cursor")
        found: Page[Any] = (
            trail.refusals(session, asked, limit=ROWS, cursor=cursor)
            if shows_refused
            else trail.facts(session, asked, limit=ROWS, cursor=cursor, newest_first=True)
        )
        names = trail.names_in(session, found.rows, namers())
        choices = _choices(session)
    lines = [_line(row, names) for row in found.rows]
    return render_template(
        "people/audit.html",
        lines=lines,
        next_cursor=found.next_cursor,
        shows_refused=shows_refused,
        asked=request.args,
        **choices,
    )


def _line(row: StoredEvent | StoredCommand, names: Names) -> dict[str, Any]:
    """Put one row of the trail into words."""
    said = fact_in_words(row, names) if isinstance(row, StoredEvent) else act_in_words(row)
    return {
        "at": row.occurred_at,
        "who": who(row, names),
        "device": named(names, "device", row.device_id) if row.device_id else "",
        "said": said,
    }


def _asked() -> Asked:
    day = _day(request.args.get("day", ""))
    return Asked(
        actor_id=_number("person"),
        device_id=_number("device"),
        subject=seen_only(request.args.get("thing", "")) or None,
        subject_id=_number("number"),
        since=day,
        until=day + timedelta(days=1) if day else None,
    )


def _number(field: str) -> int | None:
    said = request.args.get(field, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 15 else None  # noqa: PLR2004


def _day(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said).replace(tzinfo=get_timezone())
    except (ValueError, OverflowError):
        return None


def _choices(session: Session) -> Mapping[str, Any]:
    people = session.execute(
        select(User.id, User.name).order_by(User.name, User.id).limit(PEOPLE_LISTED)
    ).all()
    seen = session.scalars(
        select(UserSession.device_id).where(UserSession.device_id.is_not(None)).distinct()
    ).all()
    namer = namers().get("device")
    devices = sorted(namer(session, [device for device in seen if device]).items()) if namer else []
    things = sorted({(kind, say(f"thing.{kind}")) for kind in _subjects(Event)}, key=lambda t: t[1])
    house = (HOUSE, _("The house"))
    return {
        "people": [house, *((row.id, row.name) for row in people)],
        "devices": devices,
        "things": [(kind, words.removeprefix("thing.")) for kind, words in things],
    }


def _subjects(kind: type[Event]) -> set[str]:
    own = {kind.subject} if "subject" in kind.__dict__ else set()
    return own.union(*(_subjects(below) for below in kind.__subclasses__()))
