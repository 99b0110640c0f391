"""A tablet in a test: every process of the house, driven by scans."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from wms import wiring
from wms.floor.actions import scan
from wms.floor.plain import from_plain
from wms.floor.process import Floor, Worker
from wms.floor.turn import Order, Turn
from wms.kernel.commands import command
from wms.people.policy import Role


def at_tablet(
    floor: Any, process: str = "loading", role: Role = Role.PACKER
) -> Callable[..., Turn]:
    """Return `show(code=, order=)`: scans as somebody of this role who has this process alone; returns the screen."""
    processes = Floor({process: wiring.DIALOGUES[process]}, wiring.LOOK_UPS)
    worker = Worker(floor.people["Pia"].id, "Pia", frozenset({role.value}))

    def show(code: str = "", order: Order | None = None, quantity: int | None = None) -> Turn:
        at = floor.clock.forward(timedelta(seconds=5))
        told = floor.database.write(
            command("floor.scan", by=worker.id, at=at),
            lambda session: scan(
                session,
                processes,
                worker=worker,
                code=code,
                order=order,
                quantity=quantity,
                is_late=False,
                at=at,
            ),
        ).value
        return from_plain(told["turn"])

    return show
