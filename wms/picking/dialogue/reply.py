"""What comes of a scan: where the person stands then, what is said, and what is to be done."""

from dataclasses import dataclass

from wms.floor.turn import Sentence, Tone
from wms.picking.dialogue.acts import Act
from wms.picking.dialogue.trip import At


@dataclass(frozen=True)
class Reply:
    """Where the person stands now, and what is said. With an act, where they stand is worked out when it is done."""

    at: At
    say: Sentence | None = None
    tone: Tone = Tone.QUIET
    act: Act | None = None


def good(at: At, sentence: Sentence | None = None, act: Act | None = None) -> Reply:
    """Answer that this was right."""
    return Reply(at, sentence, Tone.GOOD, act)


def ask(at: At, sentence: Sentence) -> Reply:
    """Answer with a question or a hint."""
    return Reply(at, sentence, Tone.ATTENTION)


def wrong(at: At, sentence: Sentence) -> Reply:
    """Answer what to do instead; nothing changes."""
    return Reply(at, sentence, Tone.WRONG)
