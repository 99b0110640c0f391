"""The six steps from an empty house to the first scan, each checked off from what is really there."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import format_number, ngettext
from flask_babel import gettext as _

from wms.desk.queries import House
from wms.desk.web.blueprint import may_open


@dataclass(frozen=True)
class Step:
    """One step: what it is, how it stands, and the one thing to do about it; `url` is None where others must do it."""

    title: str
    says: str
    label: str
    url: str | None
    is_done: bool


def steps(house: House) -> list[Step]:
    """Return the steps in the order in which they make sense; any other order works too."""
    return [
        _warehouse(house),
        _bins(house),
        _items(house),
        _stock(house),
        _people(house),
        _tablet(house),
    ]


def _warehouse(house: House) -> Step:
    if not house.warehouses:
        says = _("A name, a time zone, and when you work. Trucks and shifts go by its clock.")
        return _step(_("Warehouse"), says, _("Open one"), "bins.warehouses", is_done=False)
    names = ", ".join(f"{one.name} ({one.time_zone})" for one in house.warehouses[:3])
    return _step(_("Warehouse"), names, _("Look"), "bins.warehouses", is_done=True)


def _bins(house: House) -> Step:
    if not house.bins:
        says = _(
            "A few numbers make all bins of a floor, with their places and the ways between them."
        )
        return _step(_("Bins"), says, _("Build a floor"), "bins.layout", is_done=False)
    says = ngettext("%(n)s bin", "%(n)s bins", house.bins, n=format_number(house.bins))
    if house.aisles:
        aisles = format_number(house.aisles)
        says = f"{says}, {ngettext('%(n)s aisle', '%(n)s aisles', house.aisles, n=aisles)}"
    return _step(_("Bins"), f"{says}.", _("Look"), "bins.bins", is_done=True)


def _items(house: House) -> Step:
    if not house.items:
        says = _("What you sell, with its barcodes: from a CSV or XLSX file, or one by one.")
        return _step(_("Items"), says, _("Bring a file"), "catalog.import_items", is_done=False)
    says = ngettext("%(n)s item.", "%(n)s items.", house.items, n=format_number(house.items))
    if not house.bare_items:
        return _step(_("Items"), says, _("Look"), "catalog.items", is_done=True)
    bare = format_number(house.bare_items)
    missing = ngettext(
        "%(n)s has no barcode yet.", "%(n)s have no barcode yet.", house.bare_items, n=bare
    )
    label = _("Fix %(n)s", n=bare)
    return _step(_("Items"), f"{says} {missing}", label, "catalog.items", is_done=True, view="bare")


def _stock(house: House) -> Step:
    if not house.units:
        says = _(
            "What lies in which bin today, from a CSV or XLSX file. Every move is in the book from then on."
        )
        return _step(
            _("Opening stock"), says, _("Bring a file"), "stock.import_stock", is_done=False
        )
    units = ngettext("%(n)s unit", "%(n)s units", house.units, n=format_number(house.units))
    places = ngettext(
        "in %(n)s place",
        "in %(n)s places",
        house.filled_places,
        n=format_number(house.filled_places),
    )
    return _step(
        _("Opening stock"), f"{units} {places}.", _("Look"), "stock.inventory", is_done=True
    )


def _people(house: House) -> Step:
    if house.people < 2:  # noqa: PLR2004 - the first admin alone
        says = _("Everybody who scans gets a badge. Roles say what it opens.")
        return _step(
            _("People and badges"), says, _("Add somebody"), "people.new_person", is_done=False
        )
    says = ngettext("%(n)s person.", "%(n)s people.", house.people, n=format_number(house.people))
    missing = (
        ngettext(
            "%(n)s has no badge yet.",
            "%(n)s have no badge yet.",
            house.badgeless,
            n=format_number(house.badgeless),
        )
        if house.badgeless
        else _("Everybody has a badge.")
    )
    return _step(
        _("People and badges"), f"{says} {missing}", _("Look"), "people.people", is_done=True
    )


def _tablet(house: House) -> Step:
    if not house.tablets:
        says = _(
            "It shows a picture and a code; the tablet scans it. Three test scans then set up its scanner."
        )
        return _step(_("A tablet"), says, _("Show a code"), "stations.new_device", is_done=False)
    says = ngettext(
        "%(n)s tablet.", "%(n)s tablets.", house.tablets, n=format_number(house.tablets)
    )
    return _step(_("A tablet"), says, _("Look"), "stations.devices", is_done=True)


def _step(
    title: str, says: str, label: str, endpoint: str, *, is_done: bool, **filters: Any
) -> Step:
    url = url_for(endpoint, **filters) if may_open(endpoint) else None
    return Step(title, says, label, url, is_done)
