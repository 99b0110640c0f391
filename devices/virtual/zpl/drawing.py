"""Draws what a printer would put on paper. Nothing that is sent can make it fail: what makes no sense is left out."""

from collections.abc import Iterator
from itertools import islice

from PIL import Image

from devices.virtual.zpl import fields, graphics
from devices.virtual.zpl.commands import INKING, Command, Commands
from devices.virtual.zpl.page import STAMP_LIMIT, Page, Spot, Stamp, bottom
from devices.virtual.zpl.setup import SETTERS, Field, Setup
from devices.virtual.zpl.values import Values

WIDTH_INCH, LENGTH_INCH, LONGEST_INCH = 4, 6, 12
"""The label in the printer where no command says how large it is, and how much longer it may get."""

OVERHANG = 1.05
"""A label that goes so far over its paper was made for a longer one; less is lost at the edge."""

LABELS_LIMIT = 50
"""Most labels that are drawn of one stream."""

CHUNK = 65_536

COMMANDS_LIMIT = 100_000
"""Most commands that are looked at."""

WORK_LIMIT = 400_000_000
"""Most dots that are touched for one stream; a busy carrier's label takes 5 million. What comes after is left out."""

WIDEST_INCH = 9

STORED_LIMIT = 50
"""Most pictures that are kept by name."""

LARGEST = 10
"""Most times that ^XG makes a kept picture larger."""


def draw(data: bytes, dpi: int = 203) -> list[Image.Image]:
    """Return a picture of each label as people hold it, in grays: 0 is black, 255 paper.

    ^PO only chooses which end leaves the printer first, so it turns nothing here.
    """
    drawing = Drawing(dpi)
    for command in islice(_commands(data), COMMANDS_LIMIT):
        drawing.take(command)
    return drawing.pictures


def _commands(data: bytes) -> Iterator[Command]:
    """Yield the commands bit by bit, so that nobody cuts more than is looked at."""
    commands = Commands()
    for at in range(0, len(data), CHUNK):
        yield from commands.receive(data[at : at + CHUNK])
    yield from commands.end()


class Drawing:
    """Goes through the commands of a stream, label by label."""

    def __init__(self, dpi: int) -> None:
        self.setup = Setup(dpi)
        self.pictures: list[Image.Image] = []
        self._stored: dict[str, Stamp] = {}
        self._label: list[tuple[Stamp, Spot, bool]] | None = None
        """What is to be stamped on the label that has begun; None between labels."""
        self._field, self._is_inked = Field(), False
        self._work_left = WORK_LIMIT

    def take(self, command: Command) -> None:
        """Take in one command."""
        self._is_inked = self._is_inked or command.name in INKING
        match command.name:
            case "~DG":
                self._store(command)
            case "^XA":
                self._label, self._field, self._is_inked = [], Field(), False
            case "^XZ" if self._label is not None:
                self._end_label()
            case _ if self._label is None or self._work_left < 0:
                pass
            case "^FS":
                self._end_field()
            case "^XG":
                self._recall(command)
            case name if name in SETTERS:
                SETTERS[name](self.setup, Values(command.data, command.comma))
            case name:
                if name in {"^FO", "^FT"} and self._field.is_placed:
                    self._end_field()
                known = len(self._field.stamps)
                fields.read(self._field, self.setup, command)
                self._charge(self._field.stamps[known:])

    def _end_field(self) -> None:
        field, self._field = self._field, Field()
        setup = self.setup
        self._work_left -= fields.work(field, setup)
        if self._label is None or self._work_left < 0:
            return
        is_right = setup.is_right if field.is_right is None else field.is_right
        spot = Spot(
            field.x + setup.home[0] - setup.shift,
            field.y + setup.home[1],
            fields.way(field, setup),
            is_foot=field.is_foot,
            is_right=is_right,
        )
        is_reverse = field.is_reverse or setup.is_reverse
        stamps = fields.inked(field, setup)
        self._charge(stamps)
        self._label += [(stamp, spot, is_reverse) for stamp in stamps]

    def _charge(self, stamps: list[Stamp]) -> None:
        self._work_left -= sum(stamp.ink.width * stamp.ink.height for stamp in stamps)

    def _end_label(self) -> None:
        self._end_field()
        label, self._label = self._label or [], None
        if not self._is_inked or len(self.pictures) >= LABELS_LIMIT:
            return
        width, length = self._size(label)
        self._work_left -= width * length
        page = Page(width, length)
        for stamp, spot, is_reverse in label:
            page.put(stamp, spot, is_reverse=is_reverse)
        mirrored = Image.Transpose.FLIP_LEFT_RIGHT
        is_mirrored = self.setup.is_mirrored
        self.pictures.append(page.picture.transpose(mirrored) if is_mirrored else page.picture)

    def _size(self, label: list[tuple[Stamp, Spot, bool]]) -> tuple[int, int]:
        """Return the size of the paper: where nobody said how long it is, all that is printed has room."""
        setup = self.setup
        width, length = setup.width or WIDTH_INCH * setup.dpi, setup.length
        if not length:
            lowest = max((bottom(stamp, spot) for stamp, spot, _ in label), default=0)
            length = LENGTH_INCH * setup.dpi
            if lowest > length * OVERHANG:
                length = min(lowest, LONGEST_INCH * setup.dpi)
        width = min(width, WIDEST_INCH * setup.dpi)
        return width, min(length, STAMP_LIMIT // width)

    def _store(self, command: Command) -> None:
        """Keep a picture under a name: ~DG brings name, bytes, bytes across, and the bytes."""
        if self._work_left < 0 or len(self._stored) >= STORED_LIMIT:
            return
        *head, body = command.data.split(command.comma, 3)
        values = Values(command.comma.join(head), command.comma)
        total = values.number(1, 0, 0, graphics.BYTES_LIMIT)
        picture = graphics.picture(body, total, values.number(2, 0, 0, graphics.ACROSS_LIMIT))
        if picture is not None:
            self._charge([picture])
            self._stored[_name(values.text(0))] = picture

    def _recall(self, command: Command) -> None:
        values = Values(command.data, command.comma)
        kept = self._stored.get(_name(values.text(0)))
        if kept is None:
            return
        wide, high = (
            side * values.number(at, 1, 1, LARGEST) for at, side in enumerate(kept.ink.size, 1)
        )
        if wide * high > STAMP_LIMIT:
            return
        self._work_left -= wide * high
        self._field.stamps.append(Stamp(kept.ink.resize((wide, high)), foot=high))


def _name(text: str) -> str:
    """Return a picture's name without the memory it is in and without its ending."""
    return text.upper().partition(":")[2].partition(".")[0] or text.upper().partition(".")[0]
