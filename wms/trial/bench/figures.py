"""What a benchmark says: a figure, what was measured beside it, their ratio, and whether the aim is met."""

import json
import operator
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Aim:
    """What a figure should reach: `at_least` or `at_most`, of the value itself or of its ratio to the baseline."""

    of: str
    how: str
    limit: float

    def is_met(self, figure: "Figure") -> bool:
        """Compare a figure with the aim; without a measured ratio an aim about it is not met."""
        measured = getattr(figure, self.of)
        compare = {"at_least": operator.ge, "at_most": operator.le}[self.how]
        return measured is not None and bool(compare(measured, self.limit))

    def __str__(self) -> str:
        """Return the aim as people read it."""
        return f"{self.of} {self.how.replace('_', ' ')} {self.limit:g}"


@dataclass(frozen=True)
class Figure:
    """One measured value; `baseline` is what was measured beside it in the same run, in the same unit."""

    bench: str
    name: str
    value: float
    unit: str
    baseline: float | None = None
    aim: Aim | None = None

    @property
    def ratio(self) -> float | None:
        """Ours to the baseline."""
        return self.value / self.baseline if self.baseline else None

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        return self.aim.is_met(self) if self.aim else None


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie (nearest rank); 0 where there are none."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else 0.0


def middle(values: Iterable[float]) -> float:
    """Return the median of the rounds."""
    return median(values)


def as_json(figures: Sequence[Figure]) -> str:
    """Return the figures as CONTRACT's list of objects."""
    rows = [
        asdict(figure)
        | {"ratio": figure.ratio, "met": figure.met, "aim": str(figure.aim) if figure.aim else None}
        for figure in figures
    ]
    return json.dumps(rows, indent=2)


def show(figures: Sequence[Figure], console: Console) -> None:
    """Print the figures as a table."""
    table = Table("bench", "figure", "ours", "by hand", "ratio", "aim", "met", box=SIMPLE)
    for figure in figures:
        baseline = f"{figure.baseline:,.2f}" if figure.baseline is not None else ""
        ratio = f"{figure.ratio:.2f}" if figure.ratio is not None else ""
        met = {True: "yes", False: "no", None: ""}[figure.met]
        ours = f"{figure.value:,.2f} {figure.unit}"
        table.add_row(figure.bench, figure.name, ours, baseline, ratio, str(figure.aim or ""), met)
    console.print(table)
