"""A label printer that is only played: it listens on TCP, says how it is, and keeps what it prints.

It behaves as the real ones do: out of paper it holds its labels and prints them after the roll is changed; a label that
breaks off is forgotten; `~HS` is answered at once, also in the middle of a label.
"""

import socket
import struct
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Condition as Bell
from threading import Thread
from time import monotonic, sleep
from types import TracebackType
from typing import Self

from devices.printers import zebra
from devices.virtual.formats import Format, Formats
from devices.virtual.lines import MANY, Lines
from devices.virtual.sheet import Sheet
from devices.virtual.zpl.commands import Command

CHUNK = 65_536
FORMATS_LIMIT = 200
"""So many labels wait in the printer before it says that its memory is full and takes no more."""

SHEETS_LIMIT = 10_000
"""So many sheets are kept; the oldest are thrown away first."""

NEVER = 1 << 62
RESET = struct.pack("ii", 1, 0)
"""Hang up without goodbye, as a printer does that loses its power."""

QUESTIONS = frozenset({"~HS", "~HI"})
IDENTITY = b"\x02BINWAVE VIRTUAL,V1.0,%d,8192KB\x03\r\n"


@dataclass
class _Waiting:
    """A label in the printer's memory, and how many copies are still to come."""

    format: Format
    arrived_at: float
    left: int


