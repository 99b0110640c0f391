"""The start page: what to do next in a new house, how the day stands and what waits for somebody in a running one."""

from zoneinfo import ZoneInfo

from flask import g, render_template

from wms.desk import queries
from wms.desk.queries.board import board
from wms.desk.web.blueprint import leads, pages
from wms.desk.web.cases import told
from wms.desk.web.steps import steps
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, allow
from wms.stock import queries as stock

MOVES = 8


@pages.get("/")
@allow(*EVERYBODY)
def start() -> str:
    """Show the steps that are left, the house in figures, and to leads what waits for them."""
    at = services().clock.now()
    with services().database.read() as session:
        house = queries.house(session)
        needs = queries.needs(session, at) if leads() else None
        ledger = queries.ledger(session)
        moves = stock.moves(session, stock.MoveAsked(), limit=MOVES).rows
        cases = told(session, needs.cases) if needs else []
        boards = [(one, board(session, one, at)) for one in house.warehouses] if leads() else []
        if house.warehouses:
            g.time_zone = ZoneInfo(house.warehouses[0].time_zone)
    listed = steps(house) if leads() else []
    return render_template(
        "desk/start.html",
        at=at,
        boards=boards,
        house=house,
        steps=listed,
        left=sum(not step.is_done for step in listed),
        next_step=next((step for step in listed if not step.is_done), None),
        needs=needs,
        cases=cases,
        ledger=ledger,
        moves=moves,
    )
