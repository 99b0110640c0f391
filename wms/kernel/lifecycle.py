"""Which lives a thing can have: state x verb -> state, as a table that refuses what is not in it and draws itself."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from wms.kernel.refusal import Refusal

State = TypeVar("State", bound=StrEnum)
Verb = TypeVar("Verb", bound=StrEnum)


class NotNow(Refusal):
    """The thing is in a state in which this cannot be done to it."""

    sentence = "kernel.not_now"


class Stateful(Protocol):
    """A row that lives: where it stands in its life is its column `state`."""

    state: str


class Lifecycle(Generic[State, Verb]):
    """One machine: the first state of the table is where a life begins, a state without verbs is where it ends."""

    def __init__(self, thing: str, moves: Mapping[State, Mapping[Verb, State]]) -> None:
        """Take the name of the thing, as people say it, and its table."""
        self.thing = thing
        self.moves = moves
        strays = {end for row in moves.values() for end in row.values()} - moves.keys()
        if strays:
            raise ValueError(f"{thing}: no row for {', '.join(sorted(strays))}")

    @property
    def start(self) -> State:
        """The state in which a life begins."""
        return next(iter(self.moves))

    @property
    def ends(self) -> frozenset[State]:
        """The states that nothing leads out of."""
        return frozenset(state for state, row in self.moves.items() if not row)

    def state(self, word: str) -> State:
        """Return the state that a row's word stands for."""
        return type(self.start)(word)

    def may(self, state: State) -> frozenset[Verb]:
        """Return what can be done to a thing in this state."""
        return frozenset(self.moves[state])

    def after(self, state: State, verb: Verb) -> State:
        """Return the state that `verb` leads to; raises NotNow where the table has no such move."""
        try:
            return self.moves[state][verb]
        except KeyError:
            raise NotNow(thing=self.thing, state=state.value, verb=verb.value) from None


def transition(row: Stateful, lifecycle: Lifecycle[State, Verb], verb: Verb) -> State:
    """Take a row where `verb` leads; raises NotNow. A `state` changes here and nowhere else."""
    after = lifecycle.after(lifecycle.state(row.state), verb)
    row.state = after.value
    return after
