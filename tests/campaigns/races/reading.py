"""The race of readers against writers: while stock moves from bin to bin, every list must add up to what there is."""

import random
from collections.abc import Iterator, Mapping, Sequence

from tests.campaigns.races import books, effects, grounds, judging, speech
from tests.campaigns.races.asking import Ask, Told
from tests.campaigns.races.crew import WORKERS
from tests.campaigns.races.findings import Finding, Outcome, Sin, measured
from tests.campaigns.races.grounds import Ground
from tests.campaigns.races.speech import Line
from tests.campaigns.races.track import SEED, Track

ITEMS, BINS, UNITS = 5, 30, 20
LINES = 4
"""Most moves that happen together."""

READERS = 4
READS = 160
MOVES_PER_READ = 2
"""How many moves a writer makes while a reader reads once: about as long as a list takes."""


def readers_among_writers(track: Track, *, reads: int = READS) -> Outcome:
    """Eight writers move units between bins; four readers page through the inventory and take the export."""
    ground = grounds.lay_out(track.url, bins_count=BINS, units=[UNITS] * ITEMS)
    each = reads // READERS
    writing = [_moves(ground, worker, each * MOVES_PER_READ) for worker in range(WORKERS)]
    reading = [_reads(ground, each) for _ in range(READERS)]
    told = track.ask([list(_side_by_side(writing, reading))])
    after = books.read(track.url, ground.warehouse_id)
    lists = [(ask, one) for ask, one in told if ask.method == "GET"]
    moves = [(ask, one) for ask, one in told if ask.method == "POST"]
    assert _amid(lists, moves) > len(lists) // 2, "too few lists were read while stock moved"
    found = [
        *judging.strange_answers(told),
        *_wrong_totals(ground, lists),
        *effects.unlike(moves, after),
        *judging.differing(after),
    ]
    return Outcome("readers among writers", measured(told), found)


def _moves(ground: Ground, worker: int, count: int) -> list[Ask]:
    pick = random.Random(SEED + worker)
    return [
        speech.move(
            f"{ground.warehouse_id}-{worker}-{number}",
            [_line(ground, pick) for _ in range(pick.randint(1, LINES))],
        )
        for number in range(count)
    ]


def _line(ground: Ground, pick: random.Random) -> Line:
    source, target = pick.sample(ground.bins, 2)
    return Line(pick.choice(ground.items), source, target, pick.randint(1, 5))


def _reads(ground: Ground, count: int) -> list[Ask]:
    kinds = (speech.inventory(ground.warehouse_id), speech.export(ground.warehouse_id))
    return [kinds[number % 2] for number in range(count)]


def _side_by_side(
    writing: Sequence[list[Ask]], reading: Sequence[list[Ask]]
) -> Iterator[Sequence[list[Ask]]]:
    for worker, moves in enumerate(writing):
        yield (moves, reading[worker]) if worker < len(reading) else (moves,)


def _wrong_totals(ground: Ground, lists: Sequence[tuple[Ask, Told]]) -> Iterator[Finding]:
    true = {item: (ground.of(item), ground.of(item)) for item in ground.items}
    for ask, one in lists:
        if speech.is_yes(one) and (said := _totals(ground, ask, one)) != true:
            yield Finding(Sin.WRONG_TOTAL, f"{ask.path}: {said}, truly {true}")


def _totals(ground: Ground, ask: Ask, told: Told) -> Mapping[int, tuple[int, int]]:
    """Return by item what there is and what can be sold: here, where every place is a bin, the same."""
    if ask.follows:
        return speech.inventory_totals(told)
    units = speech.export_totals(told)
    return {ground.skus[sku]: (there, there) for sku, there in units.items()}


def _amid(lists: Sequence[tuple[Ask, Told]], moves: Sequence[tuple[Ask, Told]]) -> int:
    """Count the lists while which a move was made: asked for and answered within the list's own time, or across it."""
    done = [one for _, one in moves if speech.is_yes(one)]
    return sum(
        any(m.sent_at < r.answered_at and r.sent_at < m.answered_at for m in done) for _, r in lists
    )
