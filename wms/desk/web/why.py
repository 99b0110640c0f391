"""The stored "why" in words: what was weighed, what won, and why the others did not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import format_date, format_datetime, format_decimal
from flask_babel import gettext as _

from wms.kernel.decisions import Plain
from wms.kernel.tables import Decision
from wms.kernel.words import say

NEVER_SEEN = "–"

MM_A_METRE = 1_000


@dataclass(frozen=True)
class Names:
    """What items and parts of orders are called, by number."""

    items: Mapping[int, str]
    parts: Mapping[int, str]


@dataclass(frozen=True)
class Why:
    """One answer: a question, by which rule and when, and the candidates, the winner first."""

    id: str
    title: str
    decided: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def whys(decision: Decision, names: Names) -> Sequence[Why]:
    """Put a choice into words; one about several items gives one answer each."""
    tell = _TELLERS.get(decision.rule)
    return tell(decision, names) if tell else ()


def bin_why_id(decision_id: int, item_id: int) -> str:
    """Return under which id the page has the answer for an item."""
    return f"why-{decision_id}-{item_id}"


def _allocation(decision: Decision, names: Names) -> Sequence[Why]:
    weighed = {line["item"]: line for line in decision.inputs["lines"]}
    return [
        _of_item(decision, line, weighed[line["item"]], names) for line in decision.choice["lines"]
    ]


def _of_item(decision: Decision, chosen: Plain, weighed: Plain, names: Names) -> Why:
    took, passed = dict(chosen["took"]), dict(chosen["passed"])
    order = list(took)
    bins = sorted(
        weighed["bins"], key=lambda one: order.index(one[0]) if one[0] in took else len(order)
    )
    name = names.items.get(chosen["item"], str(chosen["item"]))
    codes = [one[1] for one in bins if one[0] in took]
    rows = [_bin(one, took.get(one[0], 0), passed.get(one[0], "")) for one in bins]
    if chosen["short"]:
        nobody = _("%(units)s of %(all)s units", units=chosen["short"], all=chosen["quantity"])
        missing = (
            _("nowhere"),
            NEVER_SEEN,
            NEVER_SEEN,
            NEVER_SEEN,
            _("Short: %(units)s", units=nobody),
        )
        rows = [*rows[:1], missing, *rows[1:]] if took else [missing, *rows]
    return Why(
        bin_why_id(decision.id, chosen["item"]),
        _which_bins(codes, name),
        _decided(decision),
        [_("Bin"), _("Free"), _("Expires"), _("Walk"), _("Outcome")],
        rows,
    )


def _which_bins(codes: Sequence[str], item: str) -> str:
    if not codes:
        return str(_("Why nothing of %(item)s?", item=item))
    if len(codes) > NAMED:
        return str(_("Why these %(count)s bins?", count=len(codes)))
    return str(_("Why %(bins)s?", bins=", ".join(codes)))


NAMED = 2
"""More bins than these are told by their number."""


def _bin(weighed: Sequence[object], took: int, reason: str) -> Sequence[str]:
    _balance, code, free, expires_on, is_pick_face, way = weighed
    face = _("pick face") if is_pick_face else ""
    until = (
        format_date(date.fromisoformat(str(expires_on)), _("d MMM y")) if expires_on else NEVER_SEEN
    )
    outcome = (
        _("Chosen: %(units)s", units=took) if took else say(f"desk.passed_{reason or 'not_needed'}")
    )
    walk = f"{format_decimal(round(_whole(way) / MM_A_METRE))} m" if way is not None else NEVER_SEEN
    return [f"{code} ({face})" if face else str(code), str(free), until, walk, outcome]


def _whole(value: object) -> int:
    return int(str(value))


def _ship_by(decision: Decision, names: Names) -> Sequence[Why]:
    zone = ZoneInfo(decision.inputs["zone"])
    chosen, carrier = decision.choice["ship_by"], decision.inputs["carrier"]
    when = _moment(chosen, zone) if chosen else _("never")
    part = names.parts.get(decision.subject_id, "")
    rows = [(when, say(f"desk.ship_by_{decision.choice['why']}"))]
    rows += [
        (format_date(date.fromisoformat(day), _("d MMM y")), say(f"desk.truck_{reason}"))
        for day, reason in decision.choice["passed"]
    ]
    title = _("Why %(when)s for %(part)s?", when=when, part=part)
    lane = _("Truck of %(carrier)s", carrier=carrier) if carrier else _("End of the day")
    return [Why(f"why-{decision.id}", title, _decided(decision), [lane, _("Outcome")], rows)]


def _check(decision: Decision, _names: Names) -> Sequence[Why]:
    holds = dict(decision.choice["holds"])
    is_accepted = decision.choice["accepted"]
    title = _("Why is it held?") if holds else _("Why did it go on?")
    if not is_accepted:
        title = _("Why is it not accepted?")
    rows = [
        (_("The order"), "", say("desk.check_accepted" if is_accepted else "desk.check_stopped"))
    ]
    rows += [
        (say(f"desk.looked_{kind}"), found, _stopped(holds.get(kind)))
        for kind, found in _looked(decision.inputs).items()
    ]
    columns = [_("Looked at"), _("Found"), _("Outcome")]
    return [Why(f"why-{decision.id}", title, _decided(decision), columns, rows)]


def _looked(inputs: Plain) -> Mapping[str, str]:
    missing = ", ".join(say(f"desk.field_{name}") for name in inputs["missing"])
    wishes = inputs["personalised"]
    return {
        "address": _("missing: %(fields)s", fields=missing) if missing else _("whole"),
        "payment": say(f"orders.payment_{inputs['payment']}"),
        "fraud": say(f"desk.risk_{inputs['risk']}") if inputs["risk"] in RISKS else _("not told"),
        "personalisation": say("desk.wishes", {"n": wishes}) if wishes else _("none"),
    }


RISKS = ("low", "medium", "high")


def _stopped(step: str | None) -> str:
    return str(_("Stops %(step)s", step=say(f"orders.step_{step}")) if step else _("Goes on"))


def _route(decision: Decision, _names: Names) -> Sequence[Why]:
    chosen, passed = decision.choice["warehouse"], dict(decision.choice["passed"])
    houses = sorted(decision.inputs["warehouses"], key=lambda one: one["id"] != chosen)
    wanted = [units for _, units in decision.inputs["wanted"]]
    rows = [
        (
            house["code"],
            _lines_there(house["free"], wanted),
            say(
                f"desk.route_{decision.choice['why']}"
                if house["id"] == chosen
                else f"desk.route_{passed[house['id']]}"
            ),
        )
        for house in houses
    ]
    title = _("Why %(warehouse)s?", warehouse=houses[0]["code"])
    columns = [_("Warehouse"), _("Lines it has"), _("Outcome")]
    return [Why(f"why-{decision.id}", title, _decided(decision), columns, rows)]


def _lines_there(free: Sequence[int], wanted: Sequence[int]) -> str:
    there = sum(units >= asked for units, asked in zip(free, wanted, strict=True))
    return str(_("%(there)s of %(all)s", there=there, all=len(wanted)))


def _plan(decision: Decision, names: Names) -> Sequence[Why]:
    """Tell which trip took the parts of this order, and who rides along."""
    runs = [run for run in decision.choice["runs"] if set(run["orders"]) & set(names.parts)]
    rows = [
        (
            say(f"desk.run_{run['kind']}"),
            say("desk.rides_along", {"n": len(run["orders"])}),
            str(run["aisles"]),
            say(f"desk.run_why_{run['why']}"),
        )
        for run in runs
    ]
    if not rows:
        return ()
    columns = [_("Run"), _("On it"), _("Aisles"), _("Outcome")]
    return [Why(f"why-{decision.id}", _("Why this run?"), _decided(decision), columns, rows)]


def _decided(decision: Decision) -> str:
    when = format_datetime(decision.decided_at, _("d MMM y, HH:mm:ss"))
    rule = say(f"rule.{decision.rule}")
    return str(_("%(when)s, by the rule “%(rule)s”", when=when, rule=rule))


def _moment(text: str, zone: ZoneInfo) -> str:
    at = datetime.fromisoformat(text).astimezone(zone)
    return str(format_datetime(at, _("d MMM y, HH:mm"), rebase=False))


_Tell = Callable[[Decision, Names], Sequence[Why]]

_TELLERS: Mapping[str, _Tell] = {
    "stock.allocate": _allocation,
    "orders.ship_by": _ship_by,
    "orders.check": _check,
    "orders.route": _route,
    "waves.plan": _plan,
}
"""By rule, who puts its choices into words."""
