"""Shifts for `bench`: a few made-up orders, worked as `simulate` works them, with a stopwatch beside."""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from wms.app.commands.simulate import Watched, simulate
from wms.shipping.gateway import Gateway
from wms.trial.bench.pack import Packed
from wms.trial.demo import orders
from wms.trial.seed import goods
from wms.trial.simulate import files
from wms.trial.simulate.shift import Shift

T = TypeVar("T")

SEED, PICKERS = 1, 3
MANY, FEW = 120, 30
"""Orders of a shift that is measured as a whole, and of one for the sake of its parcels."""

Span = tuple[float, float]


def whole(folder: Path) -> dict[str, Any]:
    """Work a shift and return its figures."""
    told, _ = simulate(_asked(folder, MANY), folder, lambda _what, _done: None)
    return told


def packed(folder: Path) -> Sequence[Packed]:
    """Work a shift and return what each parcel waited for its label, and how long of it for the carrier."""
    spans: list[Span] = []
    shifts: list[dict[str, Span]] = []
    watched = Watched(
        lambda *args, **named: Timed(spans, *args, **named),
        lambda shift: shifts.append(_undisturbed(shift)),
    )
    simulate(_asked(folder, FEW), folder, lambda _what, _done: None, watched)
    return [(came - began, _within(spans, began, came)) for began, came in shifts[0].values()]


class Timed(Gateway):
    """The way to the carrier platform, with a stopwatch."""

    def __init__(self, spans: list[Span], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._spans = spans

    def rates(self, *args: Any, **named: Any) -> Any:
        """Ask what it costs."""
        return self._timed(lambda: super(Timed, self).rates(*args, **named))

    def buy(self, *args: Any, **named: Any) -> Any:
        """Buy."""
        return self._timed(lambda: super(Timed, self).buy(*args, **named))

    def document(self, *args: Any, **named: Any) -> Any:
        """Fetch the sheet."""
        return self._timed(lambda: super(Timed, self).document(*args, **named))

    def _timed(self, ask: Callable[[], T]) -> T:
        began = time.monotonic()
        try:
            return ask()
        finally:
            self._spans.append((began, time.monotonic()))


def _asked(folder: Path, count: int) -> argparse.Namespace:
    file = folder / "orders.csv"
    orders.write(file, goods.items(SEED, files.NO_DAY), seed=SEED, on=files.NO_DAY, count=count)
    return argparse.Namespace(orders=file, seed=SEED, pickers=PICKERS, keep=folder, json=True)


PLANTED = 8
"""The first parcels meet the planted troubles: silence of the carrier, a printer without paper."""


def _undisturbed(shift: Shift) -> dict[str, Span]:
    waited = sorted(shift.waited().items(), key=lambda one: one[1])
    return dict(waited[PLANTED:])


def _within(spans: Sequence[Span], began: float, ended: float) -> float:
    return sum(
        min(end, ended) - max(start, began) for start, end in spans if start < ended and end > began
    )
