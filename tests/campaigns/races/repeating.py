"""The race of every command against itself: each is sent twice at about the same time, by two processes."""

import random
from collections.abc import Iterator, Sequence

from tests.campaigns.races import books, effects, grounds, judging, speech
from tests.campaigns.races.asking import Ask
from tests.campaigns.races.crew import WORKERS
from tests.campaigns.races.effects import Sends
from tests.campaigns.races.findings import Finding, Outcome, Sin, measured
from tests.campaigns.races.grounds import Ground
from tests.campaigns.races.speech import Line, Wish
from tests.campaigns.races.track import SEED, Track, deal

COMMANDS = 1_000
HANDS = 2
BLOCK = 16
"""So many commands are shuffled among each other: far enough to come out of order, near enough to meet."""

BINS = 4
PLENTY, SCARCE = 100_000, 20
"""Units in each bin: most commands are carried out, some are refused, and both must be told again alike."""


def sent_twice(track: Track, *, commands: int = COMMANDS) -> Outcome:
    """Promises and moves, some of which are refused."""
    ground = grounds.lay_out(track.url, bins_count=BINS, units=[PLENTY, SCARCE])
    asks = list(_commands(ground, commands))
    told = track.ask([_pairs(asks)])
    assert _meetings(told) > commands // 20, "too few commands met themselves"
    after = books.read(track.url, ground.warehouse_id)
    found = [
        *judging.strange_answers(told),
        *_unlike_twins(told),
        *effects.unlike(told, after),
        *judging.oversold(ground, after),
        *judging.differing(after),
    ]
    return Outcome("every command sent twice", measured(told), found)


def _commands(ground: Ground, count: int) -> Iterator[Ask]:
    pick = random.Random(SEED)
    here = ground.warehouse_id
    for number in range(count):
        name, units = f"{here}-{number}", pick.randint(1, 3)
        item = ground.items[pick.random() < 0.3]
        if number % 2:
            yield speech.promise(here, Wish(name, [(item, units)]))
        else:
            source, target = pick.sample(ground.bins, 2)
            yield speech.move(name, [Line(item, source, target, units)])


def _pairs(asks: Sequence[Ask]) -> list[list[list[Ask]]]:
    """Give each command to a worker of the first half and to one of the second, each in an order of its own."""
    half = WORKERS // 2
    return [
        [_shuffled(hand, worker) for hand in share]
        for worker in range(WORKERS)
        for share in [deal(asks, half, HANDS)[worker % half]]
    ]


def _shuffled(asks: Sequence[Ask], worker: int) -> list[Ask]:
    pick = random.Random(SEED + worker)
    blocks = [list(asks[start : start + BLOCK]) for start in range(0, len(asks), BLOCK)]
    for block in blocks:
        pick.shuffle(block)
    return [ask for block in blocks for ask in block]


def _meetings(told: Sends) -> int:
    """Count the commands of which the second send came while the first was under way."""
    return sum(
        one.sent_at < other.answered_at and other.sent_at < one.answered_at
        for one, other in effects.by_key(told).values()
    )


def _unlike_twins(told: Sends) -> Iterator[Finding]:
    for key, sends in effects.by_key(told).items():
        answers = {(one.status, one.bodies[0]) for one in sends}
        if len(answers) > 1:
            yield Finding(Sin.ANSWERS_DIFFER, f"{key}: {sorted(answers)}")
        if [one.is_replay for one in sends].count(True) != 1:
            yield Finding(Sin.NOT_TOLD_AGAIN, f"{key}: {[one.is_replay for one in sends]}")
