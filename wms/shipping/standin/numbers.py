"""Tracking numbers as the carriers make them, with their check digits, so that scanners and people take them for real.

Sources: USPS Publication 199 (IMpb, modulo 10), UPS's 1Z (modulo 10 over letters and digits), FedEx Express
(modulo 11), DHL Express (modulo 7).
"""

from collections.abc import Callable

SPREAD = 7_368_787
"""Shares no factor with the number of serials: counted numbers lie far apart and none comes twice."""
SERIALS = 10_000_000


def tracking_number(carrier: str, count: int, offset: int) -> str:
    """Make the carrier's `count`-th number. `offset` moves the whole row, so that two seeds differ."""
    return MAKERS[carrier]((count * SPREAD + offset) % SERIALS)


def _usps(serial: int) -> str:
    body = f"94001900000099{serial:07d}"
    return f"{body}{weighted_10(body)}"


def _ups(serial: int) -> str:
    body = f"999AA103{serial:07d}"
    return f"1Z{body}{_ups_check(body)}"


def _fedex(serial: int) -> str:
    body = f"7900{serial:07d}"
    return f"{body}{_fedex_check(body)}"


def _dhl(serial: int) -> str:
    body = f"49{serial:07d}"
    return f"{body}{int(body) % 7}"


def weighted_10(digits: str) -> int:
    """Check digit modulo 10: every other digit, from the right, counts three times."""
    total = sum(
        int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits[::-1])
    )
    return -total % 10


def _ups_check(body: str) -> int:
    values = [int(sign) if sign.isdigit() else (ord(sign) - 63) % 10 for sign in body]
    return -(sum(values[0::2]) + 2 * sum(values[1::2])) % 10


def _fedex_check(digits: str) -> int:
    total = sum(int(digit) * (3, 1, 7)[place % 3] for place, digit in enumerate(digits))
    return total % 11 % 10


MAKERS: dict[str, Callable[[int], str]] = {
    "USPS": _usps,
    "UPS": _ups,
    "FedEx": _fedex,
    "DHL Express": _dhl,
}
