"""All cause and effect in one place: which reaction waits for which fact, what happens by the clock, what must hold.

A new process adds its lines here; nothing else in the house knows which processes there are.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from wms.bins import imports as bins_file
from wms.bins import invariants as bins
from wms.bins import queries as bin_queries
from wms.bins.lifecycle import LPN
from wms.cases import actions as cases
from wms.cases.alerts import MAIL
from wms.cases.events import CaseOpened
from wms.cases.lifecycle import LIFECYCLE as CASE
from wms.cases.worker import mailer
from wms.catalog import imports as products
from wms.catalog import invariants as catalog
from wms.catalog import queries as catalog_queries
from wms.channels import imports as orders_file
from wms.channels import returning as channels_returning
from wms.codes import invariants as codes
from wms.codes.queries import Kind
from wms.counting import actions as counting
from wms.counting import invariants as counting_invariants
from wms.counting import queries as count_queries
from wms.counting import rules as counting_rules
from wms.counting.lifecycle import LIFECYCLE as COUNT
from wms.counting.process import COUNTING
from wms.floor import invariants as floor
from wms.floor.process import Floor, LookUp, Process, Stranger
from wms.kernel import commands, deliveries
from wms.kernel import invariants as kernel
from wms.kernel.call_lifecycle import LIFECYCLE as CALL
from wms.kernel.calls import Call
from wms.kernel.courier import Reaction, TakeOver, Work
from wms.kernel.decisions import Rule
from wms.kernel.events import DeliveryDied, Event, OutboxCallDied, OutboxCallDone
from wms.kernel.importing import Importer
from wms.kernel.inbox import LIFECYCLE as MESSAGE
from wms.kernel.invariants import Invariant
from wms.kernel.lifecycle import Lifecycle
from wms.kernel.schedule import Job
from wms.kernel.settings import Settings
from wms.moving import actions as moving
from wms.moving import invariants as moving_invariants
from wms.moving import queries as move_queries
from wms.moving import rules as moving_rules
from wms.moving.events import MoveTaskEnded, UnitsMissing
from wms.moving.lifecycle import LIFECYCLE as MOVE
from wms.moving.process import MOVING
from wms.orders import actions as orders
from wms.orders import invariants as orders_invariants
from wms.orders import queries as order_queries
from wms.orders.events import (
    FulfillmentBackordered,
    FulfillmentCancelled,
    FulfillmentRevoked,
    FulfillmentShipped,
    HoldClosed,
    HoldOpened,
    OrderChanged,
)
from wms.orders.lifecycle import FO, HOLD, ORDER, PAYMENT
from wms.orders.rules import checks as order_checks
from wms.orders.rules import routing as order_routing
from wms.orders.rules import ship_by as order_ship_by
from wms.packing import actions as packing
from wms.packing import invariants as packing_invariants
from wms.packing import queries as packing_queries
from wms.packing.events import (
    LabelAskedAgain,
    LabelNumberTyped,
    PackageReopened,
    PackageVoided,
    PackageWeighed,
)
from wms.packing.lifecycle import PACKAGE
from wms.packing.offering import told_of_void_label
from wms.packing.process import PACKING
from wms.packing.rules import boxes as packing_boxes
from wms.packing.slip import correct_slips
from wms.people import actions as people_actions
from wms.people import invariants as people
from wms.people import queries as people_queries
from wms.people.events import SignInBlocked
from wms.people.trail import Namers
from wms.picking import actions as picking
from wms.picking import invariants as picking_invariants
from wms.picking import queries as picking_queries
from wms.picking.cards import order_card
from wms.picking.lifecycle import RUN, TASK
from wms.picking.process import PICKING
from wms.printing import actions as printing
from wms.printing import invariants as printing_invariants
from wms.printing import queries as print_queries
from wms.printing import worker as printers
from wms.printing.lifecycle import LIFECYCLE as SHEET
from wms.returns import invariants as returns_invariants
from wms.returns import queries as return_queries
from wms.returns.lifecycle import LIFECYCLE as RETURN
from wms.returns.process import RETURNS
from wms.shipping import actions as shipping
from wms.shipping import invariants as shipping_invariants
from wms.shipping import queries as shipping_queries
from wms.shipping.cards import parcel_card
from wms.shipping.events import CarrierTold
from wms.shipping.gateway import Gateway
from wms.shipping.lifecycle import PURCHASE, TRACKING
from wms.shipping.process import LOADING
from wms.shipping.rules import rates as shipping_rates
from wms.shipping.worker import Buyer, Tracker, platform_calls
from wms.stations import invariants as stations
from wms.stations import queries as station_queries
from wms.stations.events import HelpCalled
from wms.stock import actions as stock
from wms.stock import imports as stock_file
from wms.stock import invariants as stock_invariants
from wms.stock import queries as stock_queries
from wms.stock import seals
from wms.stock.events import PromiseEnded, StockFound, StockFreed
from wms.stock.lifecycle import ALLOCATION
from wms.stock.rules import bins as stock_bins
from wms.waves import actions as waves
from wms.waves import invariants as waves_invariants
from wms.waves import queries as wave_queries
from wms.waves.lifecycle import WAVE
from wms.waves.rules import grouping as wave_grouping


def _open_case_of_guessing(session: Session, fact: SignInBlocked, by: int, at: datetime) -> None:
    cases.open_case(
        session,
        kind="guessing",
        subject="user",
        subject_id=fact.user_id,
        sentence="cases.guessing",
        values={"origin": fact.origin, "minutes": fact.minutes},
        by=by,
        at=at,
    )


def _open_case_of_help(session: Session, fact: HelpCalled, by: int, at: datetime) -> None:
    cases.open_case(
        session,
        kind="help",
        subject="device",
        subject_id=fact.device_id,
        sentence="cases.help",
        values={},
        by=by,
        at=at,
    )


def _open_case_of_dead_call(session: Session, fact: OutboxCallDied, by: int, at: datetime) -> None:
    cases.open_case(
        session,
        kind="dead_call",
        subject="outbox_call",
        subject_id=fact.outbox_call_id,
        sentence="cases.call_died",
        values={"kind": fact.kind, "key": fact.key},
        by=by,
        at=at,
    )


def _free_backorders(session: Session, fact: StockFreed, by: int, at: datetime) -> None:
    orders.free_backorders(
        session, warehouse_id=fact.warehouse_id, item_id=fact.item_id, by=by, at=at
    )


def _mend_promise(session: Session, fact: PromiseEnded, by: int, at: datetime) -> None:
    orders.mend(session, allocation_id=fact.allocation_id, by=by, at=at)


REACTIONS: Mapping[type[Event], Mapping[str, Reaction]] = {
    SignInBlocked: {"open a case of guessing": _open_case_of_guessing},
    HelpCalled: {"open a case of help": _open_case_of_help},
    OutboxCallDone: {"work in what the carrier platform answered": shipping.hear_platform},
    OutboxCallDied: {
        "open a case of a dead call": _open_case_of_dead_call,
        "tell that the carrier platform did not answer": shipping.miss_platform,
    },
    CaseOpened: {"mail what is urgent": cases.mail_if_urgent},
    DeliveryDied: {"mail that it died": cases.mail_of_dead_delivery},
    FulfillmentBackordered: {"leave the wave": waves.let_go},
    FulfillmentCancelled: {
        "leave the wave": waves.let_go,
        "see whether all has arrived": shipping.see_arrivals,
    },
    FulfillmentShipped: {
        "leave the wave": waves.let_go,
        "announce what comes back": channels_returning.announce_what_left,
    },
    StockFreed: {"orders: free backorders": _free_backorders},
    PromiseEnded: {"orders: see to broken promises": _mend_promise},
    FulfillmentRevoked: {
        "stop picking it": picking.stop_cancelled,
        "stop packing it": packing.stop_cancelled,
        "void its labels": shipping.stop_cancelled,
    },
    OrderChanged: {
        "label for the new address": shipping.wish_anew,
        "slip with the new address": correct_slips,
    },
    HoldOpened: {"stop picking it": picking.stop_held},
    HoldClosed: {
        "pick what is left": picking.pick_the_rest,
        "label what waited": shipping.wish_again,
    },
    PackageWeighed: {"see to its label": shipping.wish_for_label},
    LabelAskedAgain: {"see to its label": shipping.have_again},
    PackageReopened: {"see to its label": shipping.drop_label},
    PackageVoided: {"see to its label": shipping.drop_label},
    LabelNumberTyped: {"note its number": shipping.take_number},
    CarrierTold: {"read what a carrier told": shipping.hear_carrier},
    MoveTaskEnded: {
        "settle what is back": picking.settle_when_back,
        "packing: settle what is back": packing.settle_when_back,
    },
    StockFound: {"count what was found": counting.count_what_was_found},
    UnitsMissing: {"count what is missing": counting.count_what_is_missing},
}


URGENT = frozenset({"see to its label"})
"""Reactions that somebody stands and waits for: a packer at the bench, for a label.

