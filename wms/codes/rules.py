"""The scan grammar: what a text can mean by its looks alone, and the one form in which codes are compared."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_lowercase, ascii_uppercase

from wms.codes import gs1
from wms.codes.gs1 import NOTHING, Carried

CODE_LIMIT = 255
"""Longest code anybody may register; GS1 element strings end at 90, QR links on goods run to about 200."""

SHOWN_LIMIT = 40
"""How much of a code a sentence repeats."""


class Kind(StrEnum):
    """What a code can stand for."""

    COMMAND = "command"
    BADGE = "badge"
    LOCATION = "location"
    LPN = "lpn"
    ORDER = "order"
    SHIPMENT = "shipment"
    RETURN = "return"
    STATION = "station"
    ITEM = "item"


PREFIXES: Mapping[str, Kind] = {
    "WXC": Kind.COMMAND,
    "WXU": Kind.BADGE,
    "WXL": Kind.LOCATION,
    "WXT": Kind.LPN,
    "WXO": Kind.ORDER,
    "WXS": Kind.SHIPMENT,
    "WXR": Kind.RETURN,
    "WXP": Kind.STATION,
}
"""How the house's own labels begin. No code of another kind may begin so."""

ONLY_BY_PREFIX = frozenset({Kind.COMMAND, Kind.BADGE})
"""What confirms or signs somebody in must carry its prefix, so that no code on goods can ever do either."""

ANYTHING_ELSE = frozenset(Kind) - ONLY_BY_PREFIX

_PLAIN = re.compile(r"[0-9A-Z]+(?:[-_./ ][0-9A-Z]+)*")
"""What nearly every code looks like, and what is in its normal form already unless it is a GTIN."""

_COMMAND_ALIAS = "CMD:"
_CAPITALS = str.maketrans(ascii_lowercase, ascii_uppercase)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories of signs that nobody sees on a label: control, format, halves of characters, line ends."""


def normal(text: str) -> str:
    """Return the form in which codes are compared; applying it twice changes nothing.

    Takes off space and the scanner's AIM identifier, brings GTINs of any length to 14 digits and A-Z to capitals.
    Links keep their letters: in a path, case counts.
    """
    if _PLAIN.fullmatch(text) and not text.isdigit():
        return text
    bare = gs1.bare(text)
    if gs1.is_gtin(bare):
        return bare.zfill(14)
    bare = unicodedata.normalize("NFC", bare)
    if "://" in bare:
        return bare
    folded = unicodedata.normalize("NFC", bare.translate(_CAPITALS))
    return f"WXC{folded[len(_COMMAND_ALIAS) :]}" if folded.startswith(_COMMAND_ALIAS) else folded


def prefix_of(text: str) -> str | None:
    """Return the house's own prefix that a code begins with."""
    return _prefix(normal(text))


def kinds_of(text: str) -> frozenset[Kind]:
    """Return what a code may stand for by its looks: what its prefix says; without one, never a badge or command."""
    return _kinds(normal(text))


def is_seen(text: str) -> bool:
    """Tell whether every sign of the text can be printed and read back."""
    return text.isprintable() or not any(unicodedata.category(sign) in _UNSEEN for sign in text)


def shown(text: str) -> str:
    """Return a code as a sentence can repeat it, whatever is in it and however long it is."""
    seen = "".join(
        sign if is_seen(sign) else "\N{REPLACEMENT CHARACTER}" for sign in text[: SHOWN_LIMIT + 1]
    )
    return seen if len(seen) <= SHOWN_LIMIT else f"{seen[:SHOWN_LIMIT]}…"


@dataclass(frozen=True)
class Unfit:
    """Why a text cannot be a code: the id of the sentence, and its values."""

    sentence: str
    values: Mapping[str, str | int]


def unfit(text: str, kind: Kind) -> Unfit | None:
    """Return why this text cannot become a code of that kind; None where it can."""
    code = normal(text)
    if not code:
        return Unfit("codes.empty", {})
    if max(len(code), len(text)) > CODE_LIMIT:
        return Unfit("codes.too_long", {"limit": CODE_LIMIT})
    if not is_seen(text):
        return Unfit("codes.unseen_sign", {"code": shown(text)})
    if kind in _kinds(code):
        return None
    if prefix := _prefix(code):
        return Unfit("codes.reserved", {"prefix": prefix})
    return Unfit(
        "codes.prefix_missing", {"prefix": next(its for its in PREFIXES if PREFIXES[its] is kind)}
    )


@dataclass(frozen=True)
class Guess:
    """One reading of a scan: the code to look up, what it may stand for, and what was said along with it."""

    code: str
    kinds: frozenset[Kind]
    carried: Carried = NOTHING


def guesses(text: str, symbology: str | None = None) -> tuple[Guess, ...]:
    """Return every way to read a scan, the one that says most first; none for what could never be registered."""
    if len(text) > CODE_LIMIT:
        return ()
    found = (
        *_printed_on_goods(text, symbology),
        Guess(normal(text), kinds_of(text)),
        *_behind_prefix(text),
    )
    return tuple(guess for guess in found if guess.code and is_seen(guess.code))


def _prefix(code: str) -> str | None:
    begins = code[:3]
    return begins if begins in PREFIXES else None


def _kinds(code: str) -> frozenset[Kind]:
    prefix = _prefix(code)
    return frozenset({PREFIXES[prefix]}) if prefix else ANYTHING_ELSE


def _printed_on_goods(text: str, symbology: str | None) -> Iterator[Guess]:
    elements = gs1.read(text, symbology)
    if elements is None:
        return
    if elements.sscc:
        yield Guess(elements.sscc, frozenset({Kind.LPN}), elements.carried)
    elif elements.gtin:
        yield Guess(elements.gtin, frozenset({Kind.ITEM}), elements.carried)


def _behind_prefix(text: str) -> Iterator[Guess]:
    prefix = prefix_of(text)
    if prefix and PREFIXES[prefix] not in ONLY_BY_PREFIX:
        yield Guess(normal(normal(text)[len(prefix) :]), kinds_of(text))
