"""What printing decides: who is up, how long to wait, which lives a sheet has."""

from itertools import pairwise

import pytest

from devices import printing as wire
from devices.printers.condition import Condition as Told
from wms.kernel.lifecycle import NotNow
from wms.printing.lifecycle import LIFECYCLE, State, Verb
from wms.printing.rules import LONGEST_WAIT, UP, Condition, Outcome, is_up, wait

PROVED = {State.CONFIRMED, State.CANCELLED, State.ABANDONED}


def test_whatever_a_printer_can_tell_has_a_word_here():
    assert {one.value for one in Told} == {one.value for one in Condition}
    assert {one.value for one in wire.Outcome} == {one.value for one in Outcome}


def test_a_printer_is_up_where_its_driver_would_send_to_it():
    assert {one.value for one in Told if one.takes_work} == {one.value for one in UP}
    assert not is_up("something new")


def test_waits_grow_and_are_never_long():
    waits = [wait(tries, "L-000001") for tries in range(12)]

    assert all(one <= two or two == LONGEST_WAIT for one, two in pairwise(waits[:4]))
    assert max(waits) == LONGEST_WAIT


def test_what_is_over_stays_over():
    assert LIFECYCLE.ends == PROVED


def test_nothing_in_doubt_is_sent_without_a_persons_word():
    ways_back = {
        (state, verb)
        for state, row in LIFECYCLE.moves.items()
        for verb, after in row.items()
        if after is State.QUEUED
    }

    assert ways_back == {
        (State.QUEUED, Verb.REROUTE),
        (State.SENDING, Verb.ERROR_BEFORE_ANY_BYTE),
        (State.SENT, Verb.OPERATOR_NO),
        (State.UNSURE, Verb.OPERATOR_NO),
    }


def test_only_what_waits_is_sent():
    assert [state for state in State if Verb.SEND in LIFECYCLE.may(state)] == [State.QUEUED]


def test_a_scan_of_the_sheet_counts_in_every_state_in_which_it_can_exist():
    for state in (State.QUEUED, State.SENDING, State.SENT, State.UNSURE):
        assert LIFECYCLE.after(state, Verb.LABEL_SCANNED) is State.CONFIRMED
    with pytest.raises(NotNow):
        LIFECYCLE.after(State.CANCELLED, Verb.LABEL_SCANNED)
