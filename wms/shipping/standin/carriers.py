"""Four carriers, what they offer, and what it costs: made up, but of the usual size and order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

STEP_G = 500
"""Prices rise by so much weight."""
VOLUME_G = 5000
"""So many cubic centimetres count as a kilogram."""
ZONE_PERCENT = 6
"""A zone further costs so much more."""
LONGEST_MM = 1200
AGES = timedelta(days=7)
"""After so long a rate is not sold any more."""


@dataclass(frozen=True)
class Service:
    """One way to send something. `origins` empty: from everywhere."""

    carrier: str
    token: str
    name: str
    letter: str
    is_abroad: bool
    days: int
    base_minor: int
    step_minor: int
    heaviest_g: int
    origins: frozenset[str] = frozenset()
    not_from: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Trip:
    """From where to where, and how big and heavy."""

    origin: str
    origin_zip: str
    destination: str
    destination_zip: str
    weight_g: int
    sides_mm: tuple[int, int, int]

    @property
    def is_abroad(self) -> bool:
        return self.origin != self.destination

    @property
    def billed_g(self) -> int:
        """What is charged for: what it weighs, or what its room would weigh."""
        length, width, height = self.sides_mm
        return max(self.weight_g, length * width * height // VOLUME_G)

    @property
    def zone(self) -> int:
        """How far it is at home, told from the first digit of the postal codes."""
        digits = [code[:1] for code in (self.origin_zip, self.destination_zip)]
        if self.is_abroad or not all(digit.isdigit() for digit in digits):
            return 0
        return abs(int(digits[0]) - int(digits[1]))


@dataclass(frozen=True)
class Offer:
    """A service and its price for one trip."""

    service: Service
    amount_minor: int
    days: int


US = frozenset({"US"})
USPS, UPS, FEDEX, DHL = "USPS", "UPS", "FedEx", "DHL Express"
HOME, ABROAD = False, True

SERVICES = (
    Service(USPS, "usps_ground_advantage", "Ground Advantage", "G", HOME, 4, 480, 110, 31_700, US),
    Service(USPS, "usps_priority", "Priority Mail", "P", HOME, 2, 830, 190, 31_700, US),
    Service(UPS, "ups_ground", "Ground", "G", HOME, 3, 995, 85, 68_000, US),
    Service(UPS, "ups_second_day_air", "2nd Day Air", "2", HOME, 2, 1890, 260, 68_000, US),
    Service(FEDEX, "fedex_ground", "Ground", "G", HOME, 3, 1010, 90, 68_000, US),
    Service(FEDEX, "fedex_2_day", "2Day", "2", HOME, 2, 1940, 250, 68_000, US),
    Service(UPS, "ups_standard", "Standard", "S", HOME, 2, 690, 70, 68_000, not_from=US),
    Service(FEDEX, "fedex_regional_economy", "Regional Economy", "R", HOME, 2, 720, 80, 68_000, not_from=US),
    Service(DHL, "dhl_express_domestic_express_doc", "Domestic Express", "D", HOME, 1, 1490, 160, 70_000),
    Service(USPS, "usps_priority_mail_international", "Priority Mail Abroad", "P", ABROAD, 9, 2890, 620, 20_000, US),
    Service(FEDEX, "fedex_international_economy", "International Economy", "E", ABROAD, 5, 3290, 480, 68_000),
    Service(UPS, "ups_saver", "Worldwide Saver", "W", ABROAD, 3, 4790, 600, 68_000),
    Service(FEDEX, "fedex_international_priority", "International Priority", "I", ABROAD, 2, 5190, 640, 68_000),
    Service(DHL, "dhl_express_worldwide", "Express Worldwide", "X", ABROAD, 2, 5390, 690, 70_000),
)  # fmt: skip

CURRENCIES = {"US": "USD", "GB": "GBP", "CA": "CAD", "CH": "CHF", "PL": "PLN", "SE": "SEK"}


def currency(country: str) -> str:
    """Tell in which money a sender pays."""
    return CURRENCIES.get(country, "EUR")


def offers(trip: Trip) -> tuple[list[Offer], list[tuple[str, str]]]:
    """Return what can be bought for a trip, and (carrier, reason) for what cannot."""
    fitting, refused = [], []
    for service in SERVICES:
        if not _serves(service, trip):
            continue
        if reason := _too_much(service, trip):
            refused.append((service.carrier, f"{service.name}: {reason}"))
        else:
            fitting.append(_priced(service, trip))
    return fitting, refused


def attributes(offer: Offer, beside: Iterable[Offer]) -> list[str]:
    """Return the marks that the platform gives the cheapest and the fastest."""
    others = list(beside)
    cheapest = min(others, key=lambda other: other.amount_minor)
    fastest = min(others, key=lambda other: (other.days, other.amount_minor))
    marks = {
        "CHEAPEST": offer is cheapest,
        "BESTVALUE": offer is cheapest,
        "FASTEST": offer is fastest,
    }
    return [mark for mark, fits in marks.items() if fits]


def slug(carrier: str) -> str:
    """Write a carrier as the platform's tracking does."""
    return carrier.lower().replace(" ", "_")


def _serves(service: Service, trip: Trip) -> bool:
    at_home = not service.origins or trip.origin in service.origins
    return at_home and trip.origin not in service.not_from and service.is_abroad == trip.is_abroad


def _too_much(service: Service, trip: Trip) -> str:
    if trip.weight_g > service.heaviest_g:
        return f"the parcel is heavier than {service.heaviest_g / 1000:g} kg"
    if max(trip.sides_mm) > LONGEST_MM:
        return f"the parcel is longer than {LONGEST_MM // 10} cm"
    return ""


def _priced(service: Service, trip: Trip) -> Offer:
    steps = -(-trip.billed_g // STEP_G)
    amount = service.base_minor + (steps - 1) * service.step_minor
    return Offer(
        service, amount * (100 + ZONE_PERCENT * trip.zone) // 100, service.days + trip.zone // 4
    )
