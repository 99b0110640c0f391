"""Carriers' names: as lanes and orders have them, and as the platform writes them in rates and in tracking."""

NAMES = {"usps": "USPS", "ups": "UPS", "fedex": "FedEx", "dhl_express": "DHL"}
"""By the platform's word, the name that people use."""
FAMILIES = {"dhl_": "DHL"}
"""Several words of one carrier whose parcels wait in one lane. The platform follows parcels by the word in NAMES."""


def house_name(told: str) -> str:
    """Return the name that the house uses for a carrier of the platform; unknown ones keep the platform's."""
    word = _word(told)
    family = next((name for start, name in FAMILIES.items() if word.startswith(start)), told)
    return NAMES.get(word, family)


def tracking_word(carrier: str) -> str:
    """Return the platform's word for a carrier, under which it follows parcels."""
    named = next((word for word, name in NAMES.items() if name == carrier), "")
    return named or _word(carrier)


def _word(told: str) -> str:
    return told.strip().lower().replace(" ", "_")
