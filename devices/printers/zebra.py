"""How a Zebra printer tells how it is: `~HS`, as the ZPL II Programming Guide describes it.

The answer is three lines, each from STX to ETX and ended by CR LF, of 12, 11 and 2 values with commas between them.
"""

from dataclasses import dataclass

from devices.printers.condition import Condition

ASK = b"~HS"

STX, ETX = b"\x02", b"\x03"

LINE_LIMIT = 256
"""Longest line we hold before we call it noise; the longest real one has some fifty signs."""

FIRST, SECOND, THIRD = 12, 11, 2
"""Values on each line: this alone tells the lines apart."""


@dataclass(frozen=True)
class Status:
    """All that matters of one answer. Counts are of labels and formats, not of bytes."""

    paper_out: bool = False
    ribbon_out: bool = False
    head_open: bool = False
    paused: bool = False
    over_temp: bool = False
    under_temp: bool = False
    buffer_full: bool = False
    partial_format: bool = False
    """A label has begun to arrive and its end has not."""
    label_waiting: bool = False
    """A printed label hangs in the slot and wants to be taken off."""
    formats_waiting: int = 0
    labels_left: int = 0

    @property
    def is_idle(self) -> bool:
        """Whether nothing that was sent is still to be printed."""
        return not (self.formats_waiting or self.labels_left or self.partial_format)


def condition(status: Status) -> Condition:
    """Return what keeps the printer from printing. An open head comes first: it hides the paper from its eye."""
    faults = (
        (status.head_open, Condition.HEAD_OPEN),
        (status.paper_out, Condition.PAPER_OUT),
        (status.ribbon_out, Condition.RIBBON_OUT),
        (status.over_temp, Condition.TOO_HOT),
        (status.paused, Condition.PAUSED),
        (status.buffer_full or not status.is_idle, Condition.BUSY),
    )
    return next((found for is_so, found in faults if is_so), Condition.READY)


class HostStatus:
    """Gathers answers to `~HS` from bytes that come in pieces, with noise between them."""

    def __init__(self) -> None:
        self._line: bytearray | None = None
        """What has come since the last STX; None outside a line."""
        self._lines: list[list[str]] = []

    def receive(self, data: bytes) -> list[Status]:
        """Return each answer that these bytes complete."""
        found = []
        for at in range(len(data)):
            status = self._took(data[at : at + 1])
            if status is not None:
                found.append(status)
        return found

    def _took(self, byte: bytes) -> Status | None:
        if byte == STX:
            self._line = bytearray()
        elif self._line is not None and byte == ETX:
            line, self._line = self._line.decode("latin-1"), None
            return self._ended(line.split(","))
        elif self._line is not None:
            self._line += byte
            if len(self._line) > LINE_LIMIT:
                self._line = None
        return None

    def _ended(self, values: list[str]) -> Status | None:
        """Keep a line that is in its turn; an answer with a line missing is dropped whole."""
        awaited = (FIRST, SECOND, THIRD)[len(self._lines)]
        if len(values) != awaited:
            self._lines = []
            awaited = FIRST
        if len(values) == awaited:
            self._lines.append(values)
        if len(self._lines) < len((FIRST, SECOND, THIRD)):
            return None
        (first, second, _), self._lines = self._lines, []
        return _status(first, second)


def _status(first: list[str], second: list[str]) -> Status | None:
    """Return what the values say; None where they are no figures."""
    if not all(value.strip().isdecimal() and value.isascii() for value in first + second):
        return None
    a, b = [int(value) for value in first], [int(value) for value in second]
    return Status(
        paper_out=bool(a[1]),
        paused=bool(a[2]),
        formats_waiting=a[4],
        buffer_full=bool(a[5]),
        partial_format=bool(a[7]),
        under_temp=bool(a[10]),
        over_temp=bool(a[11]),
        head_open=bool(b[2]),
        ribbon_out=bool(b[3]),
        label_waiting=bool(b[7]),
        labels_left=b[8],
    )


def answer(status: Status) -> bytes:
    """Return a status as a printer says it."""
    first = (
        f"030,{status.paper_out:d},{status.paused:d},1218,{status.formats_waiting:03d},{status.buffer_full:d},"
        f"0,{status.partial_format:d},000,0,{status.under_temp:d},{status.over_temp:d}"
    )
    second = (
        f"000,0,{status.head_open:d},{status.ribbon_out:d},0,2,4,{status.label_waiting:d},"
        f"{status.labels_left:08d},1,000"
    )
    return b"".join(b"\x02%b\x03\r\n" % line.encode() for line in (first, second, "1234,0"))
