"""Fitting words into a box: the largest size at which all of them fit; at the smallest, as many as fit and …."""

from collections.abc import Iterator
from dataclasses import dataclass

from labels.label import Text
from labels.letters import LEADING, printable, width_of

STEP = 0.95
"""Each size tried is so much of the one before: the eye does not see the jumps."""

ELLIPSIS = "…"


@dataclass(frozen=True)
class Fitted:
    """What is printed of a text: its lines, all in one size, and where the first begins in the box."""

    lines: tuple[str, ...]
    size_mm: float
    top_mm: float

    @property
    def leading_mm(self) -> float:
        """From the top of one line to the top of the next."""
        return self.size_mm * LEADING


def fit(text: Text) -> Fitted:
    """Return what of the text fits its box. Nothing is ever wider or higher than the box."""
    words = printable(text.text)
    for size in _sizes(text):
        lines = _wrapped(words, text, size)
        if lines is not None:
            return _placed(lines, size, text)
    return _placed(*_cut(words, text), text)


def _sizes(text: Text) -> Iterator[float]:
    size = min(text.size_mm, text.height / LEADING)
    while size > text.smallest_mm:
        yield size
        size *= STEP
    if text.smallest_mm <= text.height / LEADING:
        yield text.smallest_mm


def _wrapped(words: str, text: Text, size: float) -> list[str] | None:
    """Break between words only; None where it takes more lines than there are or a word is too long."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _fits(longer, text, size):
            lines[-1] = longer
        elif _fits(word, text, size):
            lines.append(word)
        else:
            return None
    return lines if len(lines) <= _room(text, size) else None


def _cut(words: str, text: Text) -> tuple[list[str], float]:
    """Break anywhere, at the smallest size, and end in … where not all fits."""
    size = min(text.smallest_mm, text.height / LEADING)
    lines: list[str] = []
    left = words
    while left and len(lines) < _room(text, size):
        is_last = len(lines) + 1 == _room(text, size)
        line = _beginning(left, text, size)
        if len(line) < len(left) and is_last:
            line = _beginning(left, text, size, ends=ELLIPSIS)
            return [*lines, line.rstrip() + ELLIPSIS if line else ""], size
        if not line:
            break
        lines.append(line.rstrip())
        left = left[len(line) :].lstrip()
    return lines, size


def _beginning(left: str, text: Text, size: float, ends: str = "") -> str:
    """Return as many letters as fit on one line."""
    low, high = 0, len(left)
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(left[:middle].rstrip() + ends, text, size):
            low = middle
        else:
            high = middle - 1
    return left[:low]


def _fits(line: str, text: Text, size: float) -> bool:
    return width_of(line, size, bold=text.bold) <= text.width


def _room(text: Text, size: float) -> int:
    """Return how many lines of a size the box takes."""
    return min(text.lines, max(1, int(text.height / (size * LEADING) + 1e-9)))


def _placed(lines: list[str], size: float, text: Text) -> Fitted:
    """Stand the lines in the middle of the height."""
    used = len(lines) * size * LEADING
    return Fitted(tuple(lines), size, (text.height - used) / 2)
