"""Whether every command left exactly the rows that its answer tells of: the judge of races that name their commands."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tests.campaigns.races import speech
from tests.campaigns.races.asking import Ask, Told
from tests.campaigns.races.books import Books
from tests.campaigns.races.findings import Finding, Sin

Sends = Sequence[tuple[Ask, Told]]


def by_key(told: Sends) -> Mapping[str, list[Told]]:
    """Return what was told, by command."""
    answers: dict[str, list[Told]] = defaultdict(list)
    for ask, one in told:
        answers[ask.key].append(one)
    return answers


def unlike(told: Sends, after: Books) -> Iterator[Finding]:
    """Yield commands whose rows are not those of their answer, and rows of commands that nobody sent."""
    made = _by_reference(after)
    for key, sends in by_key(told).items():
        yield from _unlike_rows(key, sends[0], made.pop(key, []))
    for key in made:
        yield Finding(Sin.EFFECT_WITHOUT_ANSWER, f"{key}: nobody asked for it")


def _by_reference(after: Books) -> dict[str, list[int]]:
    made: dict[str, list[int]] = defaultdict(list)
    for promise in after.promises:
        made[promise.reference].append(promise.id)
    for move in after.moves:
        made[move.reference].append(move.id)
    return made


def _unlike_rows(key: str, told: Told, made: Sequence[int]) -> Iterator[Finding]:
    expected = sorted(speech.numbers(told))
    if sorted(made) == expected:
        return
    what = f"{key}: rows {expected} told, has {sorted(made)}"
    if not expected:
        yield Finding(Sin.EFFECT_WITHOUT_ANSWER, what)
    elif len(made) > len(expected):
        yield Finding(Sin.DONE_TWICE, what)
    else:
        yield Finding(Sin.ANSWER_WITHOUT_EFFECT, what)
