"""What a printer is set to, and the field that it is just reading."""

from collections.abc import Callable
from dataclasses import dataclass, field

from devices.virtual.zpl.bars import Bars
from devices.virtual.zpl.page import Stamp, Turn
from devices.virtual.zpl.text import Block
from devices.virtual.zpl.values import Values

SIDE_LIMIT = 12_000
"""Longest side of a label in dots: 20 inches at 600 dpi."""

PLACE_LIMIT = 32_000

CHARSETS = {27: "cp1252", 28: "utf-8", 29: "utf-16-be", 30: "utf-16-le"}
"""By the number that ^CI names; below 27 they are variants of code page 850."""


@dataclass
class Setup:
    """What lasts from label to label."""

    dpi: int
    width: int = 0
    length: int = 0
    home: tuple[int, int] = (0, 0)
    shift: int = 0
    turn: Turn = Turn.NORMAL
    is_right: bool = False
    charset: str = "cp850"
    font: str = "A"
    font_height: int = 0
    font_width: int = 0
    bars: Bars = field(default_factory=Bars)
    is_mirrored: bool = False
    is_reverse: bool = False


@dataclass
class Field:
    """What stands between two ^FS."""

    x: int = 0
    y: int = 0
    is_placed: bool = False
    is_foot: bool = False
    is_right: bool | None = None
    turn: Turn | None = None
    font: tuple[str, int, int] | None = None
    block: Block | None = None
    hex_sign: bytes = b""
    is_reverse: bool = False
    barcode: Callable[[str], Stamp | None] | None = None
    is_symbol: bool = False
    data: bytes | None = None
    stamps: list[Stamp] = field(default_factory=list)


def turned(letter: str) -> Turn | None:
    """Return the way that a letter stands for; None where it stands for none."""
    return Turn(letter) if letter in set(Turn) else None


def _width(setup: Setup, values: Values) -> None:
    setup.width = values.number(0, setup.width, 2, SIDE_LIMIT)


def _length(setup: Setup, values: Values) -> None:
    setup.length = values.number(0, setup.length, 1, SIDE_LIMIT)


def _home(setup: Setup, values: Values) -> None:
    x, y = (values.number(at, setup.home[at], 0, PLACE_LIMIT) for at in (0, 1))
    setup.home = x, y


def _shift(setup: Setup, values: Values) -> None:
    setup.shift = values.number(0, 0, -9_999, 9_999)


def _field_default(setup: Setup, values: Values) -> None:
    setup.turn = turned(values.text(0)[:1].upper()) or setup.turn
    setup.is_right = values.letter(1, "1" if setup.is_right else "0", "012") == "1"


def _charset(setup: Setup, values: Values) -> None:
    setup.charset = CHARSETS.get(values.number(0, 0, 0, 99), "cp850")


def _font(setup: Setup, values: Values) -> None:
    setup.font = values.text(0, setup.font)[:1].upper()
    setup.font_height = values.number(1, setup.font_height, 0, PLACE_LIMIT)
    setup.font_width = values.number(2, 0, 0, PLACE_LIMIT)


def _bars(setup: Setup, values: Values) -> None:
    now = setup.bars
    setup.bars = Bars(
        values.number(0, now.module, 1, 12),
        values.decimal(1, now.ratio, 2, 3),
        values.number(2, now.height, 1, PLACE_LIMIT),
    )


def _mirror(setup: Setup, values: Values) -> None:
    setup.is_mirrored = values.is_yes(0, default=False)


def _reverse(setup: Setup, values: Values) -> None:
    setup.is_reverse = values.is_yes(0, default=False)


SETTERS: dict[str, Callable[[Setup, Values], None]] = {
    "^PW": _width,
    "^LL": _length,
    "^LH": _home,
    "^LS": _shift,
    "^FW": _field_default,
    "^CI": _charset,
    "^CF": _font,
    "^BY": _bars,
    "^PM": _mirror,
    "^LR": _reverse,
}
"""Commands that set the printer."""
