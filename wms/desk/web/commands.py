"""Sheets of printed commands, one for each kind of work: what can be tapped on a tablet can be scanned as well."""

from collections.abc import Mapping

from flask import Response, abort
from flask_babel import gettext as _

from labels.designs.command_sheet import command_sheet
from wms.desk.web.blueprint import pages
from wms.floor.turn import Order
from wms.kernel import printouts
from wms.people.policy import LEADS, Role, allow

FIGURES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 25)
"""Quantities that are scanned instead of typed."""

EVERYWHERE = (
    Order.YES,
    Order.NO,
    Order.WORK,
    Order.MENU,
    Order.PAUSE,
    Order.HELP,
    Order.OUT,
)
HANDLING = (Order.UNDO, Order.SKIP, Order.DONE, Order.QUANTITY)
TROUBLE = (Order.SHORT, Order.EMPTY, Order.DAMAGED, Order.WRONG_ITEM, Order.UNREADABLE)

SHEETS: Mapping[Role, tuple[Order, ...]] = {
    Role.PICKER: (*HANDLING, Order.FULL, *TROUBLE, *EVERYWHERE),
    Role.RECEIVER: (*HANDLING, Order.DAMAGED, *EVERYWHERE),
}
"""Who needs which commands. Benches get theirs together with their pages."""


@pages.get("/commands/<role>.pdf")
@allow(*LEADS)
def commands(role: str) -> Response:
    """Give the sheet for a role: A4, or `?paper=letter`."""
    if role not in set(SHEETS):
        abort(404)
    captions = _captions()
    cards = [(f"WXC{order.upper()}", captions[order]) for order in SHEETS[Role(role)]]
    cards += [(f"WXCQ{figure}", str(figure)) for figure in FIGURES]
    title = _("Commands: %(role)s", role=_(role))
    return printouts.sheet(
        lambda paper: command_sheet(cards, title=title, paper=paper), name=f"commands-{role}"
    )


def _captions() -> Mapping[Order, str]:
    return {
        Order.UNDO: _("Undo the last scan"),
        Order.SKIP: _("Skip this stop"),
        Order.DONE: _("Done"),
        Order.FULL: _("Tote is full"),
        Order.SHORT: _("Not here, or fewer"),
        Order.EMPTY: _("Bin is empty"),
        Order.DAMAGED: _("Damaged"),
        Order.WRONG_ITEM: _("Another item is here"),
        Order.UNREADABLE: _("Code cannot be read"),
        Order.YES: _("Yes"),
        Order.NO: _("No"),
        Order.WORK: _("Get work"),
        Order.OUT: _("Sign out"),
        Order.MENU: _("Menu"),
        Order.PAUSE: _("Pause"),
        Order.HELP: _("Call somebody"),
        Order.QUANTITY: _("Type a number"),
    }
