"""There is no label, and none was paid: who must know is told."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.cases import actions as cases
from wms.kernel.outbox import announce
from wms.packing import actions as packing
from wms.shipping.actions.rows import TROUBLE_LIMIT, WEIGHED, Held, move, settle, why
from wms.shipping.events import LabelFailed
from wms.shipping.lifecycle import Verb
from wms.shipping.trouble import is_sentence

NO_LABEL = "no_label"
"""The case of a box that carriers take no label for; it is over when it gets one."""

AUTOMATIC = frozenset({Verb.CARRIER_REFUSED, Verb.NOT_FOUND})
"""After these another label is tried once by itself."""


def fail(
    session: Session,
    one: Held,
    verb: Verb,
    reason: str,
    *,
    is_last: bool = False,
    by: int,
    at: datetime,
) -> None:
    """End a label that was not bought. `reason` is a sentence of ours or the carrier's own words.

    `is_last`: nothing is tried by itself after it, whatever the verb.
    """
    row = one.shipment
    move(row, verb, at=at)
    row.trouble = reason[:TROUBLE_LIMIT]
    is_last = is_last or row.replaces_id is not None or verb not in AUTOMATIC
    announce(session, LabelFailed(row.id, row.package_id, row.trouble, is_last), by=by, at=at)
    if is_last and one.package.state == WEIGHED:
        told = why(reason) if is_sentence(reason) else why("shipping.said", {"said": reason})
        packing.label_refused(session, package_id=one.package.id, words=told, by=by, at=at)
        cases.open_case(
            session,
            kind=NO_LABEL,
            subject="package",  # asked for again and again, it is one case
            subject_id=row.package_id,
            sentence="shipping.case_no_label",
            values={"package": one.package.number},
            by=by,
            at=at,
        )
    settle(session, one.package.fo_id, by=by, at=at)
