"""One scan that is being answered, and where the packer stands after it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from wms.floor.process import Worker
from wms.floor.turn import Sentence, Tone
from wms.packing.dialogue import At, Job


@dataclass(frozen=True)
class Scan:
    """One scan that is being answered: at which bench, by whom, and where they stand."""

    session: Session
    job: Job
    worker: Worker
    at: datetime

    @property
    def who(self) -> tuple[int, datetime]:
        """Who does it and when."""
        return self.worker.id, self.at

    @property
    def box_id(self) -> int:
        """The number of the box in hand."""
        assert self.job.box is not None
        return self.job.box.id


@dataclass(frozen=True)
class Done:
    """Where the packer stands after an act, before box and tote are looked at again, and what is said."""

    at: At
    say: Sentence | None
    tone: Tone = Tone.GOOD
