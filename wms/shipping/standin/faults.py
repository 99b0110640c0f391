"""What can go wrong with a carrier platform, planted on purpose: how often, where and with what odds."""

import random
import threading
from dataclasses import dataclass

BEFORE = frozenset({"hang_before", "reset_before", "500", "401", "429"})
"""Nothing is done."""
INSIDE = frozenset(
    {"error_201", "queued", "expired_rate", "no_rates", "refund_rejected", "charged_twice"}
)
"""The platform answers properly, but not what was hoped for; of two purchases for one question it tells the first."""
AFTER = frozenset({"hang_after", "reset_after", "500_after"})
"""It is done, and the answer never comes, or says otherwise."""
MANGLED = frozenset({"missing_created_by", "unknown_enum", "odd_date", "ok_200", "garbage_after"})
"""It is done, and the answer is not as it was agreed on."""
KINDS = BEFORE | INSIDE | AFTER | MANGLED

PLACES = frozenset(
    {"shipments", "transactions", "transaction", "list", "refunds", "tracks", "labels"}
)
HANG_S = 60.0
FOR_EVER = 1_000_000


@dataclass
class Fault:
    """One planted trouble. With `odds`, each question meets it by chance, until it was met `times` times."""

    kind: str
    place: str = "transactions"
    times: int = 1
    odds: float = 1.0
    seconds: float = HANG_S


class Faults:
    """All planted troubles, in the order in which they were planted. Chance comes from the seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - chance that can be repeated
        self._planted: list[Fault] = []
        self._held = threading.Lock()
        self.before_ms = (0, 0)
        self.after_ms = (0, 0)

    def plant(self, fault: Fault) -> None:
        with self._held:
            self._planted.append(fault)

    def clear(self) -> None:
        with self._held:
            self._planted.clear()

    def planted(self) -> list[Fault]:
        with self._held:
            return list(self._planted)

    def take(self, place: str) -> Fault | None:
        """Return the trouble that this question meets."""
        with self._held:
            for fault in self._planted:
                if fault.place == place and self._chance.random() < fault.odds:
                    fault.times -= 1
                    if not fault.times:
                        self._planted.remove(fault)
                    return fault
        return None

    def pause_s(self, between_ms: tuple[int, int]) -> float:
        """Draw how long the platform thinks."""
        with self._held:
            return self._chance.uniform(*between_ms) / 1000 if any(between_ms) else 0.0
