"""Addresses for the retail files, which have none: made up from the customer's number, and told as such. Pure."""

from hashlib import sha256

from wms.orders.drafts import Contact

STREETS = (
    "Station Road",
    "Mill Lane",
    "High Street",
    "Church Street",
    "Park Road",
    "Bridge Street",
    "Harbour Road",
    "Meadow Way",
)

TOWNS: dict[str, tuple[tuple[str, ...], ...]] = {
    "GB": (
        ("Leeds", "LS1 4AP"),
        ("Bristol", "BS1 5TR"),
        ("Norwich", "NR2 1RQ"),
        ("Exeter", "EX1 1GA"),
        ("Glasgow", "G2 1DU"),
        ("Cardiff", "CF10 1EP"),
    ),
    "AE": (("Dubai", ""),),
    "AT": (("Graz", "8010"),),
    "AU": (("Adelaide", "5000", "SA"),),
    "BE": (("Gent", "9000"),),
    "BH": (("Manama", "317"),),
    "BR": (("Curitiba", "80010-000"),),
    "CA": (("Halifax", "B3H 1Z1", "NS"),),
    "CH": (("Bern", "3011"),),
    "CY": (("Larnaca", "6021"),),
    "CZ": (("Brno", "602 00"),),
    "DE": (("Kassel", "34117"), ("Bremen", "28195"), ("Jena", "07743")),
    "DK": (("Aarhus", "8000"),),
    "ES": (("Zaragoza", "50001"),),
    "FI": (("Tampere", "33100"),),
    "FR": (("Nantes", "44000"), ("Dijon", "21000"), ("Lille", "59000")),
    "GR": (("Patras", "262 21"),),
    "HK": (("Kowloon", ""),),
    "IE": (("Cork", "T12 W8KP"), ("Galway", "H91 E9CT")),
    "IL": (("Haifa", "3303130"),),
    "IS": (("Akureyri", "600"),),
    "IT": (("Bologna", "40121"),),
    "JE": (("St Helier", "JE2 3QA"),),
    "JP": (("Sendai", "980-0811"),),
    "LB": (("Tripoli", "1300"),),
    "LT": (("Kaunas", "44280"),),
    "MT": (("Sliema", "SLM 1000"),),
    "NL": (("Utrecht", "3511 CE"),),
    "NO": (("Bergen", "5003"),),
    "PL": (("Lublin", "20-001"),),
    "PT": (("Braga", "4700-001"),),
    "SA": (("Jeddah", "22230"),),
    "SE": (("Uppsala", "753 20"),),
    "SG": (("Singapore", "048616"),),
    "US": (("Portland", "97201", "OR"),),
    "ZA": (("Durban", "4001"),),
}
"""By country, towns with a postcode and, where carriers ask for it, a state: every country of the retail files."""


def stand_in(customer: str, country: str) -> Contact:
    """Return the made-up address of a customer; without a town where the file does not say which country it is."""
    dice = int.from_bytes(sha256(f"{customer}|{country}".encode()).digest()[:8])
    towns = TOWNS.get(country)
    if not towns:
        return Contact(name=customer, country=country)
    city, postcode, *state = towns[dice % len(towns)]
    street = STREETS[dice // 97 % len(STREETS)]
    return Contact(
        name=customer,
        street1=f"{1 + dice // 1009 % 180} {street}",
        city=city,
        zip=postcode,
        province=state[0] if state else "",
        country=country,
    )
