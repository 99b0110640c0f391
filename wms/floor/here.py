"""Where a person stands while one scan is answered, and what open question stands in between."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from wms.floor.process import Stand
from wms.floor.turn import Sentence, Tone, Turn, say

HOME = Stand("", "home")


class Puzzle(StrEnum):
    """What the floor itself asks, whatever the process."""

    WHICH = "which"
    """A code stands for several things."""
    NEW_BIN = "new_bin"
    """A lead scanned the label of a bin that nobody made."""


@dataclass(frozen=True)
class Question:
    """What was asked about a code. An answer is a number, yes or no; any other scan goes on as if nothing was asked."""

    puzzle: Puzzle
    code: str
    turn: Mapping[str, Any]
    """What the screen showed before it was asked."""
    options: tuple[Mapping[str, Any], ...] = ()
    symbology: str | None = None
    quantity: int | None = None


@dataclass(frozen=True)
class Here:
    """Where the person stands, and what the screen shows."""

    stand: Stand
    turn: Turn
    question: Question | None = None
    leaves: bool = False
    """Whether the tablet goes to the door now: pause or sign out. The work stays where it is."""

    def told(self, sentence: Sentence, tone: Tone) -> "Here":
        """Return the same place with something said, and nothing asked any more."""
        return replace(self, turn=replace(self.turn, say=sentence, tone=tone), question=None)


def at_home(sentence: Sentence | None = None, tone: Tone = Tone.QUIET) -> Here:
    """Return home, with something said."""
    return Here(HOME, Turn("", "home", say("floor.at_home"), say=sentence, tone=tone))
