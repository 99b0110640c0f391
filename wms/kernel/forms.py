"""A page's form: read field by field, shown again with what was typed and why it was not kept."""

from collections.abc import Collection, Mapping
from typing import Any

from flask import Response, make_response, render_template, request

from wms.kernel.fields import printable
from wms.kernel.refusal import Fault, Refusal, Wrong
from wms.kernel.words import say

NAME_LONGEST = 120
"""As long as a column for names."""

DIGITS = 15
"""Longer numbers are a slip of the scanner."""


def seen_only(text: str) -> str:
    """Return what was searched for without signs that nobody sees: no row holds them, and not every database can."""
    return "".join(sign for sign in text if sign.isprintable())


class NotKept(Wrong):
    """Some fields of a form must change before it can be kept."""

    sentence = "kernel.not_kept"


class Form:
    """What somebody typed. Read every field, then `check()`: all that does not fit is told at once."""

    def __init__(self, sent: Mapping[str, str]) -> None:
        """Take the fields as they were sent."""
        self._sent = sent
        self._faults: list[Fault] = []

    def text(self, name: str, *, longest: int = NAME_LONGEST) -> str:
        """Return a text that must be there."""
        text = self.optional(name, longest=longest)
        if not text and not self._has_fault(name):
            self.wrong(name, "kernel.field_missing")
        return text or ""

    def optional(self, name: str, *, longest: int = NAME_LONGEST) -> str | None:
        """Return a text, or None where nothing was typed."""
        text = self._sent.get(name, "").strip()
        if len(text) > longest:
            self.wrong(name, "kernel.field_too_long", limit=longest)
        try:
            printable(text)
        except ValueError:
            self.wrong(name, "kernel.field_unseen_sign")
        return text or None

    def choice(self, name: str, choices: Collection[str]) -> str:
        """Return one of the choices."""
        chosen = self._sent.get(name, "")
        if chosen not in choices:
            self.wrong(name, "kernel.field_choice")
        return chosen

    def whole(self, name: str, *, least: int, most: int) -> int | None:
        """Return a whole number within these bounds, or None where nothing was typed."""
        typed = self._sent.get(name, "").strip()
        if not typed:
            return None
        bare = typed[1:] if typed[0] in "+-" else typed
        is_number = bare.isascii() and bare.isdigit() and len(bare) <= DIGITS
        if not is_number or not least <= int(typed) <= most:
            self.wrong(name, "kernel.field_whole", least=least, most=most)
            return None
        return int(typed)

    def ticked(self, name: str) -> bool:
        """Tell whether a box was ticked."""
        return bool(self._sent.get(name))

    def raw(self, name: str) -> str:
        """Return a field to the letter: a password may hold and end in anything."""
        return self._sent.get(name, "")

    def wrong(self, name: str, sentence: str, **values: Any) -> None:
        """Note that a field must change, and why."""
        self._faults.append(Fault(name, sentence, values))

    def check(self) -> None:
        """Raise NotKept where a field must change."""
        if self._faults:
            raise NotKept(*self._faults)

    def _has_fault(self, name: str) -> bool:
        return any(fault.where == name for fault in self._faults)


def back(
    refusal: Refusal, template: str, entered: Mapping[str, Any] | None = None, **context: Any
) -> Response:
    """Show a form again: what was typed, why it was not kept, and the sentence by each field that must change.

    `entered` fills the fields that this form did not send: those of other forms on the same page.
    """
    told = {fault.where: say(fault.sentence, fault.values) for fault in refusal.faults}
    page = render_template(
        template,
        entered={**(entered or {}), **request.form.to_dict()},
        refused=told,
        sentence=say(refusal.sentence, refusal.values),
        **context,
    )
    response: Response = make_response(page, refusal.status)
    if wait_s := refusal.values.get("wait_s"):
        response.headers["Retry-After"] = str(wait_s)
    return response