class VirtualPrinter:
    """A printer on a port of this machine, for as long as its `with` block lasts."""

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        dpi: int = 203,
        folder: Path | None = None,
        delay_s: float = 0.0,
        *,
        answer_s: float = 0.0,
        lines: int = MANY,
    ) -> None:
        """`answer_s`: how long it thinks about a question; `lines`: how many connections it serves at once."""
        self.dpi, self.folder, self.delay_s, self.answer_s = dpi, folder, delay_s, answer_s
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self.sheets: list[Sheet] = []
        self.printed = 0
        self._bell = Bell()
        self._status = zebra.Status()
        self._waiting: deque[_Waiting] = deque()
        self._paper_left = NEVER
        self._answers_left = NEVER
        self._is_over = False
        self._break_off_after: int | None = None
        self._lines = Lines(host, port, self._serve, lines)
        self.host, self.port = self._lines.host, self._lines.port

    @property
    def address(self) -> str:
        """As it is written on the devices page."""
        return f"zebra+tcp://{self.host}:{self.port}"

    def __enter__(self) -> Self:
        self._lines.listen()
        Thread(target=self._print, daemon=True, name=f"played printer {self.port}").start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.switch_off()

    # What people do to it.

    def take_out_paper(self) -> None:
        """Let the roll be empty from now on."""
        self.let_paper_last(0)

    def let_paper_last(self, labels: int) -> None:
        """Let the roll end after so many labels."""
        with self._bell:
            self._paper_left = labels
            self._set(paper_out=labels <= 0)

    def load_paper(self) -> None:
        """Put in a roll without end; what it held is printed now."""
        with self._bell:
            self._paper_left = NEVER
            self._set(paper_out=False)

    def open_head(self) -> None:
        """Lift the print head."""
        self._set(head_open=True)

    def close_head(self) -> None:
        """Close the print head."""
        self._set(head_open=False)

    def pause(self) -> None:
        """Press the pause button."""
        self._set(paused=True)

    def resume(self) -> None:
        """Press it again."""
        self._set(paused=False)

    def mute(self) -> None:
        """Let it answer no question any more; it prints all the same."""
        self.mute_after(0)

    def mute_after(self, answers: int) -> None:
        """Let it fall mute after so many answers."""
        self._answers_left = answers

    def speak(self) -> None:
        """Let it answer again."""
        self._answers_left = NEVER

    def break_off_after(self, n_bytes: int) -> None:
        """Cut the line, once, after so many bytes of labels from now on; what came of a label is lost with it."""
        self._break_off_after = n_bytes

    def switch_off(self) -> None:
        """Hang up and forget what was not printed."""
        with self._bell:
            self._is_over = True
            self._waiting.clear()
            self._bell.notify_all()
        self._lines.close()

    def wait_for(self, sheets: int, seconds: float) -> bool:
        """Wait until so many sheets have come out; tell whether they have."""
        with self._bell:
            return self._bell.wait_for(lambda: self.printed >= sheets, seconds)

    # What it does by itself.

    def _set(self, **so: bool) -> None:
        with self._bell:
            self._status = replace(self._status, **so)
            self._bell.notify_all()

    def _serve(self, line: socket.socket) -> None:
        """Take what one connection brings, until it ends."""
        formats, began = Formats(), 0.0
        while data := line.recv(CHUNK):
            began = began if formats.is_partial else monotonic()
            part, is_cut = self._until_cut(data)
            for one in formats.receive(part):
                if isinstance(one, Command):
                    self._answer(line, one, formats)
                else:
                    self._take(one, began)
            if is_cut:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                return

    def _until_cut(self, data: bytes) -> tuple[bytes, bool]:
        """Return what still gets through, and whether the line is cut behind it; questions do not count."""
        if self._break_off_after is None or data == zebra.ASK:
            return data, False
        through = data[: self._break_off_after]
        self._break_off_after -= len(through)
        if self._break_off_after:
            return data, False
        self._break_off_after = None
        return through, True

    def _answer(self, line: socket.socket, command: Command, formats: Formats) -> None:
        if command.name in QUESTIONS and self._answers_left <= 0:
            return
        self._answers_left -= 1
        sleep(self.answer_s)
        if command.name == "~HS":
            line.sendall(zebra.answer(self.status(is_partial=formats.is_partial)))
        elif command.name == "~HI":
            line.sendall(IDENTITY % self.dpi)
        elif command.name == "~JA":
            with self._bell:
                self._waiting.clear()

    def status(self, *, is_partial: bool = False) -> zebra.Status:
        """Return how it is just now."""
        with self._bell:
            held = len(self._waiting)
            return replace(
                self._status,
                partial_format=is_partial,
                formats_waiting=max(0, held - 1),
                labels_left=self._waiting[0].left if held else 0,
                buffer_full=held >= FORMATS_LIMIT,
            )

    def _take(self, label: Format, began: float) -> None:
        """Keep a label until it is printed; with its memory full the printer lets the wire wait."""
        with self._bell:
            self._bell.wait_for(lambda: self._is_over or len(self._waiting) < FORMATS_LIMIT)
            if not self._is_over:
                self._waiting.append(_Waiting(label, began, label.copies))
                self._bell.notify_all()

    def _print(self) -> None:
        """Print label after label, whenever nothing keeps it from printing."""
        while (label := self._next()) is not None:
            sheet = Sheet(self.printed + 1, label.format, self.dpi, label.arrived_at, monotonic())
            if self.folder is not None:
                (self.folder / f"{sheet.number:05d}.png").write_bytes(sheet.png())
            with self._bell:
                self.sheets.append(sheet)
                del self.sheets[:-SHEETS_LIMIT]
                self.printed = sheet.number
                self._count(label)
                self._bell.notify_all()

    def _next(self) -> _Waiting | None:
        """Wait until a label can be printed, and return it; None once the printer is off."""
        with self._bell:
            while not self._is_over:
                self._bell.wait_for(lambda: self._is_over or self._can_print())
                self._bell.wait_for(lambda: self._is_over, self.delay_s)
                if self._can_print():
                    return self._waiting[0]
        return None

    def _count(self, label: _Waiting) -> None:
        """Count a label that came out; with ~JA it may be gone from memory already."""
        self._paper_left -= 1
        self._status = replace(self._status, paper_out=self._paper_left <= 0)
        label.left -= 1
        if not label.left and self._waiting and self._waiting[0] is label:
            self._waiting.popleft()

    def _can_print(self) -> bool:
        now = self._status
        return bool(self._waiting) and not (now.paper_out or now.head_open or now.paused)
