"""Who works the shift, each with a tablet of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from wms.floor.process import Worker
from wms.people import actions as people
from wms.people.policy import Role
from wms.trial.seed import Filled
from wms.trial.seed.floor import add_tablet


@dataclass(frozen=True)
class Crew:
    """By role, everybody who works, in the order in which they were taken on."""

    members: Mapping[Role, Sequence[Worker]]
    lead: int
    """Who releases waves and answers the telephone."""

    def of(self, role: Role) -> Sequence[Worker]:
        """Return who works in a role."""
        return self.members.get(role, ())


def take_on(
    session: Session, filled: Filled, pickers: int, *, by: int, at: datetime
) -> list[Worker]:
    """Give everybody on the floor a tablet, and take on as many pickers as are asked for."""
    dice = Random(f"crew {filled.seed}")
    known = [(number, worker.name, worker.role) for number, worker in filled.workers.items()]
    team = [one for one in known if one[2] is not Role.PICKER]
    team += [one for one in known if one[2] is Role.PICKER][:pickers]
    for number in range(sum(one[2] is Role.PICKER for one in team), pickers):
        name = f"Picker {number + 1} (practice)"
        user = people.add_user(session, name=name, roles=[Role.PICKER], by=by, at=at)
        team.append((user.id, name, Role.PICKER))
    return [
        Worker(
            number,
            name,
            frozenset({str(role)}),
            add_tablet(session, dice, f"Tablet of {name}", by=by, at=at).id,
        )
        for number, name, role in team
    ]
