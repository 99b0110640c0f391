"""What the carrier platform is told: who sends, who receives, and what the parcel measures."""

from dataclasses import dataclass

MARK = "wms:"
"""Stands before our number in the platform's metadata, so that our purchases are known among others."""


@dataclass(frozen=True)
class Address:
    """Where a parcel comes from or goes to. The platform wants a name; the company stands in where there is none."""

    name: str
    street1: str
    city: str
    zip: str
    country: str
    company: str = ""
    street2: str = ""
    province: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Parcel:
    """One box as it stands on the scale."""

    length_mm: int
    width_mm: int
    height_mm: int
    weight_g: int


def marked(uid: str) -> str:
    """Write our number as the platform keeps it."""
    return f"{MARK}{uid}"
