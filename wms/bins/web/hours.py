"""When a warehouse works: a form for the week, a line for each holiday."""

from collections.abc import Mapping
from datetime import date, datetime, time

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.bins import actions, queries
from wms.bins.actions import Shift
from wms.bins.web.blueprint import pages
from wms.bins.web.warehouses import kept
from wms.kernel.edge import expected_version
from wms.kernel.forms import Form
from wms.people.policy import LEADS, allow

DAYS = range(7)


@pages.post("/warehouses/<int:warehouse_id>/hours")
@allow(*LEADS)
def set_hours(warehouse_id: int) -> AnyResponse:
    """Set the week. A day without times is a day off; a week without times means around the clock."""
    form, version = Form(request.form), expected_version()
    week = {day: shift for day in DAYS if (shift := _shift(form, day))}

    def do(session: Session, by: int, at: datetime) -> str:
        rest = queries.holidays_of(session, warehouse_id)
        return _set(session, warehouse_id, week, rest, version, by, at)

    return kept("bins.set_hours", form, warehouse_id, do)


@pages.post("/warehouses/<int:warehouse_id>/holidays")
@allow(*LEADS)
def add_holiday(warehouse_id: int) -> AnyResponse:
    """Add a day on which the house rests."""
    form = Form(request.form)
    day, name = read_day(form, "day"), form.text("holiday")

    def do(session: Session, by: int, at: datetime) -> str:
        rest = {**queries.holidays_of(session, warehouse_id), day or date.min: name}
        week = queries.calendar_of(session, warehouse_id).week
        return _set(session, warehouse_id, week, rest, None, by, at)

    return kept("bins.set_hours", form, warehouse_id, do)


@pages.post("/warehouses/<int:warehouse_id>/holidays/remove")
@allow(*LEADS)
def remove_holiday(warehouse_id: int) -> AnyResponse:
    """Let the house work on that day again."""
    form = Form(request.form)
    day = read_day(form, "day")

    def do(session: Session, by: int, at: datetime) -> str:
        known = queries.holidays_of(session, warehouse_id)
        rest = {kept_day: name for kept_day, name in known.items() if kept_day != day}
        week = queries.calendar_of(session, warehouse_id).week
        return _set(session, warehouse_id, week, rest, None, by, at)

    return kept("bins.set_hours", form, warehouse_id, do)


def read_time(form: Form, name: str) -> time | None:
    """Read a time as the clock on the wall shows it; None where nothing was typed."""
    typed = form.raw(name).strip()
    if not typed:
        return None
    try:
        return time.fromisoformat(typed).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        form.wrong(name, "bins.time_unread")
        return None


def read_day(form: Form, name: str) -> date | None:
    """Read a day of the calendar."""
    try:
        return date.fromisoformat(form.raw(name).strip())
    except ValueError:
        form.wrong(name, "bins.day_unread")
        return None


def _shift(form: Form, day: int) -> Shift | None:
    opens, closes = read_time(form, f"opens_{day}"), read_time(form, f"closes_{day}")
    if (opens is None) != (closes is None):
        form.wrong(f"opens_{day}" if opens is None else f"closes_{day}", "bins.half_a_shift")
    return Shift(opens, closes) if opens is not None and closes is not None else None


def _set(  # noqa: PLR0917 - the facts of one act
    session: Session,
    warehouse_id: int,
    week: Mapping[int, Shift],
    holidays: Mapping[date, str],
    version: int | None,
    by: int,
    at: datetime,
) -> str:
    actions.set_hours(
        session,
        warehouse_id=warehouse_id,
        week=week,
        holidays=holidays,
        version=version,
        by=by,
        at=at,
    )
    return url_for("bins.warehouse", warehouse_id=warehouse_id, _anchor="hours")
