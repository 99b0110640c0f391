"""What surrounds every page: the way to the other pages, and who is here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _

from wms.desk.queries import Waits, waits
from wms.kernel.actor import Actor
from wms.kernel.services import services
from wms.kernel.words import current_language
from wms.people.policy import EVERYBODY, LEADS, Role

WITHIN: Mapping[str, tuple[str, ...]] = {
    "desk.orders": (
        "desk.order",
        "orders.new_order",
        "orders.new_hold",
        "orders.edit_address",
        "orders.edit_lines",
        "orders.choose_orders",
    ),
    "desk.waves": ("desk.wave", "waves.new", "waves.propose"),
}
"""By entry, the pages of other slices, or about one thing, that belong to it."""

SLICES = (
    "catalog",
    "bins",
    "stock",
    "moving",
    "counting",
    "printing",
    "stations",
    "shipping",
    "returns",
)
"""Slices all of whose pages belong to their entry."""


@dataclass(frozen=True)
class Entry:
    """One page in the side bar: its name, where it is, its icon, the letter after "G", and for whom it stands there."""

    label: str
    endpoint: str
    icon: str
    key: str
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Link:
    """An entry as the template shows it."""

    label: str
    url: str
    icon: str
    key: str
    active: bool
    endpoint: str


@dataclass(frozen=True)
class Group:
    """Entries that belong together; the first group needs no title."""

    title: str
    entries: list[Link]


def around_every_page() -> dict[str, Any]:
    """Return what the layout shows besides the page itself."""
    somebody: Actor | None = g.get("actor")
    return {
        "lang": current_language(),
        "me": somebody,
        "nav": _groups(somebody) if somebody else [],
        "side_figures": _waits,
    }


def _waits() -> Mapping[str, Waits]:
    """Return by endpoint what waits; asked only by frames that show it, which those of the floor do not."""
    with services().database.read() as session:
        return waits(session)


def _groups(somebody: Actor) -> list[Group]:
    plan = (
        (
            "",
            (
                Entry(_("Start"), "desk.start", "start", "S", EVERYBODY),
                Entry(_("Orders"), "desk.orders", "orders", "O", EVERYBODY),
                Entry(_("Review"), "desk.review", "shield", "R", LEADS),
                Entry(_("Waves"), "desk.waves", "waves", "W", EVERYBODY),
                Entry(_("Shipments"), "shipping.shipments", "packing", "H", EVERYBODY),
                Entry(_("Returns"), "returns.returns", "returns", "Y", EVERYBODY),
                Entry(_("Floor"), "floor.floor", "tablet", "F", EVERYBODY),
                Entry(_("Exceptions"), "desk.exceptions", "flag", "E", LEADS),
            ),
        ),
        (
            _("Stock"),
            (
                Entry(_("Items"), "catalog.items", "items", "I", EVERYBODY),
                Entry(_("Bins"), "bins.bins", "bins", "L", EVERYBODY),
                Entry(_("Stock moves"), "stock.moves", "moves", "M", EVERYBODY),
                Entry(_("Moves to do"), "moving.tasks", "next", "T", EVERYBODY),
                Entry(_("Counts"), "counting.counts", "counts", "C", LEADS),
            ),
        ),
        (
            _("House"),
            (
                Entry(_("Printers"), "printing.printers", "printer", "K", EVERYBODY),
                Entry(_("Devices"), "stations.devices", "tablet", "D", LEADS),
                Entry(_("People"), "people.people", "people", "U", LEADS),
                Entry(_("Audit"), "people.audit", "audit", "A", LEADS),
                Entry(_("For machines"), "api_docs", "keyboard", "X", (Role.ADMIN,)),
            ),
        ),
    )
    groups = [
        (title, [entry for entry in entries if somebody.has_any(frozenset(entry.roles))])
        for title, entries in plan
    ]
    return [
        Group(title, [_link(entry) for entry in entries]) for title, entries in groups if entries
    ]


def _link(entry: Entry) -> Link:
    slice_name = entry.endpoint.split(".")[0]
    active = request.endpoint in {entry.endpoint, *WITHIN.get(entry.endpoint, ())} or (
        request.blueprint == slice_name and slice_name in SLICES
    )
    return Link(entry.label, url_for(entry.endpoint), entry.icon, entry.key, active, entry.endpoint)
