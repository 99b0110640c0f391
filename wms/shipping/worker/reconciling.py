"""The questions to the carrier platform about what was bought with our key, and the money of strays asked back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from wms.kernel.call_lifecycle import Verb as CallVerb
from wms.kernel.calls import Call, Outcome
from wms.shipping.gateway import Bought, Gateway, NoAnswer, Purchase, Queued, Sold
from wms.shipping.strays import LOOK_BACK, MARGIN, PRICE, PURCHASES, REFUND, REFUND_STATE, Seen

Told = Mapping[str, Any]

Ask = Callable[[Gateway, Told], dict[str, Any]]

NO_KEY = "no key for the carrier platform is set"

NOTHING = {"looked": 0, "ours": 0, "young": 0, "over": 0, "unread": 0, "is_last": True, "seen": []}
"""What a house without a key knows of: it bought nothing."""


def platform_calls(gateway: Gateway | None, grace: timedelta) -> Mapping[str, Call]:
    """Return, by kind, how the platform is asked. All may be asked twice: a label is given back once."""
    asked: Mapping[str, Ask] = {
        PURCHASES: partial(_purchases, grace),
        REFUND: _refund,
        REFUND_STATE: _refund_state,
        PRICE: _price,
    }
    return {
        kind: Call(partial(_made, gateway, kind, ask), is_repeatable=True)
        for kind, ask in asked.items()
    }


def _made(gateway: Gateway | None, kind: str, ask: Ask, _key: str, told: Told) -> Outcome:
    if gateway is None:
        nothing = Outcome(CallVerb.OK, NOTHING)
        return nothing if kind == PURCHASES else Outcome(CallVerb.RETRYABLE, trouble=NO_KEY)
    try:
        return Outcome(CallVerb.OK, ask(gateway, told))
    except NoAnswer as trouble:
        return Outcome(CallVerb.RETRYABLE, trouble=trouble.reason)


def _purchases(grace: timedelta, gateway: Gateway, told: Told) -> dict[str, Any]:
    """Ask for one page, and keep what carries our mark, cost money and is old enough to be judged."""
    sold = gateway.sold(told["page"])
    at = datetime.fromisoformat(told["at"])
    since, until = at - LOOK_BACK, at - grace - MARGIN
    recent = [one for one in sold.purchases if one.created_at is None or one.created_at >= since]
    ours = [one for one in recent if one.uid]
    settled = [one for one in ours if one.created_at is None or one.created_at <= until]
    queued = sum(isinstance(one.outcome, Queued) for one in settled)
    seen = list(_paid(settled))
    return {
        "looked": len(recent),
        "ours": len(ours),
        "young": len(ours) - len(settled) + queued,
        "over": len(settled) - queued - len(seen),
        "unread": sold.unread,
        "is_last": sold.is_last or _is_all_before(sold, since),
        "seen": seen,
    }


def _is_all_before(sold: Sold, since: datetime) -> bool:
    """Tell whether everything after this page is older still: only where the page itself comes newest first."""
    made = [one.created_at for one in sold.purchases if one.created_at is not None]
    falls = made == sorted(made, reverse=True) and len(set(made)) > 1
    return falls and len(made) == len(sold.purchases) and made[0] < since


def _paid(purchases: Iterable[Purchase]) -> Iterable[dict[str, Any]]:
    """Yield what was paid for and not given back, as it is kept until it is judged."""
    for one in purchases:
        if not isinstance(one.outcome, Bought) or one.outcome.refund is not None:
            continue
        bought = one.outcome
        price = asdict(one.price) if one.price else {}
        yield asdict(
            Seen(
                transaction_id=bought.transaction_id,
                uid=one.uid,
                rate_id=one.rate_id,
                number=bought.tracking_number,
                has_moved=one.has_moved,
                **price,
            )
        )


def _refund(gateway: Gateway, told: Told) -> dict[str, Any]:
    refund = gateway.refund(told["transaction_id"])
    return {"state": refund.state, "said": "; ".join(refund.messages)}


def _refund_state(gateway: Gateway, told: Told) -> dict[str, Any]:
    outcome = gateway.get(told["transaction_id"])
    refund = outcome.refund if isinstance(outcome, Bought) else None
    return {"state": refund or "", "said": ""}


def _price(gateway: Gateway, told: Told) -> dict[str, Any]:
    """Ask what a label cost. Its case stands without that: nobody is asked a second time, and no call dies of it."""
    try:
        price = gateway.price(told["rate_id"])
    except NoAnswer:
        return {}
    return asdict(price) if price else {}
