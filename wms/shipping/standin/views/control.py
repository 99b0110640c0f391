"""The strings of the puppet: troubles, the clock and the ledger. No part of the platform."""

from datetime import datetime
from typing import Any

from flask import Blueprint, jsonify

from wms.shipping.standin.faults import HANG_S, KINDS, PLACES, Fault
from wms.shipping.standin.platform import Refused, asked, platform
from wms.shipping.standin.store import Body

control = Blueprint("control", __name__)

PAID = frozenset({"SUCCESS", "QUEUED", "REFUNDREJECTED"})


@control.post("/faults")
def plant() -> Any:
    """Plant a trouble: `{kind, place?, times?, odds?, seconds?}`."""
    question = asked()
    fault = _fault(question)
    if fault.kind not in KINDS or fault.place not in PLACES:
        raise Refused({"kind": sorted(KINDS), "place": sorted(PLACES)})
    platform().faults.plant(fault)
    return planted(), 201


@control.get("/faults")
def planted() -> Any:
    """Tell which troubles are still to come."""
    return jsonify(faults=[vars(fault) for fault in platform().faults.planted()])


@control.delete("/faults")
def clear() -> Any:
    """Take all troubles away."""
    platform().faults.clear()
    return planted()


@control.put("/pace")
def pace() -> Any:
    """Set how long the platform thinks before and after it works: `{before_ms: [0, 60], after_ms: [0, 30]}`."""
    question, faults = asked(), platform().faults
    faults.before_ms = _between(question, "before_ms")
    faults.after_ms = _between(question, "after_ms")
    return jsonify(before_ms=faults.before_ms, after_ms=faults.after_ms)


@control.put("/clock")
def clock() -> Any:
    """Set what time it is in here: `{at}`, or null for the real time."""
    at = asked().get("at")
    try:
        read = datetime.fromisoformat(at) if at else None
    except (TypeError, ValueError) as trouble:
        raise Refused({"at": ["A time with its zone was expected."]}) from trouble
    if read is None:
        platform().store.drop("clock", "clock")
    else:
        platform().store.keep("clock", "clock", {"at": read.isoformat()})
    return jsonify(at=platform().now().isoformat())


@control.get("/ledger")
def ledger() -> Any:
    """Tell of every purchase, and what is owed for it: what a carrier's bill would say."""
    rows = platform().store.all("transaction")
    return jsonify(
        transactions=rows,
        count=len(rows),
        sold=sum(row["status"] != "ERROR" for row in rows),
        kept=sum(row["status"] in PAID for row in rows),
        given_back=sum(row["status"] in {"REFUNDPENDING", "REFUNDED"} for row in rows),
        charged_minor=sum(row["charged_minor"] for row in rows if row["status"] in PAID),
    )


def _fault(question: Body) -> Fault:
    try:
        return Fault(
            kind=str(question.get("kind")),
            place=str(question.get("place", "transactions")),
            times=int(question.get("times", 1)),
            odds=float(question.get("odds", 1)),
            seconds=float(question.get("seconds", HANG_S)),
        )
    except (TypeError, ValueError) as trouble:
        raise Refused({"times": ["A number was expected."]}) from trouble


def _between(question: Body, name: str) -> tuple[int, int]:
    try:
        least, most = question.get(name, (0, 0))
        return int(least), int(most)
    except (TypeError, ValueError) as trouble:
        raise Refused({name: ["Two numbers were expected."]}) from trouble
