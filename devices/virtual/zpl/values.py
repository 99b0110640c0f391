"""What a command brings, value by value. A value that is missing or makes no sense counts as its default."""

import re

VALUES_LIMIT = 16
"""More values than any command takes."""

FIGURE = re.compile(r"[+-]?\d{1,9}(\.\d{0,6})?")


class Values:
    """The values of one command."""

    def __init__(self, data: bytes, comma: bytes = b",") -> None:
        flat = data.replace(b"\r", b"").replace(b"\n", b"")
        self.parts = [
            part.strip()
            for part in flat.decode("latin-1").split(comma.decode("latin-1"), VALUES_LIMIT)
        ]

    def text(self, at: int, default: str = "") -> str:
        """Return a value as it stands."""
        return (self.parts[at] if at < len(self.parts) else "") or default

    def letter(self, at: int, default: str, allowed: str) -> str:
        """Return the first letter of a value."""
        found = self.text(at)[:1].upper()
        return found if found and found in allowed else default

    def number(self, at: int, default: int, low: int, high: int) -> int:
        """Return a value as a whole number, brought within its limits."""
        return round(self.decimal(at, default, low, high))

    def decimal(self, at: int, default: float, low: float, high: float) -> float:
        """Return a value as a number, brought within its limits."""
        found = FIGURE.match(self.text(at))
        return min(max(float(found[0]), low), high) if found else default

    def is_yes(self, at: int, *, default: bool) -> bool:
        """Tell whether a value says Y."""
        return self.letter(at, "Y" if default else "N", "YN") == "Y"
