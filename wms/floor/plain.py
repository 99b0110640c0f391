"""A turn as it is kept in a row, and back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from wms.floor.turn import (
    Amount,
    Bench,
    Button,
    Check,
    Fact,
    Order,
    Sentence,
    Thing,
    Tone,
    Turn,
)

_NAMES = frozenset(field.name for field in fields(Turn))


def to_plain(turn: Turn) -> dict[str, Any]:
    """Return a turn as JSON takes it."""
    plain: dict[str, Any] = json.loads(json.dumps(turn, default=_as_json))
    return plain


def _as_json(part: Any) -> Any:
    return vars(part) if is_dataclass(part) else str(part)


def from_plain(kept: Mapping[str, Any]) -> Turn:
    """Return the turn that was kept; what a later version of the house no longer knows is left out."""
    known = {name: value for name, value in kept.items() if name in _NAMES}
    return Turn(
        **known
        | {
            "verb": _sentence(kept["verb"]),
            "say": _sentence(kept.get("say")),
            "title": _sentence(kept.get("title")),
            "tone": Tone(kept.get("tone", Tone.QUIET)),
            "thing": _thing(kept.get("thing")),
            "amount": _amount(kept.get("amount")),
            "progress": _amount(kept.get("progress")),
            "buttons": tuple(map(_button, kept.get("buttons", ()))),
            "problems": tuple(map(_button, kept.get("problems", ()))),
            "bench": _bench(kept.get("bench")),
            "facts": _facts(kept.get("facts", ())),
            "settled": tuple(kept.get("settled", ())),
            "expects": tuple(kept.get("expects", ())),
        }
    )


def _sentence(kept: Mapping[str, Any] | None) -> Sentence | None:
    return Sentence(kept["id"], kept["values"]) if kept else None


def _thing(kept: Mapping[str, Any] | None) -> Thing | None:
    return Thing(**{**kept, "more": tuple(kept["more"])}) if kept else None


def _amount(kept: Mapping[str, Any] | None) -> Amount | None:
    return Amount(**kept) if kept else None


def _button(kept: Mapping[str, Any]) -> Button:
    return Button(**{**kept, "order": Order(kept["order"])})


def _bench(kept: Mapping[str, Any] | None) -> Bench | None:
    if not kept:
        return None
    checks = tuple(
        Check(
            Thing(**{**row["thing"], "more": tuple(row["thing"]["more"])}),
            Amount(**row["amount"]),
            row["is_now"],
        )
        for row in kept["checks"]
    )
    return Bench(**{**kept, "checks": checks, "facts": _facts(kept["facts"])})


def _facts(kept: Iterable[Mapping[str, Any]]) -> tuple[Fact, ...]:
    return tuple(
        Fact(Sentence(**row["label"]), Sentence(**row["value"]), Tone(row["tone"])) for row in kept
    )
