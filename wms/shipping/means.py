"""How a label can come about: words that lanes, labels and pages share."""

from enum import StrEnum


class Means(StrEnum):
    """Bought through Shippo; by our own courier; fetched by the customer; or its number is typed from elsewhere."""

    SHIPPO = "shippo"
    OWN = "own"
    COLLECTION = "collection"
    TYPED = "typed"


OURS = frozenset({Means.OWN, Means.COLLECTION})
"""The house prints the label itself, and it costs nothing."""