What is weighed, opened and weighed again has one name, so that it is told in that order: a label that came late to be
dropped would be the new one.
"""

KEPT = timedelta(days=30)
"""How long the same key gets the same answer. What it did stays, and is never done again."""

CALLS: Mapping[str, Call] = {}
"""By name, outside calls that need no settings."""


@cache
def _platform(key: str, url: str, allow: tuple[str, ...]) -> Gateway:
    """Return the one way to the carrier platform: all who ask with a key share what a minute allows."""
    return Gateway(key, url, allow=allow)


def _shippo(settings: Settings) -> Gateway | None:
    key = settings.shippo_api_key.get_secret_value()
    return _platform(key, settings.shippo_url, tuple(settings.outbound_allow)) if key else None


def calls(settings: Settings) -> Mapping[str, Call]:
    """Return, by name, how outside calls are made."""
    mail = mailer(settings.mail_url.get_secret_value(), settings.alert_to)
    grace = timedelta(seconds=settings.label_grace_seconds)
    return {**CALLS, MAIL: mail, **platform_calls(_shippo(settings), grace)}


def works(settings: Settings) -> Mapping[str, Work]:
    """Return, by the name of its lane, what reaches outside by itself: printers, carriers."""
    shippo = _shippo(settings)
    grace = timedelta(seconds=settings.label_grace_seconds)
    return {
        "labels": Buyer(shippo, grace).step,
        "parcels": Tracker(shippo).step,
        "printing-1": printers.step,
        "printing-2": printers.step,
        "printers": printers.watch,
    }


TAKE_OVERS: Mapping[str, TakeOver] = {
    "labels": lambda s, at: shipping.end_leases(s, at=at),
    "printing": lambda s, at: printing.end_leases(s, at=at),
}
"""By name, how what works had in hand is given back when the house died with it."""

SCHEDULE: Mapping[str, Job] = {
    "counting: give back counts that nobody does": Job(
        60, lambda s, by, at: counting.release_overdue(s, by=by, at=at)
    ),
    "counting: set right what came late": Job(
        60, lambda s, by, at: counting.correct_late(s, by=by, at=at)
    ),
    "kernel: put aside what waits behind the dead": Job(
        60, lambda s, _by, at: deliveries.park(s, at=at)
    ),
    "kernel: forget old answers": Job(600, lambda s, _by, at: commands.prune(s, before=at - KEPT)),
    "moving: give back moves that nobody does": Job(
        60, lambda s, by, at: moving.release_overdue(s, by=by, at=at)
    ),
    "orders: end holds whose time is over": Job(
        30, lambda s, by, at: orders.expire_holds(s, by=by, at=at)
    ),
    "orders: offer what lies free to who waits": Job(
        60, lambda s, by, at: orders.free_all_backorders(s, by=by, at=at)
    ),
    "people: close sessions that ran out": Job(300, people_actions.close_overdue),
    "people: forget old tries": Job(
        86_400, lambda s, _by, at: people_actions.forget_tries(s, at=at)
    ),
    "picking: give back trips that nobody walks": Job(
        60, lambda s, by, at: picking.give_back_overdue(s, by=by, at=at)
    ),
    "printing: report printers that are down": Job(
        15, lambda s, by, at: printing.report_printers(s, by=by, at=at)
    ),
    "shipping: look for purchases that are no label's": Job(
        86_400, lambda s, _by, at: shipping.look_daily(s, at=at)
    ),
    "shipping: read again what carriers told": Job(
        60, lambda s, by, at: shipping.hear_parked(s, by=by, at=at)
    ),
    "shipping: tell of purchases long in doubt": Job(
        60, lambda s, by, at: shipping.tell_of_long_doubts(s, by=by, at=at)
    ),
    "shipping: tell of labels whose box never left": Job(
        86_400, lambda s, by, at: shipping.tell_of_unused_labels(s, by=by, at=at)
    ),
    "shipping: tell of refunds that never come": Job(
        86_400, lambda s, by, at: shipping.tell_of_overdue_refunds(s, by=by, at=at)
    ),
    "stock: end promises that ran out": Job(30, lambda s, by, at: stock.expire(s, by=by, at=at)),
    "stock: seal the ledger": Job(5, seals.seal_on_time),
    "stock: set aside what expired": Job(
        900, lambda s, by, at: stock.retire_expired(s, by=by, at=at)
    ),
}

RULES: tuple[Rule, ...] = (
    stock_bins.ALLOCATE,
    order_checks.CHECK,
    order_routing.ROUTE,
    order_ship_by.SHIP_BY,
    wave_grouping.PLAN,
    moving_rules.SUGGEST,
    counting_rules.JUDGE,
    packing_boxes.CARTONIZE,
    shipping_rates.CHOOSE_AT_FIRST,
    shipping_rates.CHOOSE,
)

DIALOGUES: Mapping[str, Process] = {
    "picking": PICKING,
    "packing": PACKING,
    "moving": MOVING,
    "counting": COUNTING,
    "returns": RETURNS,
    "loading": LOADING,
}
"""What people do with a scanner, by name, in the order in which "Get work" asks."""

LOOK_UPS: Mapping[Kind, LookUp] = {Kind.ORDER: order_card, Kind.SHIPMENT: parcel_card}
"""Who tells what is behind a code of that kind, besides places and items, which the floor knows itself."""

STRANGERS: tuple[Stranger, ...] = (told_of_void_label,)
"""Who tells of a code that stands for nothing."""

FLOOR = Floor(DIALOGUES, LOOK_UPS, STRANGERS)

INVARIANTS: tuple[Invariant, ...] = (
    *kernel.INVARIANTS,
    kernel.facts_are_told(REACTIONS),
    kernel.decisions_stand(RULES),
    *codes.INVARIANTS,
    *people.INVARIANTS,
    *stations.INVARIANTS,
    *catalog.INVARIANTS,
    *bins.INVARIANTS,
    *printing_invariants.INVARIANTS,
    *stock_invariants.INVARIANTS,
    *moving_invariants.INVARIANTS,
    *counting_invariants.INVARIANTS,
    *orders_invariants.INVARIANTS,
    *waves_invariants.INVARIANTS,
    *picking_invariants.INVARIANTS,
    *packing_invariants.INVARIANTS,
    *shipping_invariants.INVARIANTS,
    *returns_invariants.INVARIANTS,
    *floor.INVARIANTS,
    floor.dialogues_name_a_process(DIALOGUES),
)

IMPORTERS: Mapping[str, Importer[Any]] = {
    "products": products.PRODUCTS,
    "bins": bins_file.BINS,
    "stock": stock_file.STOCK,
    "orders": orders_file.ORDERS,
}
"""By word, what `run.py import` takes in."""

NAMES: Namers = {
    "allocation": stock_queries.names,
    "item": catalog_queries.names,
    "box_type": catalog_queries.box_names,
    "location": bin_queries.names,
    "from_location": bin_queries.names,
    "to_location": bin_queries.names,
    "warehouse": bin_queries.warehouse_names,
    "zone": bin_queries.zone_names,
    "lane": bin_queries.lane_names,
    "print_job": print_queries.names,
    "outbox_call": shipping_queries.stray_names,
    "order": order_queries.names,
    "channel": order_queries.channel_names,
    "fo": order_queries.fo_names,
    "move_task": move_queries.names,
    "count_task": count_queries.names,
    "source": bin_queries.names,
    "target": bin_queries.names,
    "worker": people_queries.names,
    "package": packing_queries.names,
    "shipment": shipping_queries.names,
    "replaces": shipping_queries.names,
    "manifest": shipping_queries.manifest_names,
    "wave": wave_queries.names,
    "run": picking_queries.names,
    "return": return_queries.names,
    "user": people_queries.names,
    "device": station_queries.names,
    "from_device": station_queries.names,
    "next_device": station_queries.names,
    "reprint_of": print_queries.names,
    "station": station_queries.station_names,
}
"""By kind of thing, who knows their names: `names(session, ids)`. The audit page tells facts with them."""

LIFECYCLES: tuple[Lifecycle[Any, Any], ...] = (
    ORDER,
    PAYMENT,
    HOLD,
    FO,
    WAVE,
    RUN,
    TASK,
    PACKAGE,
    MOVE,
    COUNT,
    RETURN,
    ALLOCATION,
    LPN,
    SHEET,
    PURCHASE,
    TRACKING,
    CASE,
    CALL,
    MESSAGE,
)
"""Every life that a thing can have here. A page draws them."""
