"""Which orders ride together: single units in shared totes, the others by cart, those that share aisles first.

Inputs and choices are plain JSON, so that every plan can be made again from what was kept of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from wms.kernel.decisions import Plain, Rule
from wms.waves.rules.walk import Place, aisle_of, route

UNITS_A_TOTE = 60
"""How much fits a tote while nobody has measured the goods."""

SINGLES_A_RUN = 40
"""Most single units on one trip: more make the walk so long that the packer waits."""

SINGLES_LEAST = 4
"""Fewer single units are not worth a trip of their own where a cart goes out anyway."""

SINGLES, CLUSTER = "singles", "cluster"


@dataclass(frozen=True)
class Order:
    """What one order wants: its promises as `[allocation, location, item, units]`."""

    fo_id: int
    promises: tuple[tuple[int, int, int, int], ...]
    units: int
    totes: int
    aisles: frozenset[tuple[int, int]]


def choose(inputs: Plain) -> dict[str, Any]:
    """Say which trips there are, who rides on each and why, and in which order it takes what."""
    places = {row[0]: Place(*row) for row in inputs["places"]}
    orders = [_order(row, places, inputs["units_a_tote"]) for row in inputs["orders"]]
    singles = [order for order in orders if order.units == 1]
    carts = [order for order in orders if order.units > 1]
    if carts and len(singles) < SINGLES_LEAST:
        singles, carts = [], orders
    runs = [*_singles(singles, places), *_clusters(carts, inputs["slots"])]
    return {"runs": [_said(kind, why, run, places, inputs) for kind, why, run in runs]}


PLAN = Rule("waves.plan", 1, choose)

Run = tuple[str, str, list[Order]]
"""Kind, why these orders, and the orders."""


def _order(row: Sequence[Any], places: dict[int, Place], units_a_tote: int) -> Order:
    fo_id, promises = row
    units = sum(units for *_, units in promises)
    aisles = frozenset(aisle_of(places[location]) for _, location, *_ in promises)
    whole = tuple((a, location, item, units) for a, location, item, units in promises)
    return Order(fo_id, whole, units, max(1, ceil(units / units_a_tote)), aisles)


def _singles(singles: Sequence[Order], places: dict[int, Place]) -> Iterator[Run]:
    """Cut the walk past all single units into trips of about the same length."""
    if not singles:
        return
    walk = {place.id: n for n, place in enumerate(_walk(singles, places))}
    along = sorted(singles, key=lambda order: (walk[order.promises[0][1]], order.fo_id))
    count = ceil(len(along) / SINGLES_A_RUN)
    for number in range(count):
        yield (
            SINGLES,
            "one_unit_each",
            along[len(along) * number // count : len(along) * (number + 1) // count],
        )


def _clusters(orders: Sequence[Order], slots: int) -> Iterator[Run]:
    """Fill cart by cart: the most urgent order left, then whoever adds the fewest aisles, until no tote fits."""
    waiting = list(orders)
    while waiting:
        first = waiting.pop(0)
        if first.totes >= slots:
            yield CLUSTER, "fills_a_cart", [first]
            continue
        run, free, aisles = [first], slots - first.totes, first.aisles
        while best := _nearest(waiting, free, aisles):
            waiting.remove(best)
            run.append(best)
            free, aisles = free - best.totes, aisles | best.aisles
        yield CLUSTER, "same_aisles" if len(run) > 1 else "rides_alone", run


def _nearest(
    waiting: Iterable[Order], free: int, aisles: frozenset[tuple[int, int]]
) -> Order | None:
    """Return who fits and adds the fewest aisles, then shares the most; among equals the most urgent, who is first."""
    fitting = (order for order in waiting if order.totes <= free)
    return min(
        fitting,
        key=lambda order: (len(order.aisles - aisles), -len(order.aisles & aisles)),
        default=None,
    )


def _walk(orders: Iterable[Order], places: dict[int, Place]) -> list[Place]:
    return route(places[location] for order in orders for _, location, *_ in order.promises)


def _said(
    kind: str, why: str, orders: Sequence[Order], places: dict[int, Place], inputs: Plain
) -> dict[str, Any]:
    walk = {place.id: n for n, place in enumerate(_walk(orders, places))}
    stops = [
        (walk[location], item, seat, allocation)
        for seat, order in enumerate(orders)
        for allocation, location, item, _ in order.promises
    ]
    shared = sum(order.units for order in orders)
    return {
        "kind": kind,
        "why": why,
        "orders": [order.fo_id for order in orders],
        "stops": [allocation for *_, allocation in sorted(stops)],
        "totes": max(1, ceil(shared / inputs["units_a_tote"]))
        if kind == SINGLES
        else sum(order.totes for order in orders),
        "aisles": len(frozenset().union(*(order.aisles for order in orders))),
    }
