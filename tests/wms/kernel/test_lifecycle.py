"""A life is a table: what is not in it cannot happen, and nothing changes a state past it."""

import ast
from enum import StrEnum
from pathlib import Path

import pytest

from wms.kernel.call_lifecycle import LIFECYCLE, State, Verb
from wms.kernel.lifecycle import Lifecycle, NotNow, transition
from wms.kernel.tables import OutboxCall

ROOT = Path(__file__).parents[3]


class Light(StrEnum):
    RED = "red"
    GREEN = "green"


class Turn(StrEnum):
    ON = "on"


def test_a_verb_leads_where_the_table_says():
    call = OutboxCall(state="pending")

    assert transition(call, LIFECYCLE, Verb.TAKE) is State.IN_FLIGHT
    assert call.state == "in_flight"


def test_what_is_not_in_the_table_is_refused_and_changes_nothing():
    call = OutboxCall(state="done")

    with pytest.raises(NotNow) as no:
        transition(call, LIFECYCLE, Verb.REPLAY)

    assert call.state == "done"
    assert no.value.values == {"thing": "outside call", "state": "done", "verb": "replay"}


def test_a_table_tells_where_lives_begin_and_end_and_what_may_happen():
    assert LIFECYCLE.start is State.PENDING
    assert LIFECYCLE.ends == {State.DONE}
    assert LIFECYCLE.may(State.IN_DOUBT) == {Verb.PROVED_DONE, Verb.PROVED_ABSENT, Verb.GIVE_UP}


def test_a_table_that_leads_nowhere_is_a_bug():
    with pytest.raises(ValueError, match="no row for green"):
        Lifecycle("light", {Light.RED: {Turn.ON: Light.GREEN}})


def test_nobody_changes_a_state_past_its_table():
    strays = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in (ROOT / "wms").rglob("*.py")
        if file.name != "lifecycle.py" or file.parent.name != "kernel"
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, (ast.Assign, ast.AugAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        for leaf in ast.walk(target)
        if isinstance(leaf, ast.Attribute) and leaf.attr == "state"
    ]

    assert strays == []
