"""The cases about strays: what a person reads of money that was paid for a label which no box wears."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.cases import actions as cases
from wms.cases import queries
from wms.kernel.words import say
from wms.shipping.strays import CASE, CASE_ABOUT, amount

ASKED = "shipping.case_stray_asked"
WAITS = "shipping.case_stray_waits"
KEPT = "shipping.case_stray_kept"
UNANSWERED = "shipping.case_stray_unanswered"
IN_USE = "shipping.case_stray_in_use"
FOREIGN = "shipping.case_stray_foreign"
FOREIGN_MANY = "shipping.case_stray_foreign_many"
FOREIGN_PRICED = "shipping.case_stray_foreign_priced"

Told = Mapping[str, Any]


def tell(
    session: Session, call_id: int, sentence: str, told: Told, *, by: int, at: datetime
) -> None:
    """Open the case of a stray."""
    cases.open_case(
        session,
        kind=CASE,
        subject=CASE_ABOUT,
        subject_id=call_id,
        sentence=sentence,
        values=_values(told),
        by=by,
        at=at,
    )


def retell(
    session: Session, call_id: int, sentence: str, told: Told, *, by: int, at: datetime
) -> None:
    """Say in its case how it stands now; one that a person closed stays closed."""
    case_id = _open_case(session, call_id)
    if case_id is not None and queries.case(session, case_id).sentence != sentence:
        cases.retell(
            session, case_id=case_id, sentence=sentence, values=_values(told), by=by, at=at
        )


def money_is_back(session: Session, call_id: int, *, by: int, at: datetime) -> None:
    """Close the case of a stray."""
    case_id = _open_case(session, call_id)
    if case_id is not None:
        outcome = say("shipping.stray_money_back")
        cases.close(session, case_id=case_id, outcome=outcome, by=by, at=at)


def _open_case(session: Session, call_id: int) -> int | None:
    return queries.open_case_about(session, kind=CASE, subject=CASE_ABOUT, subject_id=call_id)


def _values(told: Told) -> dict[str, Any]:
    """Return what the sentences of such cases speak of."""
    return {
        "purchase": told["transaction_id"],
        "number": told["number"],
        "carrier": told.get("carrier", ""),
        "package": told.get("package", ""),
        "amount": amount(told),
        "many": told.get("many", 1),
    }
