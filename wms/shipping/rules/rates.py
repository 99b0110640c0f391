"""Which of the carriers' offers is taken: the cheapest that arrives when it was promised."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from wms.kernel.decisions import Plain, Rule

LONG = 999
"""Days, where a carrier does not say how many it takes: believed to be in time only where nothing was promised."""


class Why(StrEnum):
    """Why a rate was taken or passed over."""

    CHEAPEST = "cheapest"
    CHEAPEST_IN_TIME = "cheapest_in_time"
    NONE_IN_TIME = "none_in_time"
    """None arrives by the day that was promised: then the cheapest of all."""
    DEARER = "dearer"
    TOO_LATE = "too_late"
    OTHER_CARRIER = "other_carrier"
    OTHER_SERVICE = "other_service"
    OTHER_MONEY = "other_money"
    REFUSED_BEFORE = "refused_before"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Offer:
    """What one carrier asks for one service."""

    id: str
    carrier: str
    service: str
    amount_minor: int
    currency: str
    days: int | None
    token: str = ""


@dataclass(frozen=True)
class Wanted:
    """What the order asks of its carrier."""

    carriers: tuple[str, ...] = ()
    """One of these; none named: any."""
    service: str = ""
    """Taken by its name where a carrier offers it; otherwise any service does."""
    days_left: int | None = None
    """Until the day that was promised; None: nothing was."""
    refused: tuple[str, ...] = ()
    """`carrier/service` that did not sell us a label for this parcel before."""


def inputs(offers: Iterable[Offer], wanted: Wanted) -> Plain:
    """Return what is weighed, as it is kept."""
    return {
        "rates": [asdict(offer) for offer in offers],
        "carriers": list(wanted.carriers),
        "service": wanted.service,
        "days_left": wanted.days_left,
        "refused": list(wanted.refused),
    }


def name_of(carrier: str, service: str) -> str:
    """Return one carrier's service as it is remembered when it was refused."""
    return f"{carrier}/{service}"


def _choose(weighed: Plain) -> Plain:
    passed: dict[str, Why] = {}
    left = [Offer(**rate) for rate in weighed["rates"]]
    left = _keep(left, passed, Why.OTHER_CARRIER, _by_carrier(left, weighed["carriers"]))
    left = _keep(left, passed, Why.OTHER_MONEY, _in_one_money(left))
    return _among(left, weighed, passed)


def _choose_at_first(weighed: Plain) -> Plain:
    """Choose as the house did when it compared the money of carriers that nobody asked for."""
    passed: dict[str, Why] = {}
    left = [Offer(**rate) for rate in weighed["rates"]]
    left = _keep(left, passed, Why.OTHER_MONEY, _in_one_money(left))
    left = _keep(left, passed, Why.OTHER_CARRIER, _by_carrier(left, weighed["carriers"]))
    return _among(left, weighed, passed)


def _among(left: Sequence[Offer], weighed: Plain, passed: dict[str, Why]) -> Plain:
    gone = set(weighed["refused"])
    fresh = {o.id for o in left if name_of(o.carrier, o.service) not in gone}
    left = _keep(left, passed, Why.REFUSED_BEFORE, fresh)
    if named := _by_service(left, weighed["service"]):
        left = _keep(left, passed, Why.OTHER_SERVICE, named)
    if not left:
        return _told(None, Why.NOTHING, passed)
    return _best(left, weighed["days_left"], passed)


def _best(left: Sequence[Offer], days_left: int | None, passed: dict[str, Why]) -> Plain:
    if days_left is None:
        won, why = min(left, key=_by_price), Why.CHEAPEST
    elif in_time := [offer for offer in left if _days(offer) <= days_left]:
        won, why = min(in_time, key=_by_price), Why.CHEAPEST_IN_TIME
    else:
        won, why = min(left, key=_by_price), Why.NONE_IN_TIME
    for offer in left:
        if offer is not won:
            passed[offer.id] = _behind(offer, why, days_left)
    return _told(won.id, why, passed)


def _behind(offer: Offer, why: Why, days_left: int | None) -> Why:
    is_late = days_left is not None and _days(offer) > days_left
    return Why.TOO_LATE if is_late and why is Why.CHEAPEST_IN_TIME else Why.DEARER


def _told(rate_id: str | None, why: Why, passed: Mapping[str, Why]) -> Plain:
    return {
        "rate_id": rate_id,
        "why": why.value,
        "passed": {rate: reason.value for rate, reason in sorted(passed.items())},
    }


def _keep(
    left: Sequence[Offer], passed: dict[str, Why], why: Why, fit: Iterable[str]
) -> list[Offer]:
    fitting = set(fit)
    passed.update({offer.id: why for offer in left if offer.id not in fitting})
    return [offer for offer in left if offer.id in fitting]


def _by_carrier(left: Sequence[Offer], carriers: Sequence[str]) -> set[str]:
    names = {carrier.casefold() for carrier in carriers}
    return {offer.id for offer in left if not names or offer.carrier.casefold() in names}


def _in_one_money(left: Sequence[Offer]) -> set[str]:
    money = _most_common([offer.currency for offer in left])
    return {offer.id for offer in left if offer.currency == money}


def _by_service(left: Sequence[Offer], service: str) -> set[str]:
    name = service.casefold()
    return {o.id for o in left if name and name in (o.service.casefold(), o.token.casefold())}


def _days(offer: Offer) -> int:
    return LONG if offer.days is None else offer.days


def _by_price(offer: Offer) -> tuple[Any, ...]:
    return (offer.amount_minor, _days(offer), offer.carrier, offer.service, offer.id)


def _most_common(words: Sequence[str]) -> str:
    return min(set(words), key=lambda word: (-words.count(word), word), default="")


CHOOSE = Rule("shipping.choose_rate", 2, _choose)

CHOOSE_AT_FIRST = Rule("shipping.choose_rate", 1, _choose_at_first)
"""What was chosen by it is kept, and comes out the same again."""
