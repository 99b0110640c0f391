"""What stops a new order: an address that no parcel would find, money that is not there, risk, personal wishes.

Inputs and choices are plain JSON without personal data, so that every choice can be kept and made again.
"""

from collections.abc import Iterator
from typing import Any

from wms.kernel.decisions import Plain, Rule
from wms.orders.drafts import Contact, Payment
from wms.orders.holds import HoldKind, Step

_NO_POSTCODE = (
    "AE AG AN AO AW BF BI BJ BS BW BZ CD CF CG CI CK CM DJ DM ER FJ GD GH GM GN GQ GY HK IE JM "
    "KI KM KN KP LC ML MO MR MS MU MW NR NU PA QA RW SB SC SL SO SR ST SY TF TG TK TL TO TT TV "
    "TZ UG VU YE ZW"
)
NO_POSTCODE = frozenset(_NO_POSTCODE.split())
"""Countries in which an address is whole without a postcode (Universal Postal Union, addressing systems)."""

WITH_PROVINCE = frozenset({"AU", "CA", "US"})
"""Countries in which no carrier sells a label without the state or province (Shippo's API, addresses)."""

COUNTRY_LENGTH = 2

IN_HAND = frozenset({Payment.PAID, Payment.PARTLY_REFUNDED})
"""The money is here: nothing stops."""

GIVEN_BACK = frozenset({Payment.VOIDED, Payment.REFUNDED})
"""The money went back: nobody waits for these goods, so none are kept for them."""


def missing(contact: Contact) -> list[str]:
    """Return the names of the fields without which a parcel does not arrive."""
    gaps = [name for name in ("street1", "city") if not getattr(contact, name)]
    if not contact.name and not contact.company:
        gaps.insert(0, "name")
    if not contact.zip and contact.country not in NO_POSTCODE:
        gaps.append("zip")
    if not contact.province and contact.country in WITH_PROVINCE:
        gaps.append("province")
    if len(contact.country) != COUNTRY_LENGTH:
        gaps.append("country")
    return gaps


def payment_stops(payment: str) -> Step | None:
    """Return the step that an order may not take while its money stands so; None where it may go on."""
    if payment in IN_HAND:
        return None
    return Step.ACCEPT if payment in GIVEN_BACK else Step.RELEASE


def inputs_of(contact: Contact, *, payment: str, risk: str, personalised: int) -> dict[str, Any]:
    """Return what is weighed of an order: which fields are missing, never what stands in the others."""
    return {
        "missing": missing(contact),
        "payment": str(payment),
        "risk": risk.lower(),
        "personalised": personalised,
    }


def choose(inputs: Plain) -> dict[str, Any]:
    """Say what stops the order, from which step on, and whether it is accepted all the same."""
    holds = [[kind.value, blocks.value] for kind, blocks in _holds(inputs)]
    return {
        "accepted": all(blocks != Step.ACCEPT for _, blocks in holds),
        "holds": holds,
    }


CHECK = Rule("orders.check", 1, choose)


def _holds(inputs: Plain) -> Iterator[tuple[HoldKind, Step]]:
    if inputs["missing"]:
        yield HoldKind.ADDRESS, Step.ACCEPT
    if step := payment_stops(inputs["payment"]):
        yield HoldKind.PAYMENT, step
    if inputs["risk"] == "high":
        yield HoldKind.FRAUD, Step.ACCEPT
    elif inputs["risk"] == "medium":
        # Units are kept for it while somebody looks: most of these turn out to be good.
        yield HoldKind.FRAUD, Step.RELEASE
    if inputs["personalised"]:
        yield HoldKind.PERSONALISATION, Step.PICK
