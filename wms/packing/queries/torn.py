"""Labels that were given back: whoever has the box in hand tears the sheet off and throws it away."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.packing.tables import PackAct, Package

OPENED, LOST, SEEN = "reopen", "missing", "stage"
"""What may take a label off a box, and what proves that another one sits there."""


def torn_label(session: Session, package: Package) -> str:
    """Return the number on the label that a box wore before it was opened; empty once the next one was scanned."""
    query = (
        select(PackAct.verb, PackAct.package_id, PackAct.before)
        .where(PackAct.fo_id == package.fo_id, PackAct.verb.in_((OPENED, LOST, SEEN)))
        .order_by(PackAct.id.desc())
    )
    for verb, package_id, before in session.execute(query):
        if verb == SEEN and package_id == package.id:
            return ""
        if label := _label(verb, package_id, before, package.id):
            return label if label != package.label_code else ""
    return ""


def _label(verb: str, package_id: int | None, before: Mapping[str, Any], mine: int) -> str:
    """Return what a box wore when it was opened by this act; empty where it was another box, or wore none."""
    if verb == LOST:
        package_id, before = before.get("package"), before.get("closed") or {}
    return str(before.get("label", "")) if verb != SEEN and package_id == mine else ""
