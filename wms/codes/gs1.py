"""What is printed on goods by the rules of GS1: GTINs, and element strings that say lot, date and weight as well.

Read after the GS1 General Specifications, sections 3 and 7.8, through `biip`. A code counts as an element string only
where something says so: the scanner's AIM identifier, a GS sign, or application identifiers in brackets.
"""

import re
from dataclasses import dataclass
from datetime import date

from biip import ParseError
from biip.checksums import gs1_standard_check_digit
from biip.gs1_element_strings import GS1ElementStrings
from biip.gs1_messages import GS1Message

GS = "\x1d"
"""What a scanner sends between two element strings (FNC1)."""

_SYMBOLOGIES = frozenset({"C1", "d2", "Q3", "e0", "J1"})
"""AIM identifiers (ISO/IEC 15424) of symbols that hold element strings: GS1-128, DataMatrix, QR, DataBar, DotCode."""

_AIM = re.compile(r"(?:\s*\]([A-Za-z][0-9A-Za-z]))+")
_SPACE = re.compile(r"\s+")
_GTIN = re.compile(r"[0-9]{8}|[0-9]{12,14}")


@dataclass(frozen=True)
class Carried:
    """What a code says beyond which thing it is on. The weight is net; a day 00 is the last of its month."""

    lot: str | None = None
    serial: str | None = None
    expires_on: date | None = None
    quantity: int | None = None
    weight_g: int | None = None


NOTHING = Carried()


@dataclass(frozen=True)
class Elements:
    """An element string: the number of a pallet or parcel (SSCC), or that of goods (GTIN-14), and what is carried."""

    sscc: str | None
    gtin: str | None
    carried: Carried


def is_gtin(text: str) -> bool:
    """Tell whether this is a GTIN of 8, 12, 13 or 14 digits whose check digit is right."""
    return bool(_GTIN.fullmatch(text)) and gs1_standard_check_digit(text[:-1]) == int(text[-1])


def bare(text: str) -> str:
    """Return the text without space around it and without the scanner's AIM identifier."""
    label = _AIM.match(text)
    return text[label.end() if label else 0 :].strip()


def read(text: str, symbology: str | None = None) -> Elements | None:
    """Read an element string; None where the text is none, or breaks its rules."""
    said = _message(text.replace("{GS}", GS), symbology)
    if said is None:
        return None
    pallet, goods = said.get(ai="00"), said.get(ai="01") or said.get(ai="02")
    return Elements(
        sscc=pallet.value if pallet and pallet.sscc else None,
        gtin=goods.value if goods and is_gtin(goods.value) else None,
        carried=_carried(said),
    )


def _message(text: str, symbology: str | None) -> GS1ElementStrings | None:
    message = bare(text).lstrip(GS)
    if not message.isascii():
        return None
    try:
        if message.startswith("("):
            return GS1Message.parse_hri(_SPACE.sub("", message)).element_strings
        if GS in text or _label(text, symbology) in _SYMBOLOGIES:
            return GS1Message.parse(message).element_strings
    except (ParseError, ValueError):
        return None
    return None


def _label(text: str, symbology: str | None) -> str:
    label = _AIM.match(text)
    return label.group(1) if label else (symbology or "").strip().removeprefix("]")


def _carried(said: GS1ElementStrings) -> Carried:
    expiry = said.get(ai="17")
    count = _value(said, "30") or _value(said, "37") or "0"
    weight = said.get(ai="310")
    return Carried(
        lot=_value(said, "10"),
        serial=_value(said, "21"),
        expires_on=expiry.date if expiry else None,
        quantity=int(count) or None,
        weight_g=round(weight.decimal * 1000) or None
        if weight and weight.decimal is not None
        else None,
    )


def _value(said: GS1ElementStrings, ai: str) -> str | None:
    element = said.get(ai=ai)
    return element.value or None if element else None
