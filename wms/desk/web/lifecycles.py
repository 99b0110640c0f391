"""Which lives things can have here, drawn from the tables that the house runs on."""

from collections.abc import Sequence
from typing import Any

from flask import current_app, render_template
from markupsafe import Markup

from wms.desk.web.blueprint import pages
from wms.kernel.drawing import draw, verbs_by_edge
from wms.kernel.lifecycle import Lifecycle
from wms.people.policy import EVERYBODY, allow


@pages.get("/house/lifecycles")
@allow(*EVERYBODY)
def lifecycles() -> str:
    """Show every life as a picture and as a list."""
    known: Sequence[Lifecycle[Any, Any]] = current_app.extensions["lifecycles"]
    # The picture is made of the names of our own states and verbs, escaped by whoever draws it.
    lives = [(one, Markup(draw(one)), verbs_by_edge(one)) for one in known]  # noqa: S704
    return render_template("desk/lifecycles.html", lives=lives)
