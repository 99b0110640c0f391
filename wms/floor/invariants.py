"""What must always hold of dialogues: each is of somebody who works here, and of a process that exists."""

from collections.abc import Collection, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.floor.tables import Dialogue
from wms.kernel.invariants import Invariant, Row, never

INVARIANTS = (
    never(
        "floor.dialogues_are_of_people",
        "Whoever is in a dialogue is a person, and did nothing after their account was closed.",
        """
        SELECT d.worker_id AS worker, u.name AS name FROM dialogue d
        JOIN user_account u ON u.id = d.worker_id
        WHERE u.is_machine = TRUE OR d.changed_at > u.disabled_at ORDER BY d.worker_id
        """,
        over="dialogue",
    ),
)


def dialogues_name_a_process(known: Collection[str]) -> Invariant:
    """Return the promise that nobody is left in a dialogue that nobody can lead."""

    def broken(session: Session) -> Iterator[Row]:
        lost = select(Dialogue.worker_id, Dialogue.process).where(
            Dialogue.process.not_in(["", *known])
        )
        for row in session.execute(lost.order_by(Dialogue.worker_id)):
            yield {"worker": row.worker_id, "process": row.process}

    return Invariant(
        "floor.dialogues_name_a_process",
        "Whoever is in a dialogue can go on with it: somebody leads it.",
        "dialogue",
        broken,
    )
