"""Races for promises: many want the last units of one item, of items in ten bins, of a hundred items at once."""

import random
from collections.abc import Iterator, Sequence

from tests.campaigns.races import books, grounds, judging, speech
from tests.campaigns.races.crew import WORKERS, Hands
from tests.campaigns.races.findings import Outcome, measured
from tests.campaigns.races.grounds import Ground
from tests.campaigns.races.speech import Wish
from tests.campaigns.races.track import SEED, Track, at_once, deal

UNITS = 1_000
GREED = 1.5
"""How many times over the stock is wanted."""

HANDS = 2
"""Clients of each worker."""

RESERVERS, FEW_UNITS = 20, 10
ROUNDS = 20
DUELS = 200


def last_units(track: Track, *, units: int = UNITS, hands: int = HANDS) -> Outcome:
    """All clients want a few units of one item in one bin."""
    ground = grounds.lay_out(track.url, units=[units])
    lots = list(_handfuls(ground, most=5))
    return _crowd("the last units of one item", track, ground, lots, hands)


def ten_bins(track: Track, *, units: int = UNITS, hands: int = HANDS) -> Outcome:
    """Five items lie in ten bins, so few in each that many wishes take from several."""
    ground = grounds.lay_out(track.url, bins_count=10, units=[units // 50] * 5)
    lots = list(_handfuls(ground, most=16))
    return _crowd("items spread over ten bins", track, ground, lots, hands)


def three_lines(track: Track, *, units: int = UNITS, hands: int = HANDS) -> Outcome:
    """Orders of three lines over a hundred items, in no order, all or nothing."""
    ground = grounds.lay_out(track.url, units=[units // 100] * 100)
    pick = random.Random(SEED)
    orders = [
        [(item, pick.randint(1, 3)) for item in pick.sample(ground.items, 3)]
        for _ in range(int(GREED * units / 6))
    ]
    return _crowd("three-line orders over a hundred items", track, ground, orders, hands)


def twenty_for_ten(track: Track, *, rounds: int = ROUNDS) -> Outcome:
    """Twenty clients want one unit each of ten, at the same moment; again and again."""
    ground = grounds.lay_out(track.url, units=[FEW_UNITS] * rounds)
    return _moments("twenty reservers for ten units", track, ground, RESERVERS)


def duels(track: Track, *, rounds: int = DUELS) -> Outcome:
    """Two clients want the one unit that there is, at the same moment; again and again."""
    ground = grounds.lay_out(track.url, units=[1] * rounds)
    return _moments("duels for the last unit", track, ground, 2)


def _handfuls(ground: Ground, *, most: int) -> Iterator[list[tuple[int, int]]]:
    """Yield wishes for one line each, until they come to more than there is of everything together."""
    pick = random.Random(SEED)
    wanted = 0
    while wanted < GREED * sum(ground.stock.values()):
        line = (pick.choice(ground.items), pick.randint(1, most))
        wanted += line[1]
        yield [line]


def _crowd(
    name: str, track: Track, ground: Ground, orders: Sequence[list[tuple[int, int]]], hands: int
) -> Outcome:
    wishes = [Wish(f"{ground.warehouse_id}-{n}", lines) for n, lines in enumerate(orders, 1)]
    asks = [speech.promise(ground.warehouse_id, wish) for wish in wishes]
    return _raced(name, track, ground, wishes, [deal(asks, WORKERS, hands)])


def _moments(name: str, track: Track, ground: Ground, clients: int) -> Outcome:
    wishes = [
        Wish(f"{ground.warehouse_id}-{item}-{client}", [(item, 1)])
        for item in ground.items
        for client in range(clients)
    ]
    asks = [speech.promise(ground.warehouse_id, wish) for wish in wishes]
    rounds = [
        at_once(asks[start : start + clients], WORKERS) for start in range(0, len(asks), clients)
    ]
    return _raced(name, track, ground, wishes, rounds)


def _raced(
    name: str, track: Track, ground: Ground, wishes: Sequence[Wish], rounds: Sequence[Hands]
) -> Outcome:
    told = track.ask(rounds)
    after = books.read(track.url, ground.warehouse_id)
    known = {wish.reference: wish for wish in wishes}
    return Outcome(name, measured(told), judging.findings(ground, after, known, told))
