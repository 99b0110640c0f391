"""Lines and blocks of text."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from PIL import Image

from devices.virtual.zpl.letters import Type
from devices.virtual.zpl.page import STAMP_LIMIT, Stamp
from devices.virtual.zpl.values import Values

LINES_LIMIT = 200
"""More lines than any label has room for; ^FB itself takes up to 9,999."""

SIGNS_LIMIT = 500
"""Most signs of one line of a block."""

NEW_LINE = "\\&"


@dataclass(frozen=True)
class Block:
    """^FB: text broken into lines of a width, so many at most, and where they stand in it."""

    width: int
    lines: int
    spacing: int
    align: str
    indent: int


def block(values: Values) -> Block:
    """Return ^FB: width, lines, dots between lines, alignment, indent of all lines but the first."""
    return Block(
        values.number(0, 0, 0, 9_999),
        values.number(1, 1, 1, LINES_LIMIT),
        values.number(2, 0, -9_999, 9_999),
        values.letter(3, "L", "LCRJ"),
        values.number(4, 0, 0, 9_999),
    )


def line(text: str, kind: Type) -> Stamp:
    """Return one line."""
    return Stamp(kind.ink(text), foot=kind.baseline)


def lines(text: str, kind: Type, room: Block) -> Stamp | None:
    """Return a block. Lines for which there is no room are printed over the last one, as printers do.

    It stands on the last line that it may have, even where it has fewer.
    """
    if not room.width:
        return None
    pitch = max(1, kind.height + room.spacing)
    broken = list(islice(_broken(text, kind, room), LINES_LIMIT))
    rows = min(max(len(broken), 1), room.lines)
    if room.width * ((rows - 1) * pitch + kind.height) > STAMP_LIMIT:
        return None
    ink = Image.new("1", (room.width, (rows - 1) * pitch + kind.height))
    for at, words in enumerate(broken):
        is_last = at == len(broken) - 1
        _set(ink, words, kind, room, min(at, rows - 1) * pitch, is_first=at == 0, is_last=is_last)
    return Stamp(ink, foot=(room.lines - 1) * pitch + kind.baseline)


def _set(
    ink: Image.Image, words: str, kind: Type, room: Block, y: int, *, is_first: bool, is_last: bool
) -> None:
    """Set one line in its block."""
    indent = 0 if is_first else room.indent
    free = max(0, room.width - indent - kind.width_of(words))
    if room.align == "J" and not is_last and " " in words:
        _spread(ink, words.split(" "), kind, (indent, y))
        return
    share = {"L": 0.0, "J": 0.0, "C": 0.5, "R": 1.0}[room.align]
    piece = kind.ink(words)
    ink.paste(255, (indent + round(free * share), y), piece)


def _spread(ink: Image.Image, words: list[str], kind: Type, start: tuple[int, int]) -> None:
    """Set words so that the last one ends at the right edge."""
    indent, y = start
    free = ink.width - indent - sum(map(kind.width_of, words))
    x = float(indent)
    for word in words:
        ink.paste(255, (round(x), y), kind.ink(word))
        x += kind.width_of(word) + free / max(1, len(words) - 1)


def _broken(text: str, kind: Type, room: Block) -> Iterator[str]:
    """Break at spaces, and inside a word that is wider than the block."""
    indent = 0
    for part in text.split(NEW_LINE):
        rest = part
        while True:
            taken = _fitting(rest, kind, room.width - indent)
            yield rest[:taken].rstrip(" ")
            rest, indent = rest[taken:].lstrip(" "), room.indent
            if not rest:
                break


def _fitting(text: str, kind: Type, width: int) -> int:
    """Return how many signs of a text fit, whole words where that is possible, and at least one."""
    low, high = 0, min(len(text), SIGNS_LIMIT)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (
            (middle, high)
            if kind.width_of(text[:middle].rstrip(" ")) <= width
            else (low, middle - 1)
        )
    if low >= len(text):
        return len(text)
    space = text.rfind(" ", 0, low + 1)
    return space if space > 0 else max(1, low)
