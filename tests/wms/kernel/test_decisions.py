"""Every choice is kept with what was weighed, and comes out the same when it is made again."""

import pkgutil
from importlib import import_module

import pytest
from sqlalchemy import select

import wms
from wms import wiring
from wms.kernel.commands import command
from wms.kernel.decisions import Rule, decide, registry, replay
from wms.kernel.tables import Decision


def nearest(inputs):
    """Choose the bin with the shortest way among those that hold enough."""
    enough = [bin_ for bin_ in inputs["bins"] if bin_["holds"] >= inputs["quantity"]]
    best = min(enough, key=lambda bin_: (bin_["way_mm"], bin_["code"]))
    return {"bin": best["code"], "passed_over": [b["code"] for b in inputs["bins"] if b != best]}


NEAREST = Rule("test.nearest_bin", 1, nearest)

WEIGHED = {
    "quantity": 6,
    "bins": [
        {"code": "A-03-11", "holds": 2, "way_mm": 900},
        {"code": "A-03-12", "holds": 9, "way_mm": 4100},
        {"code": "B-01-01", "holds": 40, "way_mm": 12_000},
    ],
}


def choose(database, clock, rule, inputs):
    return database.write(
        command("test", by=7, at=clock.now()),
        lambda session: decide(
            session, rule, inputs, subject="order", subject_id=5, by=7, at=clock.now()
        ),
    ).value


def replayed(database, *rules):
    with database.read() as session:
        return list(replay(session, registry(rules)))


def test_a_choice_is_kept_with_what_was_weighed_and_who_asked(database, clock):
    choice = choose(database, clock, NEAREST, WEIGHED)

    assert choice == {"bin": "A-03-12", "passed_over": ["A-03-11", "B-01-01"]}
    with database.read() as session:
        kept = session.scalars(select(Decision)).one()
    assert (kept.rule, kept.version, kept.subject, kept.subject_id, kept.actor_id) == (
        "test.nearest_bin", 1, "order", 5, 7
    )  # fmt: skip
    assert (kept.inputs, kept.choice) == (WEIGHED, choice)


def test_the_same_inputs_give_the_same_choice_again(database, clock):
    for quantity in (1, 6, 30):
        choose(database, clock, NEAREST, {**WEIGHED, "quantity": quantity})

    assert replayed(database, NEAREST) == []


def test_a_rule_that_changed_without_a_new_version_is_found_out(database, clock):
    choose(database, clock, NEAREST, {**WEIGHED, "quantity": 1})
    choose(database, clock, NEAREST, {**WEIGHED, "quantity": 30})

    fullest = Rule(
        "test.nearest_bin", 1, lambda _: {"bin": "B-01-01", "passed_over": ["A-03-11", "A-03-12"]}
    )

    assert replayed(database, fullest) == [1]


def test_a_new_version_leaves_old_choices_to_the_old_one(database, clock):
    choose(database, clock, NEAREST, WEIGHED)
    newer = Rule("test.nearest_bin", 2, lambda _: {"bin": "B-01-01"})
    choose(database, clock, newer, WEIGHED)

    assert replayed(database, NEAREST, newer) == []
    assert replayed(database, newer) == [1]


def test_choices_of_a_rule_that_nobody_knows_any_more_are_found(database, clock):
    choose(database, clock, NEAREST, WEIGHED)

    assert replayed(database) == [1]


def test_two_rules_cannot_share_a_name_and_version():
    with pytest.raises(ValueError, match=r"two rules are called test.nearest_bin, version 1"):
        registry([NEAREST, Rule("test.nearest_bin", 1, lambda _: {})])


def test_every_rule_of_the_house_stands_in_the_wiring():
    modules = [m.name for m in pkgutil.walk_packages(wms.__path__, "wms.") if ".rules" in m.name]
    defined = {
        (value.name, value.version)
        for name in modules
        for value in vars(import_module(name)).values()
        if isinstance(value, Rule)
    }

    assert defined
    assert defined <= registry(wiring.RULES).keys()
    assert all(name.partition(".")[0] in {m.split(".")[1] for m in modules} for name, _ in defined)
