"""An answer to one scan, and the short words that make one."""

from dataclasses import dataclass

from wms.floor.turn import Sentence, Tone
from wms.returns.dialogue.acts import Act
from wms.returns.dialogue.scene import Where


@dataclass(frozen=True)
class Reply:
    """Where the person stands after a scan, what is said, and what is to be done before it is shown."""

    where: Where
    say: Sentence
    tone: Tone = Tone.GOOD
    act: Act | None = None


def good(where: Where, said: Sentence, act: Act | None = None) -> Reply:
    """Go on."""
    return Reply(where, said, Tone.GOOD, act)


def ask(where: Where, said: Sentence, act: Act | None = None) -> Reply:
    """Ask something, or tell something that needs a look."""
    return Reply(where, said, Tone.ATTENTION, act)


def wrong(where: Where, said: Sentence) -> Reply:
    """Stay, and say what to do instead."""
    return Reply(where, said, Tone.WRONG)
