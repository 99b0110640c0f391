"""Exceptions: everything that went wrong and waits for a person, whose it is, and what became of it."""

from datetime import datetime

from flask import render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.cases import actions
from wms.desk import queries
from wms.desk.web.blueprint import pages
from wms.desk.web.cases import OUTCOME_LONGEST, told
from wms.kernel.edge import actor, submit
from wms.kernel.forms import Form
from wms.kernel.services import services
from wms.people.policy import LEADS, allow
from wms.people.queries import names
from wms.people.tables import User, UserRole

ROWS = 50
LEADS_LISTED = 100
"""Most people in the list of those who could look after a case."""


@pages.get("/exceptions")
@allow(*LEADS)
def exceptions() -> str:
    """List open cases, of all or one's own."""
    is_mine, cursor = request.args.get("view") == "mine", request.args.get("cursor")
    me = actor().id
    with services().database.read() as session:
        found = queries.open_cases(session, mine=me if is_mine else None, limit=ROWS, cursor=cursor)
        rows = list(zip(found.rows, told(session, found.rows), strict=True))
        people = names(session, {one.assigned_to for one in found.rows if one.assigned_to})
        leads = _leads(session)
        counts = queries.open_counts(session, me)
    view = "mine" if is_mine else None
    return render_template(
        "desk/exceptions.html",
        rows=rows,
        counts=counts,
        people=people,
        leads=leads,
        is_mine=is_mine,
        me_id=me,
        next_url=url_for("desk.exceptions", view=view, cursor=found.next_cursor)
        if found.next_cursor
        else None,
        first_url=url_for("desk.exceptions", view=view) if cursor else None,
    )


@pages.post("/exceptions/<int:case_id>/assign")
@allow(*LEADS)
def assign_case(case_id: int) -> AnyResponse:
    """Let somebody look after a case."""
    form = Form(request.form)
    user_id = form.whole("user_id", least=1, most=2**53 - 1)
    form.check()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.assign(session, case_id=case_id, user_id=user_id or by, by=by, at=at)
        return url_for("desk.exceptions")

    return submit("cases.assign", do)


@pages.post("/exceptions/<int:case_id>/release")
@allow(*LEADS)
def release_case(case_id: int) -> AnyResponse:
    """Give a case back, for somebody else to take."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.release(session, case_id=case_id, by=by, at=at)
        return url_for("desk.exceptions")

    return submit("cases.release", do)


@pages.post("/exceptions/<int:case_id>/close")
@allow(*LEADS)
def settle_case(case_id: int) -> AnyResponse:
    """Say what became of a case."""
    form = Form(request.form)
    outcome = form.text("outcome", longest=OUTCOME_LONGEST)
    form.check()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.close(session, case_id=case_id, outcome=outcome, by=by, at=at)
        return url_for("desk.exceptions")

    return submit("cases.close", do)


def _leads(session: Session) -> list[tuple[int, str]]:
    query = (
        select(User.id, User.name)
        .join(UserRole, UserRole.user_id == User.id)
        .where(UserRole.role.in_([str(role) for role in LEADS]), User.disabled_at.is_(None))
        .distinct()
        .order_by(User.name)
        .limit(LEADS_LISTED)
    )
    return [(number, name) for number, name in session.execute(query)]
