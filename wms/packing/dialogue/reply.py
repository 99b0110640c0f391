"""What comes of a scan: where the packer stands then, what is said, and what is to be done."""

from dataclasses import dataclass

from wms.floor.turn import Sentence, Tone
from wms.packing.dialogue.acts import Act
from wms.packing.dialogue.at import At


@dataclass(frozen=True)
class Reply:
    """Where the packer stands now, and what is said. With an act, where they stand is worked out when it is done."""

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


def look(at: At, sentence: Sentence, act: Act) -> Reply:
    """Do what is wanted, and say what somebody has to look at."""
    return Reply(at, sentence, Tone.ATTENTION, act)


def wrong(at: At, sentence: Sentence) -> Reply:
    """Answer what to do instead; nothing changes."""
    return Reply(at, sentence, Tone.WRONG)
