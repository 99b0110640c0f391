"""The stored "why": every choice the house makes is kept with its inputs, and can be made again to check it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.tables import Decision

Plain = Mapping[str, Any]
"""Numbers, words, lists and maps of them: what JSON can hold."""


@dataclass(frozen=True)
class Rule:
    """A pure choice under a name. `choose(inputs)` gives what was chosen, why, and what was rejected and why.

    A change that would choose otherwise from the same inputs is a new version; old versions stay replayable.
    """

    name: str
    version: int
    choose: Callable[[Plain], Plain]


def decide(
    session: Session,
    rule: Rule,
    inputs: Plain,
    *,
    subject: str,
    subject_id: int,
    by: int,
    at: datetime,
) -> Plain:
    """Let the rule choose and keep the choice with its inputs, in the caller's transaction; returns the choice."""
    choice = rule.choose(inputs)
    keep(session, rule, inputs, choice, subject=subject, subject_id=subject_id, by=by, at=at)
    return choice


def keep(
    session: Session,
    rule: Rule,
    inputs: Plain,
    choice: Plain,
    *,
    subject: str,
    subject_id: int,
    by: int,
    at: datetime,
) -> None:
    """Keep a choice that the rule made of the inputs, once it is known which thing it is about."""
    session.info["decisions"].append(
        {
            "rule": rule.name,
            "version": rule.version,
            "subject": subject,
            "subject_id": subject_id,
            "inputs": inputs,
            "choice": choice,
            "command_uid": session.info["command"].uid,
            "actor_id": by,
            "decided_at": at,
        }
    )


def registry(rules: Iterable[Rule]) -> Mapping[tuple[str, int], Rule]:
    """Return the rules by name and version; two that claim the same are a bug: one of them could not be replayed."""
    known: dict[tuple[str, int], Rule] = {}
    for rule in rules:
        if known.setdefault((rule.name, rule.version), rule) is not rule:
            raise ValueError(f"two rules are called {rule.name}, version {rule.version}")
    return known


def replay(session: Session, rules: Mapping[tuple[str, int], Rule]) -> Iterator[int]:
    """Make every stored choice again; yields the number of each decision that its rule would now make otherwise."""
    for made in session.scalars(
        select(Decision).order_by(Decision.id).execution_options(yield_per=500)
    ):
        rule = rules.get((made.rule, made.version))
        if rule is None or _as_stored(rule.choose(made.inputs)) != _as_stored(made.choice):
            yield made.id


def _as_stored(value: Plain) -> Any:
    return json.loads(json.dumps(value, sort_keys=True))
