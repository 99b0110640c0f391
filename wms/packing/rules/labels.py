"""Whether a scan is the carrier label of a box, however the carrier wraps its number in the barcode."""

import re

_BRACKETS = re.compile(r"[()\[\]\s\x1d]")
_USPS = re.compile(r"420(?:\d{5}|\d{9})(9\d{21}|9\d{25}|[A-Z]{2}\d{9}US)")
"""Postal code of the addressee first, with or without its four more digits, then the number."""

_FEDEX_LENGTH = 34
_FEDEX_TAILS = (12, 14, 15)
"""Express numbers are the last 12 digits, older ground ones 15, some 14."""

_FEDEX_GROUND = re.compile(r"96\d{20}")
_FEDEX_GROUND_TAIL = 15


def usps_number(scanned: str) -> str:
    """Return the number behind the addressee's postal code; empty where a scan, in its normal form, has none such."""
    usps = _USPS.fullmatch(_BRACKETS.sub("", scanned))
    return usps[1] if usps else ""


def label_forms(scanned: str) -> tuple[str, ...]:
    """Return every tracking number that a scan, in its normal form, may stand for."""
    bare = _BRACKETS.sub("", scanned)
    found = [scanned, bare, usps_number(scanned)]
    if len(bare) == _FEDEX_LENGTH and bare.isdigit():
        found += [bare[-tail:] for tail in _FEDEX_TAILS]
    if _FEDEX_GROUND.fullmatch(bare):
        found.append(bare[-_FEDEX_GROUND_TAIL:])
    return tuple(dict.fromkeys(one for one in found if one))
