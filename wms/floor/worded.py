"""A turn in words: what the page draws and what machines are answered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wms.floor.plain import from_plain
from wms.floor.turn import Amount, Bench, Button, Fact, Sentence, Thing, Tone, Turn
from wms.kernel import words
from wms.kernel.refusal import Refusal


def said(sentence: Sentence | None) -> str:
    """Word a sentence in the language of whoever is being answered; a value may be a sentence itself."""
    if sentence is None:
        return ""
    return words.say(sentence.id, {name: _value(one) for name, one in sentence.values.items()})


def _value(value: Any) -> Any:
    if isinstance(value, Sentence):
        return said(value)
    if isinstance(value, Mapping) and set(value) == {"id", "values"}:
        return said(Sentence(value["id"], value["values"]))
    return value


def no(turn: Turn, refusal: Refusal) -> Turn:
    """Return the same screen with the reason in red why nothing was done."""
    told = Sentence(refusal.sentence, refusal.values)
    if refusal.faults:
        told = Sentence(refusal.faults[0].sentence, refusal.faults[0].values)
    return replace(turn, say=told, tone=Tone.WRONG)


def in_words(turn: Turn) -> dict[str, Any]:
    """Return what a screen shows, worded."""
    return {
        "process": turn.process,
        "step": turn.step,
        "title": said(turn.title),
        "verb": said(turn.verb),
        "target": turn.target,
        "thing": _thing(turn.thing),
        "amount": _amount(turn.amount),
        "slot": turn.slot,
        "into": turn.into,
        "came_from": turn.came_from,
        "after": turn.next,
        "progress": _amount(turn.progress),
        "buttons": [_button(button) for button in turn.buttons],
        "problems": [_button(button) for button in turn.problems],
        "asks_quantity": turn.asks_quantity,
        "bench": _bench(turn.bench),
        "waits": turn.waits,
        "facts": [_fact(fact) for fact in turn.facts],
    }


def answer(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a scan is answered: what it was taken for, what came of it, and what comes next."""
    turn = from_plain(kept["turn"])
    return {
        "taken_for": kept["taken_for"],
        "say": said(turn.say),
        "tone": turn.tone,
        "leaves": kept["leaves"],
        "next": in_words(turn),
    }


def _thing(thing: Thing | None) -> dict[str, Any] | None:
    if thing is None:
        return None
    return {
        "name": thing.name,
        "code": thing.code,
        "picture": thing.picture,
        "more": list(thing.more),
    }


def _amount(amount: Amount | None) -> dict[str, int] | None:
    return {"done": amount.done, "of": amount.of} if amount else None


def _button(button: Button) -> dict[str, Any]:
    label = words.say(button.label, button.values)
    return {
        "order": button.order,
        "label": label,
        "icon": button.icon,
        "quantity": button.quantity,
        "under": words.say(button.under) if button.under else "",
    }


def _bench(bench: Bench | None) -> dict[str, Any] | None:
    if bench is None:
        return None
    checks = [
        {"thing": _thing(row.thing), "amount": _amount(row.amount), "is_now": row.is_now}
        for row in bench.checks
    ]
    return {
        "checks": checks,
        "facts": [_fact(fact) for fact in bench.facts],
        "note": bench.note,
        "picture": bench.picture,
        "scale": bench.scale,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "name": fact.label.id.rpartition("_")[2],
        "label": said(fact.label),
        "value": said(fact.value),
        "tone": fact.tone,
    }
