"""Outside calls: asked for once, made under a lease, never made again blindly, settled by proof or by a person."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from wms.kernel import calls
from wms.kernel.call_lifecycle import State, Verb
from wms.kernel.calls import Call, Outcome
from wms.kernel.commands import command
from wms.kernel.lifecycle import NotNow
from wms.kernel.refusal import NotFound
from wms.kernel.tables import OutboxCall, StoredEvent
from wms.kernel.wire import is_writing

SECOND = timedelta(seconds=1)


class Peer:
    """Somebody outside who answers as the test says, and remembers what came."""

    def __init__(self, *answers, look_ups=()):
        self.answers = list(answers)
        self.look_ups = list(look_ups)
        self.made = []
        self.looked_up = []

    def make(self, key, payload):
        assert not is_writing()
        self.made.append((key, dict(payload)))
        return self.next(self.answers)

    def look_up(self, key, payload):
        assert not is_writing()
        self.looked_up.append(key)
        return self.next(self.look_ups)

    def next(self, answers):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Outcome) else Outcome(answer)


@pytest.fixture
def house_calls(database, clock):
    """Wish for calls, make them, and read how they stand."""
    return Desk(database, clock)


class Desk:
    def __init__(self, database, clock):
        self.database, self.clock = database, clock

    def ask(self, *keys, kind="buy"):
        return [
            self.write(
                lambda s, key=key: calls.ask(
                    s, kind, key=key, payload={"what": 1}, at=self.clock.now()
                )
            )
            for key in keys
        ]

    def make(self, peer, *, repeatable=False, kind="buy"):
        call = Call(peer.make, None if repeatable else peer.look_up, is_repeatable=repeatable)
        return calls.make_due(self.database, {kind: call}, self.clock)

    def write(self, do):
        return self.database.write(command("test", by=7, at=self.clock.now()), do).value

    @property
    def row(self):
        with self.database.read() as session:
            return session.scalars(select(OutboxCall)).one()

    @property
    def facts(self):
        with self.database.read() as session:
            told = session.scalars(select(StoredEvent).order_by(StoredEvent.id)).all()
        return [(fact.type, fact.actor_id) for fact in told]


def test_a_call_is_made_once_with_its_key_and_its_answer_kept(house_calls):
    peer = Peer(Outcome(Verb.OK, {"number": "1Z"}))
    is_new = house_calls.ask("k-1", "k-1")

    made = [house_calls.make(peer) for _ in range(3)]

    assert is_new == [True, False]
    assert made == [True, False, False]
    assert peer.made == [("k-1", {"what": 1})]
    assert (house_calls.row.state, house_calls.row.answer) == (State.DONE, {"number": "1Z"})
    assert house_calls.facts == [("kernel.OutboxCallDone", 0)]


def test_a_definite_no_is_dead_and_told(house_calls):
    peer = Peer(Outcome(Verb.DEFINITE_NO, trouble="no such address"))
    house_calls.ask("k-1")

    house_calls.make(peer)

    assert (house_calls.row.state, house_calls.row.trouble) == (State.DEAD, "no such address")
    assert house_calls.facts == [("kernel.OutboxCallDied", 0)]


def test_a_peer_that_is_busy_is_called_again_later_each_time_longer(house_calls, clock):
    peer = Peer(Verb.RETRYABLE, Verb.RETRYABLE, Verb.OK)
    house_calls.ask("k-1")
    waits = []

    for _ in range(2):
        house_calls.make(peer)
        assert not house_calls.make(peer)
        waits.append(house_calls.row.due_at - clock.now())
        clock.moment = house_calls.row.due_at
    house_calls.make(peer)

    assert waits[0] < waits[1]
    assert house_calls.row.state == State.DONE


def test_a_peer_that_stays_busy_is_given_to_a_person(house_calls, clock):
    peer = Peer(*[Verb.RETRYABLE] * calls.TRIES)
    house_calls.ask("k-1")

    while house_calls.make(peer):
        clock.forward(timedelta(hours=2))

    assert (house_calls.row.state, house_calls.row.tries) == (State.DEAD, calls.TRIES)


def test_a_peer_that_did_not_answer_is_not_called_again_but_asked(house_calls, clock):
    peer = Peer(Verb.NO_ANSWER, look_ups=[Outcome(Verb.PROVED_DONE, {"number": "1Z"})])
    house_calls.ask("k-1")
    house_calls.make(peer)

    too_early = house_calls.make(peer)
    clock.forward(calls.SETTLE)
    in_time = house_calls.make(peer)

    assert (too_early, in_time, len(peer.made)) == (False, True, 1)
    assert (house_calls.row.state, house_calls.row.answer) == (State.DONE, {"number": "1Z"})


def test_that_nothing_was_done_is_believed_at_the_second_reading_only(house_calls, clock):
    peer = Peer(Verb.NO_ANSWER, Verb.OK, look_ups=[Verb.PROVED_ABSENT, Verb.PROVED_ABSENT])
    house_calls.ask("k-1")
    house_calls.make(peer)
    clock.forward(calls.SETTLE)

    house_calls.make(peer)
    after_one = house_calls.row.state
    clock.forward(calls.LOOK_AGAIN)
    house_calls.make(peer)
    after_two = house_calls.row.state
    house_calls.make(peer)

    assert (after_one, after_two, house_calls.row.state) == (
        State.IN_DOUBT,
        State.PENDING,
        State.DONE,
    )
    assert len(peer.made) == 2


def test_a_peer_that_cannot_be_asked_leaves_the_call_in_doubt(house_calls, clock):
    peer = Peer(Verb.NO_ANSWER, look_ups=[Verb.NO_ANSWER] * 5)
    house_calls.ask("k-1")
    house_calls.make(peer)

    for _ in range(5):
        clock.forward(calls.SETTLE)
        assert house_calls.make(peer)

    assert (house_calls.row.state, len(peer.made)) == (State.IN_DOUBT, 1)


def test_a_peer_that_takes_a_key_twice_is_simply_called_again(house_calls, clock):
    peer = Peer(Verb.NO_ANSWER, Verb.OK)
    house_calls.ask("k-1")

    house_calls.make(peer, repeatable=True)
    clock.forward(timedelta(minutes=1))
    house_calls.make(peer, repeatable=True)

    assert [key for key, _ in peer.made] == ["k-1", "k-1"]
    assert house_calls.row.state == State.DONE


@pytest.mark.parametrize(("repeatable", "state"), [(False, State.IN_DOUBT), (True, State.PENDING)])
def test_a_worker_that_dies_in_the_call_leaves_it_to_the_next(
    house_calls, clock, repeatable, state
):
    peer = Peer(RuntimeError("the worker is gone"))
    house_calls.ask("k-1")
    with pytest.raises(RuntimeError):
        house_calls.make(peer, repeatable=repeatable)

    at_once = house_calls.make(peer, repeatable=repeatable)
    clock.forward(calls.LEASE)
    later = house_calls.make(peer, repeatable=repeatable)

    assert (at_once, later) == (False, True)
    assert (house_calls.row.state, len(peer.made)) == (state, 1)


def test_a_worker_that_comes_back_too_late_writes_nothing(house_calls, clock):
    house_calls.ask("k-1")

    class Slow(Peer):
        def make(self, key, payload):
            clock.forward(calls.LEASE)
            house_calls.make(Peer())  # another worker finds that the lease ran out
            return Outcome(Verb.OK, {"number": "late"})

    house_calls.make(Slow())

    assert (house_calls.row.state, house_calls.row.answer) == (State.IN_DOUBT, None)


def test_two_workers_never_make_the_same_call(house_calls, clock):
    house_calls.ask("k-1")
    seen = []

    class Nosy(Peer):
        def make(self, key, payload):
            seen.append(house_calls.make(Peer()))
            return Outcome(Verb.OK)

    house_calls.make(Nosy())

    assert seen == [False]


def test_kinds_that_nobody_here_can_make_are_left_alone(house_calls):
    house_calls.ask("k-1", kind="refund")

    assert not house_calls.make(Peer(), kind="buy")
    assert house_calls.row.state == State.PENDING


def test_in_doubt_without_a_way_to_ask_waits_for_a_person(house_calls, database, clock):
    house_calls.ask("k-1")
    mute = {"buy": Call(Peer(Verb.NO_ANSWER).make)}
    calls.make_due(database, mute, clock)
    clock.forward(timedelta(days=1))

    assert not calls.make_due(database, mute, clock)
    assert house_calls.row.state == State.IN_DOUBT


def test_a_person_gives_up_a_call_in_doubt_and_lets_a_dead_one_be_made_again(house_calls, clock):
    peer = Peer(Verb.NO_ANSWER, Verb.OK)
    house_calls.ask("k-1")
    house_calls.make(peer)
    number, at = house_calls.row.id, clock.now()

    house_calls.write(
        lambda s: calls.give_up(s, call_id=number, reason="asked by phone", by=7, at=at)
    )
    given_up = (house_calls.row.state, house_calls.row.trouble)
    house_calls.write(lambda s: calls.replay(s, call_id=number, reason="not bought", by=7, at=at))
    house_calls.make(peer)

    assert given_up == (State.DEAD, "asked by phone")
    assert (house_calls.row.state, house_calls.row.tries) == (State.DONE, 1)
    assert house_calls.facts == [
        ("kernel.OutboxCallDied", 7),
        ("kernel.OutboxCallReplayed", 7),
        ("kernel.OutboxCallDone", 0),
    ]


def test_what_the_table_does_not_know_is_refused(house_calls, clock):
    house_calls.ask("k-1")
    number, at = house_calls.row.id, clock.now()

    with pytest.raises(NotNow):
        house_calls.write(lambda s: calls.replay(s, call_id=number, reason="", by=7, at=at))
    with pytest.raises(NotNow):
        house_calls.write(lambda s: calls.give_up(s, call_id=number, reason="", by=7, at=at))
    with pytest.raises(NotFound):
        house_calls.write(lambda s: calls.replay(s, call_id=99, reason="", by=7, at=at))
    assert house_calls.row.state == State.PENDING


def test_an_answer_that_is_worked_in_elsewhere_is_kept_in_short(house_calls):
    peer = Peer(Outcome(Verb.OK, {"number": "1Z", "all_the_rest": "x" * 1000}))
    house_calls.ask("k-1")
    house_calls.make(peer)
    number = house_calls.row.id

    house_calls.write(lambda s: calls.keep_only(s, call_id=number, answer={"number": "1Z"}))

    assert (house_calls.row.state, house_calls.row.answer) == (State.DONE, {"number": "1Z"})
