"""Reads a field, command by command, and makes ink of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from devices.virtual.zpl import graphics, text
from devices.virtual.zpl.barcodes.commands import BARCODES
from devices.virtual.zpl.commands import Command
from devices.virtual.zpl.letters import Type, sized
from devices.virtual.zpl.page import Stamp, Turn
from devices.virtual.zpl.setup import PLACE_LIMIT, Field, Setup, turned
from devices.virtual.zpl.values import Values

DATA_LIMIT = 3_072
"""Most bytes that a ^FD takes."""

BARCODE_WORK, LETTER_WORK, BLOCK_TIMES = 1_000_000, 5_000, 4
"""What making a barcode or setting a letter costs, as if so many dots were touched; in a block a letter costs more."""

SYMBOLS = str.maketrans("ABC", "®©™")
"""What ^GS makes of letters."""

SHAPES: dict[str, Callable[[Values], Stamp]] = {
    "^GB": graphics.box,
    "^GC": graphics.circle,
    "^GE": graphics.ellipse,
    "^GD": graphics.diagonal,
}


def read(field: Field, setup: Setup, command: Command) -> None:
    """Take in one command of a field; what says nothing to a field is passed over."""
    values = Values(command.data[:DATA_LIMIT], command.comma)
    if command.name in SHAPES:
        field.stamps.append(SHAPES[command.name](values))
    elif command.name in BARCODES:
        field.barcode = BARCODES[command.name](values, setup)
        way = "N" if command.name == "^BD" else values.text(0)[:1].upper()
        field.turn = turned(way) or setup.turn
    elif command.name == "^GF":
        picture = graphics.field(command.data, command.comma)
        field.stamps += [picture] if picture else []
    elif command.name in READERS:
        READERS[command.name](_Reader(field, setup), values)
    elif command.name in {"^FD", "^FV", "^SN"}:
        data = command.data[:DATA_LIMIT].replace(b"\r", b"").replace(b"\n", b"")
        field.data = data.partition(command.comma)[0] if command.name == "^SN" else data


@dataclass(frozen=True)
class _Reader:
    """What each command sets in a field."""

    field: Field
    setup: Setup

    def origin(self, values: Values) -> None:
        self.field.x, self.field.y = (values.number(at, 0, 0, PLACE_LIMIT) for at in (0, 1))
        self.field.is_placed, self.field.is_foot = True, False
        way = values.letter(2, "", "012")
        self.field.is_right = way == "1" if way else None

    def typeset(self, values: Values) -> None:
        self.origin(values)
        self.field.is_foot = True

    def font(self, values: Values) -> None:
        head = values.text(0)
        height, width = (values.number(at, 0, 0, PLACE_LIMIT) for at in (1, 2))
        if not values.text(1) and not values.text(2):
            height, width = self.setup.font_height, self.setup.font_width
        self.field.font = head[:1].upper() or self.setup.font, height, width
        self.field.turn = turned(head[1:2].upper()) or self.setup.turn

    def named_font(self, values: Values) -> None:
        """^A@ names a typeface in the printer's memory, which is played by the scalable one."""
        height, width = (values.number(at, 0, 0, PLACE_LIMIT) for at in (1, 2))
        self.field.font = "0", height or self.setup.font_height, width
        self.field.turn = turned(values.text(0)[:1].upper()) or self.setup.turn

    def block(self, values: Values) -> None:
        self.field.block = text.block(values)

    def hexadecimal(self, values: Values) -> None:
        self.field.hex_sign = values.text(0, "_")[:1].encode("latin-1")

    def reverse(self, values: Values) -> None:
        self.field.is_reverse = True

    def symbol(self, values: Values) -> None:
        self.named_font(values)
        self.field.is_symbol = True


READERS: dict[str, Callable[[_Reader, Values], None]] = {
    "^FO": _Reader.origin,
    "^FT": _Reader.typeset,
    "^A": _Reader.font,
    "^A@": _Reader.named_font,
    "^FB": _Reader.block,
    "^FH": _Reader.hexadecimal,
    "^FR": _Reader.reverse,
    "^GS": _Reader.symbol,
}


def inked(field: Field, setup: Setup) -> list[Stamp]:
    """Return all that the field prints."""
    made = None
    if field.data is not None:
        said = _decoded(field, setup)
        made = field.barcode(said) if field.barcode else _text(field, setup, said)
    return [*field.stamps, *([made] if made else [])]


def work(field: Field, setup: Setup) -> int:
    """Return how many dots have to be touched for the field's data."""
    if field.data is None:
        return 0
    if field.barcode:
        return BARCODE_WORK
    said = _decoded(field, setup)
    letters = len(said) * LETTER_WORK * (BLOCK_TIMES if field.block else 1)
    return letters + _type(field, setup).work(said)


def way(field: Field, setup: Setup) -> Turn:
    """Return how the field is turned; boxes and pictures never are."""
    return Turn.NORMAL if field.data is None else field.turn or setup.turn


def _type(field: Field, setup: Setup) -> Type:
    return sized(*(field.font or (setup.font, setup.font_height, setup.font_width)))


def _decoded(field: Field, setup: Setup) -> str:
    data = field.data or b""
    if field.hex_sign:
        sign = re.escape(field.hex_sign)
        data = re.sub(sign + rb"([0-9A-Fa-f]{2})", lambda hit: bytes([int(hit[1], 16)]), data)
    return data.decode(setup.charset, errors="replace")


def _text(field: Field, setup: Setup, said: str) -> Stamp | None:
    words = said.translate(SYMBOLS) if field.is_symbol else said
    plain = "".join(sign for sign in words if sign.isprintable())
    if not plain:
        return None
    kind = _type(field, setup)
    return text.lines(plain, kind, field.block) if field.block else text.line(plain, kind)
