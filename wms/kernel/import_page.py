"""The page on which a sheet is dropped, looked at, and taken: the same for everything that can be imported.

A slice makes an `ImportPage` and four routes that call its methods; its template extends `import.html` and says what
is imported. `ask` and `receive` have one address, `look` and `take` another, with the name of the kept file in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel import dropped, edge
from wms.kernel.importing import Importer, Look, look, looked_through, take_all
from wms.kernel.refusal import Fault, Refusal
from wms.kernel.services import services
from wms.kernel.sheets import SheetRefused, SheetUnreadable
from wms.kernel.words import say

Row = TypeVar("Row")


@dataclass(frozen=True)
class ImportPage(Generic[Row]):
    """One page: what it imports, its template, where a kept file is shown, and where to go when it was taken."""

    importer: Importer[Row]
    template: str
    look_endpoint: str
    done_endpoint: str
    words: Callable[[Mapping[str, int]], str] | None = None
    """Says what was counted, where new, changed and unchanged rows are not all there is to say."""

    @property
    def act(self) -> str:
        """What the audit page calls it: the slice whose page this is, and what is imported."""
        return f"{self.look_endpoint.partition('.')[0]}.import_{self.importer.name}"

    def ask(self) -> Response:
        """Ask for a file."""
        return self._page()

    def receive(self) -> AnyResponse:
        """Keep the file that was dropped, and go to look at it."""
        house = services()
        try:
            name = dropped.keep(
                house.settings.data_dir / "imports", request.files.get("file"), at=house.clock.now()
            )
        except dropped.NothingDropped as nothing:
            return self._page(nothing)
        return redirect(url_for(self.look_endpoint, name=name), code=303)

    def look(self, name: str) -> Response:
        """Show what is in a kept file, and what taking it would do. Nothing is done."""
        house = services()
        file = dropped.find(house.settings.data_dir / "imports", name)
        try:
            seen = look(house.database, self.importer, file, at=house.clock.now())
        except (SheetRefused, SheetUnreadable) as no:
            return self._page(no)
        return self._page(seen=seen, name=name)

    def take(self, name: str) -> AnyResponse:
        """Take a kept file, all of it or nothing; sent twice, done once."""
        file = dropped.find(services().settings.data_dir / "imports", name)
        try:
            reading = looked_through(self.importer, file)
            answer = edge.carry_out(
                self.act,
                lambda session, by, at: take_all(session, self.importer, reading, by=by, at=at),
            )
        except (SheetRefused, SheetUnreadable) as no:
            return self._page(no)
        flash(self._said(answer.value), "done")
        return redirect(url_for(self.done_endpoint), code=303)

    def _said(self, counts: Mapping[str, int]) -> str:
        return (self.words or in_words)(counts)

    def _page(
        self, refusal: Refusal | None = None, *, seen: Look[Row] | None = None, name: str = ""
    ) -> Response:
        faults = seen.reading.faults if seen else refusal.faults if refusal else ()
        page = render_template(
            self.template,
            columns=self.importer.sheet.columns,
            seen=seen,
            name=name,
            in_words=self._said(seen.counts) if seen else "",
            faults=[cell(fault) for fault in faults],
            faults_in_all=seen.reading.faults_in_all if seen else len(faults),
            sentence=say(refusal.sentence, refusal.values) if refusal else None,
        )
        return make_response(page, refusal.status if refusal else 200)


def cell(fault: Fault) -> Mapping[str, Any]:
    """Return a fault as a line of a table: where, what stands there, and what would be right."""
    values = fault.values
    return {
        "row": values.get("row", ""),
        "column": " ".join(filter(None, (values.get("column"), values.get("header")))),
        "found": values.get("found") or values.get("code") or "",
        "says": say(fault.sentence, values),
    }


def in_words(counts: Mapping[str, int]) -> str:
    """Say what an import did, or would do."""
    words = {
        "created": lambda n: ngettext("%(num)s new", "%(num)s new", n),
        "changed": lambda n: ngettext("%(num)s changed", "%(num)s changed", n),
        "unchanged": lambda n: ngettext("%(num)s as it is", "%(num)s as they are", n),
    }
    said = [words[name](count) for name, count in counts.items() if count and name in words]
    return ", ".join(said) or _("nothing to do")
