"""Bytes become commands, in pieces as a wire brings them. What is no command is skipped, as printers do.

A command begins with a caret or a tilde (^CC and ^CT choose other signs) and ends where the next one begins. Only what
follows ^GFB and the like is counted, since it may hold any byte.
"""

import re
from dataclasses import dataclass

DATA_LIMIT = 4_000_000
"""Most bytes that one command may bring; a picture of 4 × 6 inches at 600 dpi has 1.1 million."""

COUNTED_LIMIT = 64
"""Where the figures before counted bytes must have ended."""

GRAPHIC_VALUES = 4
"""Before the bytes of ^GF: how they are written, how many are sent, how many in all, how many across."""

AT_ONCE = frozenset({"^XA", "^XZ", "^FS", "~HS", "~HI", "~HM", "~JA", "~PS", "~PP", "~JR", "~JX"})
"""These take nothing, so they are complete with their last sign."""

CHOOSING = frozenset({"^CC", "~CC", "^CT", "~CT", "^CD", "~CD"})
"""These choose the signs of commands and the sign between values."""

INKING = frozenset({"^FD", "^FV", "^SN", "^GF", "^GB", "^GC", "^GE", "^GD", "^XG"})
"""A format without any of these only sets the printer; with one, a label comes out, though it may be empty."""

NAME_LENGTH = 3


@dataclass(frozen=True)
class Command:
    """`^FO` and what it brings, or `~HS`."""

    name: str
    data: bytes = b""
    raw: bytes = b""
    """The command as it came."""
    comma: bytes = b","
    """What stands between its values."""


class Commands:
    """Cuts a stream into commands."""

    def __init__(self) -> None:
        self.caret, self.tilde, self.comma = b"^", b"~", b","
        self._held = bytearray()
        self._clean = 0
        """So many bytes of the command that has no end yet have been searched for one."""
        self._signs = re.compile(rb"[\^~]")

    def receive(self, data: bytes) -> list[Command]:
        """Return each command that these bytes complete."""
        self._held += data
        found, at = [], 0
        while (command_end := self._next(at)) is not None:
            command, at = command_end
            if command is not None:
                found.append(command)
        del self._held[:at]
        return found

    def end(self) -> list[Command]:
        """Return what is left once no more bytes will come: the last command, which had no end."""
        rest = bytes(self._held)
        self._held.clear()
        if len(rest) < NAME_LENGTH or rest[:1] not in {self.caret, self.tilde}:
            return []
        return [self._made(rest)]

    def _next(self, at: int) -> tuple[Command | None, int] | None:
        """Return the command at or after `at` and where it ends, or None while more must come."""
        start = self._mark(at)
        if start < 0:
            return (None, len(self._held)) if at < len(self._held) else None
        if start + NAME_LENGTH > len(self._held):
            return (None, start) if start > at else None
        end = self._end(start)
        if end is None:
            return (None, start) if start > at else None
        self._clean = 0
        return self._made(bytes(self._held[start:end])), end

    def _mark(self, at: int) -> int:
        """Return where the next command begins; -1 where none does."""
        found = self._signs.search(self._held, at)
        return found.start() if found else -1

    def _end(self, start: int) -> int | None:
        head = bytes(self._held[start : start + NAME_LENGTH])
        name = self._name(head)
        if name in AT_ONCE:
            return start + NAME_LENGTH
        body = start + NAME_LENGTH
        if name in CHOOSING:
            return body + 1 if body < len(self._held) else None
        if name == "^GF" and self._held[body : body + 1].upper() == b"B":
            return self._counted_end(body)
        end = self._mark(start + max(1, self._clean))
        if end >= 0:
            return end
        self._clean = len(self._held) - start
        return len(self._held) if len(self._held) - start > DATA_LIMIT else None

    def _counted_end(self, body: int) -> int | None:
        """Return where the counted bytes of ^GFB,count,total,across, end."""
        head = bytes(self._held[body : body + COUNTED_LIMIT])
        how, *figures = head.split(self.comma, GRAPHIC_VALUES)[:GRAPHIC_VALUES]
        if len(figures) < GRAPHIC_VALUES - 1 or head.count(self.comma) < GRAPHIC_VALUES:
            return body + len(head) if len(head) == COUNTED_LIMIT else None
        count = int(figures[0]) if figures[0].isdigit() else 0
        end = body + len(self.comma.join([how, *figures, b""])) + min(count, DATA_LIMIT)
        return end if end <= len(self._held) else None

    def _name(self, head: bytes) -> str:
        sign = "^" if head[:1] == self.caret else "~"
        return sign + head[1:NAME_LENGTH].decode("latin-1").upper()

    def _made(self, raw: bytes) -> Command:
        name, data = self._name(raw), raw[NAME_LENGTH:]
        if name in {"^CC", "~CC"}:
            self.caret = data[:1] or self.caret
        elif name in {"^CT", "~CT"}:
            self.tilde = data[:1] or self.tilde
        elif name in {"^CD", "~CD"}:
            self.comma = data[:1] or self.comma
        elif name.startswith("^A") and name != "^A@":
            name, data = "^A", raw[2:]
        if name in CHOOSING:
            signs = re.escape(self.caret) + re.escape(self.tilde)
            self._signs = re.compile(rb"[%b]" % signs)
        return Command(name, data, raw, self.comma)
