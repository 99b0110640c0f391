"""`bench pack`: from the weight of the last box to the first byte at the printer, beside what the carrier takes."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from wms.trial.bench.figures import Aim, Figure, middle, percentile
from wms.trial.bench.houses import Migrate

SOON = Aim("value", "at_most", 300)
"""Milliseconds that a packer waits for us, whatever the carrier takes."""

Packed = tuple[float, float]
"""Seconds from the weight to the first byte, and those of them in which the carrier platform was asked."""

Work = Callable[[Path], Sequence[Packed]]
"""Works a shift in a folder and returns what each parcel took."""


def run(_migrate: Migrate, work: Work) -> list[Figure]:
    """Measure on SQLite; the stand-in answers as fast as it can."""
    with tempfile.TemporaryDirectory() as name:
        packed = work(Path(name))
    ours = [1_000 * (whole - carrier) for whole, carrier in packed]
    theirs = [1_000 * carrier for _, carrier in packed]
    return [
        Figure("pack", "weight to first byte, median", middle(ours), "ms", middle(theirs), SOON),
        Figure(
            "pack",
            "weight to first byte, p95",
            percentile(ours, 0.95),
            "ms",
            percentile(theirs, 0.95),
        ),
        Figure("pack", "parcels", len(packed), "parcels"),
    ]
