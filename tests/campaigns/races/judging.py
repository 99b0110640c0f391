"""The judge of races for promises: what was told, held against what the tables say."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.campaigns.races import speech
from tests.campaigns.races.asking import Ask, Told
from tests.campaigns.races.books import Books, Promised
from tests.campaigns.races.findings import Finding, Sin
from tests.campaigns.races.grounds import Ground
from tests.campaigns.races.speech import Wish


@dataclass(frozen=True)
class Reply:
    """One wish with what became of it; `promised` is None where it was refused."""

    wish: Wish
    told: Told
    promised: Mapping[int, int] | None


def findings(
    ground: Ground, books: Books, wishes: Mapping[str, Wish], told: Sequence[tuple[Ask, Told]]
) -> list[Finding]:
    """Return all that must not be, of a race in which each wish was sent once and nothing was given back."""
    replies = [Reply(wishes[ask.key], one, speech.promised(one)) for ask, one in told]
    return [
        *strange_answers(told),
        *_unlike_the_rows(replies, books),
        *oversold(ground, books),
        *_false_stock_outs(ground, replies, books),
        *differing(books),
    ]


def strange_answers(told: Sequence[tuple[Ask, Told]]) -> Iterator[Finding]:
    """Yield what is neither a yes nor a no for want of stock, and a lasting no that asks to be sent again."""
    for ask, one in told:
        if speech.is_short(one) and one.retry_after:
            yield Finding(
                Sin.STRANGE_ANSWER, f"{ask.key}: refused for good, yet told to come again"
            )
        if not (speech.is_yes(one) or speech.is_short(one)):
            said = f"{one.status} after {one.put_off} times put off: {one.bodies[0][:300]}"
            yield Finding(Sin.STRANGE_ANSWER, f"{ask.key or ask.path}: {said}")


def oversold(ground: Ground, books: Books) -> Iterator[Finding]:
    """Yield items of which more is promised than the ledger has, and bins that promised more than they hold."""
    for item in ground.items:
        promised = sum(one.left for one in books.open_promises[item])
        if promised > (there := books.in_house[item]):
            yield Finding(Sin.OVERSOLD, f"item {item}: {promised} promised of {there}")
    by_balance: Counter[int | None] = Counter()
    for one in books.promises:
        if one.is_open:
            by_balance[one.balance_id] += one.left
    for held in books.balances.values():
        if by_balance[held.id] > held.quantity:
            what = f"balance {held.id}: {by_balance[held.id]} promised of {held.quantity}"
            yield Finding(Sin.OVERSOLD, what)


def differing(books: Books) -> Iterator[Finding]:
    """Yield balances that are not the sum of the ledger, and promises that availability or balances do not show."""
    of_balance: Counter[int | None] = Counter()
    of_item: Counter[tuple[int, str]] = Counter()
    for one in books.promises:
        if one.is_open:
            of_balance[one.balance_id] += one.left
            of_item[one.item_id, one.state] += one.left
    for key in books.ledger.keys() | books.balances.keys():
        held, moved = books.balances.get(key), books.ledger.get(key, 0)
        if (held.quantity if held else 0) != moved:
            yield Finding(Sin.BOOKS_DIFFER, f"balance {key}: {held}, moved {moved}")
        if held and held.reserved != of_balance[held.id]:
            what = f"balance {key}: reserved {held.reserved}, promised {of_balance[held.id]}"
            yield Finding(Sin.BOOKS_DIFFER, what)
    for item, said in books.availability.items():
        true = (books.in_house[item], of_item[item, "soft"], of_item[item, "hard"])
        if said != true:
            yield Finding(Sin.BOOKS_DIFFER, f"availability of item {item}: {said}, truly {true}")


def _unlike_the_rows(replies: Sequence[Reply], books: Books) -> Iterator[Finding]:
    by_reference: dict[str, list[Promised]] = {}
    for row in books.promises:
        by_reference.setdefault(row.reference, []).append(row)
    for reply in replies:
        yield from _unlike(reply, by_reference.pop(reply.wish.reference, []))
    for reference in by_reference:
        yield Finding(Sin.EFFECT_WITHOUT_ANSWER, f"{reference}: nobody asked for it")


def _unlike(reply: Reply, rows: Sequence[Promised]) -> Iterator[Finding]:
    name = reply.wish.reference
    if reply.promised is None:
        if rows:
            yield Finding(Sin.EFFECT_WITHOUT_ANSWER, f"{name}: refused, and has {len(rows)} rows")
        return
    if {row.id: row.quantity for row in rows} != reply.promised:
        yield Finding(Sin.ANSWER_WITHOUT_EFFECT, f"{name}: {reply.promised} told, has {rows}")
    units: Counter[int] = Counter()
    for row in rows:
        units[row.item_id] += row.quantity
    if units != Counter(dict(reply.wish.lines)):
        yield Finding(Sin.ANSWER_WITHOUT_EFFECT, f"{name}: wanted {reply.wish.lines}, has {rows}")


def _false_stock_outs(ground: Ground, replies: Sequence[Reply], books: Books) -> Iterator[Finding]:
    """Yield refusals that nothing explains.

    Nothing is given back in these races, so what is free only falls, and promises of one item are numbered in the
    order in which they were made. At the moment of a no at most those promises had been made that come before the
    first one that was not even asked for yet. Where that leaves enough of every item, it was there all the while.
    """
    asked_at = {reply.wish.reference: reply.told.sent_at for reply in replies}
    for reply in replies:
        if reply.promised is not None:
            continue
        left = {
            item: _least_left(item, reply.told.answered_at, ground, books, asked_at)
            for item, _ in reply.wish.lines
        }
        if all(left[item] >= quantity for item, quantity in reply.wish.lines):
            what = f"{reply.wish.reference}: wanted {reply.wish.lines}, at least {left} was free"
            yield Finding(Sin.FALSE_STOCK_OUT, what)


def _least_left(
    item: int, moment: float, ground: Ground, books: Books, asked_at: Mapping[str, float]
) -> int:
    left = ground.of(item)
    for promise in books.open_promises[item]:
        if asked_at.get(promise.reference, moment) > moment:
            break
        left -= promise.quantity
    return left
