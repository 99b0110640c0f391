"""The words of holds: why an order stops, and from which step on. Shared with whoever stops orders."""

from enum import StrEnum


class HoldKind(StrEnum):
    """Why an order stops."""

    PAYMENT = "payment"
    FRAUD = "fraud"
    PERSONALISATION = "personalisation"
    ADDRESS = "address"
    INVENTORY = "inventory"
    CUSTOMER_CHANGE = "customer_change"
    COMPLIANCE = "compliance"
    CARRIER = "carrier"
    MANUAL = "manual"


class Step(StrEnum):
    """What an order goes through, in this order. A hold names the earliest that is forbidden."""

    ACCEPT = "accept"
    RELEASE = "release"
    PICK = "pick"
    PACK = "pack"
    LABEL = "label"
    HANDOVER = "handover"


def stoppers(step: Step) -> tuple[Step, ...]:
    """Return what a hold can name in `blocks` that forbids this step: the step itself, and every one before it."""
    steps = tuple(Step)
    return steps[: steps.index(step) + 1]
