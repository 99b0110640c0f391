"""Which cases cannot wait until somebody looks at the page, and the letter that is sent about one."""

from collections.abc import Mapping
from typing import Any

ALERTS = frozenset({"dead_call", "printer_down", "purchase_in_doubt"})
"""Kinds of cases that go out by mail as well."""

MAIL = "mail"
"""The outside call that sends a letter."""


def is_urgent(kind: str, values: Mapping[str, Any]) -> bool:
    """Tell whether a case goes out by mail. One about a letter that cannot be sent does not: it would never end."""
    return kind in ALERTS and values.get("kind") != MAIL


def letter(subject: str, about: int, sentence: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of a letter until it is sent: a sentence and its values, and what it is about."""
    return {"subject": subject, "about": about, "sentence": sentence, "values": dict(values)}
