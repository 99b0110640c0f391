"""Where made-up customers live: towns with postcodes of theirs, in the three countries that the demo sends to. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

FIRST = (
    "Alex",
    "Anna",
    "Ben",
    "Carla",
    "David",
    "Emma",
    "Felix",
    "Grace",
    "Hannah",
    "Isaac",
    "Julia",
    "Karl",
    "Laura",
    "Martin",
    "Nora",
    "Oscar",
    "Paula",
    "Ruth",
    "Simon",
    "Tessa",
)
LAST = {
    "US": ("Baker", "Carter", "Dawson", "Ellis", "Foster", "Grant", "Hayes", "Lawson", "Reed"),
    "DE": ("Ahrens", "Becker", "Dietz", "Fuchs", "Hartmann", "Keller", "Lorenz", "Seidel", "Vogt"),
    "GB": ("Ashton", "Barlow", "Clarke", "Denton", "Fletcher", "Harris", "Marsh", "Thorne", "Webb"),
}
STREETS = {
    "US": ("Maple Avenue", "Oak Street", "Lake Road", "Hill Drive", "Cedar Lane"),
    "DE": ("Lindenweg", "Bahnhofstraße", "Gartenstraße", "Am Markt", "Mühlweg"),
    "GB": ("Station Road", "Mill Lane", "Church Street", "Park Road", "Meadow Way"),
}
TOWNS = {
    "US": (
        ("Portland", "OR", "97201"),
        ("Austin", "TX", "78701"),
        ("Denver", "CO", "80202"),
        ("Albany", "NY", "12207"),
        ("Madison", "WI", "53703"),
        ("Tucson", "AZ", "85701"),
        ("Boise", "ID", "83702"),
    ),
    "DE": (
        ("Kassel", "", "34117"),
        ("Bremen", "", "28195"),
        ("Jena", "", "07743"),
        ("Ulm", "", "89073"),
        ("Kiel", "", "24103"),
    ),
    "GB": (
        ("Leeds", "", "LS1 4AP"),
        ("Bristol", "", "BS1 5TR"),
        ("Norwich", "", "NR2 1RQ"),
        ("Exeter", "", "EX1 1GA"),
        ("Cardiff", "", "CF10 1EP"),
    ),
}
COUNTRIES = ("US", "US", "US", "DE", "GB")
"""Of five customers three live here, one in Germany, one in Britain."""

CURRENCIES = {"US": "USD", "DE": "EUR", "GB": "GBP"}


@dataclass(frozen=True)
class Customer:
    """Somebody who orders."""

    name: str
    email: str
    street1: str
    city: str
    zip: str
    province: str
    country: str

    @property
    def currency(self) -> str:
        """What they pay with."""
        return CURRENCIES[self.country]


def customer(dice: Random, number: int, countries: Sequence[str] = COUNTRIES) -> Customer:
    """Make somebody up who lives in one of these."""
    country = dice.choice(countries)
    first, last = dice.choice(FIRST), dice.choice(LAST[country])
    city, province, postcode = dice.choice(TOWNS[country])
    house, street = dice.randint(1, 180), dice.choice(STREETS[country])
    street1 = f"{street} {house}" if country == "DE" else f"{house} {street}"
    email = f"{first}.{last}.{number}@example.com".lower()
    return Customer(f"{first} {last}", email, street1, city, postcode, province, country)
