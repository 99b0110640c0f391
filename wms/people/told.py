"""The trail in words: what happened, what was asked for and refused, and who did it."""

from typing import Any

from flask_babel import gettext as _

from wms.kernel.commands import HOUSE
from wms.kernel.tables import StoredCommand, StoredEvent
from wms.kernel.words import catalog, current_language, say
from wms.people import trail
from wms.people.trail import Names


class Told(dict[str, Any]):
    """The values of a sentence. A fact of long ago may lack one that its sentence speaks of today."""

    def __missing__(self, name: str) -> str:
        return "–"


def fact_in_words(event: StoredEvent, names: Names) -> str:
    """Say what happened. A fact without a sentence of its own is told by its name."""
    sentence = f"fact.{event.type}"
    slice_ = event.type.partition(".")[0]
    told = trail.values_of(event, names).items()
    values = {name: _value(slice_, name, value) for name, value in told}
    if catalog(current_language()).ugettext(sentence) == sentence:
        thing = named(names, event.subject, event.subject_id)
        return f"{_spaced(event.type.rpartition('.')[2])}: {thing}"
    return say(sentence, Told(values))


def act_in_words(command: StoredCommand) -> str:
    """Say what was asked for, and why it was refused."""
    sentence, values = trail.refusal_of(command)
    return f"{_act(command.name)}: {say(sentence, Told(values))}"


def _act(name: str) -> str:
    words = say(f"act.{name}")
    return words if words != f"act.{name}" else _spaced(name.rpartition(".")[2])


def _value(slice_: str, name: str, value: Any) -> Any:
    """Return a value as people say it: its slice may have a word for it, as in `orders.state_accepted`."""
    if isinstance(value, list):
        return ", ".join(_(str(part)) for part in value) or "–"
    if name == "because":
        return say(f"because.{value}").removeprefix("because.")
    sentence = f"{slice_}.{name}_{value}"
    worded = say(sentence) if isinstance(value, str) else sentence
    return value if worded == sentence else worded


def _spaced(name: str) -> str:
    """Turn `StockPosted` or `add_user` into words."""
    apart = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name)
    return apart.replace("_", " ").strip().capitalize()


def who(row: StoredEvent | StoredCommand, names: Names) -> str:
    """Return who did it."""
    return _("The house") if row.actor_id == HOUSE else named(names, "user", row.actor_id)


def named(names: Names, kind: str, number: int | None) -> str:
    """Return what a thing is called; its number where nobody knows."""
    return names.get(kind, {}).get(number or 0) or str(number)
