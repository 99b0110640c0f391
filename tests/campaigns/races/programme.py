"""Which races are run, how big, and what they must find of houses that are broken on purpose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from tests.campaigns.races import speech
from tests.campaigns.races.findings import Outcome, Sin
from tests.campaigns.races.promising import duels, last_units, ten_bins, three_lines, twenty_for_ten
from tests.campaigns.races.reading import readers_among_writers
from tests.campaigns.races.repeating import sent_twice
from tests.campaigns.races.track import DATABASES, Track

Race = Callable[[Track], Outcome]

SHORT: Mapping[str, Race] = {
    "last_units": last_units,
    "ten_bins": ten_bins,
    "three_lines": three_lines,
    "twenty_for_ten": twenty_for_ten,
    "duels": duels,
    "sent_twice": sent_twice,
    "readers_among_writers": readers_among_writers,
}
"""As the tests run them."""

FULL: Mapping[str, Race] = {
    "last_units": partial(last_units, units=20_000, hands=8),
    "ten_bins": partial(ten_bins, units=20_000, hands=8),
    "three_lines": partial(three_lines, units=20_000, hands=8),
    "twenty_for_ten": partial(twenty_for_ten, rounds=200),
    "duels": partial(duels, rounds=2_000),
    "sent_twice": partial(sent_twice, commands=4_000),
    "readers_among_writers": partial(readers_among_writers, reads=5_000),
}
"""With sixty-four clients, tens of thousands of requests."""


@dataclass(frozen=True)
class Catch:
    """A race against a twin that is broken on purpose: what must be found of it, and where."""

    twin: str
    race: Race
    sins: tuple[Sin, ...]
    where: tuple[str, ...] = ("",)
    databases: tuple[str, ...] = DATABASES

    def run(self, here: Track) -> Outcome:
        """Run the race against the twin."""
        return here.of_twin(self.twin).run(self.race)

    def missed(self, outcome: Outcome) -> list[str]:
        """Return what should have been found and was not."""
        return [
            f"{sin} {where}".strip()
            for sin in self.sins
            for where in self.where
            if not any(f.sin is sin and where in f.what for f in outcome.findings)
        ]


CATCHES: Mapping[str, Catch] = {
    "last_units": Catch("read_modify_write", last_units, (Sin.OVERSOLD,)),
    "ten_bins": Catch("read_modify_write", ten_bins, (Sin.OVERSOLD,)),
    "three_lines": Catch("read_modify_write", three_lines, (Sin.OVERSOLD,)),
    "twenty_for_ten": Catch(
        "read_modify_write", partial(twenty_for_ten, rounds=3), (Sin.OVERSOLD,)
    ),
    "duels": Catch("read_modify_write", partial(duels, rounds=40), (Sin.OVERSOLD,)),
    "sent_twice": Catch("read_modify_write", partial(sent_twice, commands=100), (Sin.DONE_TWICE,)),
    "unordered_locks": Catch(
        "read_modify_write",
        partial(sent_twice, commands=100),
        (Sin.DEADLOCK, Sin.BUG, Sin.STRANGE_ANSWER),
        databases=("postgresql",),
    ),
    "stock_out": Catch(
        "skip_locked", last_units, (Sin.FALSE_STOCK_OUT,), databases=("postgresql",)
    ),
    "torn_lists": Catch(
        "torn", readers_among_writers, (Sin.WRONG_TOTAL,), (speech.INVENTORY, speech.EXPORT)
    ),
}


def catches(database: str) -> Mapping[str, Catch]:
    """Return what can be caught on one of the databases."""
    return {name: catch for name, catch in CATCHES.items() if database in catch.databases}
