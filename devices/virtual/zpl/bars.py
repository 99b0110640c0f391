"""Bars of a linear barcode on paper, with the line that people read."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageDraw

from devices.virtual.zpl.letters import Type, sized
from devices.virtual.zpl.page import STAMP_LIMIT, Stamp

HEAD_LIMIT = 200
"""Most rows that the line for people and longer bars may add."""

GAP_MODULES = 3
GUARD_DOTS = 13
"""So much longer are the bars at both ends and in the middle of an EAN or UPC."""

Guards = Sequence[tuple[int, int]]


class Caption(StrEnum):
    """Where the line that people read stands."""

    NONE = ""
    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True)
class Bars:
    """^BY and what a barcode command adds: dots of a narrow bar, of a wide one, of the height."""

    module: int = 2
    ratio: float = 3.0
    height: int = 10
    caption: Caption = Caption.NONE

    @property
    def wide(self) -> int:
        """Dots of a wide bar, where a symbology has but two widths."""
        return round(self.module * self.ratio)


def stamp(widths: Sequence[int], bars: Bars, text: str, guards: Guards = ()) -> Stamp | None:
    """Return bars and spaces in turn, so many dots wide each, beginning with a bar; some are longer."""
    high = max(1, bars.height)
    if not widths or sum(widths) * (high + HEAD_LIMIT) > STAMP_LIMIT:
        return None
    kind = sized("A", 9 * bars.module, 5 * bars.module)
    gap = GAP_MODULES * bars.module
    is_above = bars.caption is Caption.ABOVE
    margin = kind.height + gap if bars.caption and text else 0
    tail = GUARD_DOTS if guards else 0
    ink = Image.new("1", (sum(widths), high + margin + tail))
    top = margin if is_above else 0
    _bars(ink, widths, top, high)
    for begins, ends in guards:
        box = begins * bars.module, top + high - 1, ends * bars.module, top + high
        ink.paste(ink.crop(box).resize((box[2] - box[0], tail + 1)), (box[0], box[1]))
    if margin:
        _caption(ink, text, kind, 0 if is_above else high + tail + gap)
    below = ink.height - top - high
    return Stamp(ink, foot=top + high, top=top, below=below)


def _bars(ink: Image.Image, widths: Sequence[int], top: int, high: int) -> None:
    pen, x = ImageDraw.Draw(ink), 0
    for at, wide in enumerate(widths):
        if at % 2 == 0 and wide:
            pen.rectangle((x, top, x + wide - 1, top + high - 1), fill=1)
        x += wide


def _caption(ink: Image.Image, text: str, kind: Type, y: int) -> None:
    """Set the line in the middle, and smaller where it is wider than the bars."""
    while kind.width_of(text) > ink.width and kind.width > sized("A", 0, 0).width:
        kind = sized("A", kind.height, kind.width - sized("A", 0, 0).width)
    line = kind.ink(text)
    ink.paste(255, ((ink.width - line.width) // 2, y), line)
