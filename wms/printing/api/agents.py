"""The bench agent's way: take the next sheet of a printer it holds, fetch the document, say what became of it."""

import json
from datetime import datetime
from typing import Any, Self

from flask import Response
from pydantic import Field, model_validator
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, actor, perform, versioned
from wms.kernel.fields import Body, Number, ShortWords
from wms.kernel.refusal import Refusal
from wms.people.policy import LEADS, Role, allow
from wms.printing import drawing, queries
from wms.printing.actions import attempting
from wms.printing.actions.attempting import Claimed, Holder
from wms.printing.api.shapes import WRITE, JobPath, JobShown, api, job_shown
from wms.printing.rules import Condition, Outcome, language

EVIDENCE_LIMIT = 4_000
"""Most signs of evidence that are kept of one try."""


class NotYourPrinter(Refusal):
    """The house prints there itself, or it stands at somebody else's bench."""

    sentence = "printing.not_your_printer"
    status = 409


class NotYourTry(Refusal):
    """This try is another sheet's or another one's, or there is none of that number."""

    sentence = "printing.not_your_try"
    status = 409


class Claim(Body):
    """Whose next sheet is wanted."""

    printer: ShortWords = Field(description="The printer's name, or the agent's that holds one.")


class ClaimedShown(JobShown):
    """A sheet to print now, once."""

    attempt: int = Field(description="Say it again with the outcome.")
    document: str = Field(description="Where the bytes for the printer are.")


class Ended(Body):
    """What became of a try."""

    attempt: Number
    state: Outcome
    condition: Condition = Field(default=Condition.UNKNOWN, description="How the printer is now.")
    evidence: dict[str, Any] = Field(default={}, description="What the printer said, bytes sent.")

    @model_validator(mode="after")
    def _short(self) -> Self:
        if len(json.dumps(self.evidence, default=str)) > EVIDENCE_LIMIT:
            raise ValueError(f"`evidence` is longer than {EVIDENCE_LIMIT} signs")
        return self


@api.post(
    "/print_jobs/claim", summary="Take the next sheet", responses={200: ClaimedShown, 204: None}
)
@allow(*LEADS, Role.MACHINE, scope=WRITE)
def claim(body: Claim) -> Response:
    """Of a printer without an address, which the house does not reach itself. An enrolled agent's own, or its bench's.

    Theirs until the lease runs out, a minute later; then nobody knows whether it came out. 204: nothing waits.
    """
    device_id = actor().device_id

    def do(session: Session, by: int, at: datetime) -> Reply:
        printer = queries.by_name(session, body.printer)
        if not queries.is_within_reach(session, printer, agent_id=device_id):
            raise NotYourPrinter(printer=printer.name)
        claimed = _next(session, printer.id, Holder(by, device_id), at)
        if claimed is None:
            return Reply(None, 204)
        shown = job_shown(queries.job(session, claimed.job_id))
        document = f"/api/v1/print_jobs/{claimed.job_id}/document"
        return Reply({**shown, "attempt": claimed.attempt, "document": document})

    return perform("printing.claim", do)


def _next(session: Session, printer_id: int, holder: Holder, at: datetime) -> Claimed | None:
    """Claim the next sheet that can be drawn; one that cannot is given up here, else it would come first for ever."""
    while claimed := attempting.claim_next(session, printer_id=printer_id, holder=holder, at=at):
        sheet = drawing.Sheet(
            claimed.label, claimed.document, claimed.media_type, claimed.generation
        )
        try:
            drawing.data(sheet, language(claimed.address), claimed.dpi)
        except drawing.Undrawable as no:
            reason = str(no.values["reason"])
            attempting.give_up(session, attempt_id=claimed.attempt_id, reason=reason, at=at)
        else:
            return claimed
    return None


@api.post(
    "/print_jobs/<int:print_job_id>/outcome",
    summary="Say what became of a try",
    responses={200: JobShown},
)
@allow(*LEADS, Role.MACHINE, scope=WRITE)
def outcome(path: JobPath, body: Ended) -> Response:
    """By whoever claimed it. What comes after the lease changes nothing: somebody looks by then."""
    device_id = actor().device_id

    def do(session: Session, by: int, at: datetime) -> Reply:
        attempt = queries.attempt(session, path.print_job_id, body.attempt)
        if attempt is None or not attempting.is_held_by(attempt, Holder(by, device_id)):
            raise NotYourTry(attempt=body.attempt)
        attempting.record(
            session,
            attempt_id=attempt.id,
            outcome=body.state,
            condition=body.condition,
            evidence=body.evidence,
            by=by,
            at=at,
        )
        sheet = queries.job(session, path.print_job_id)
        return versioned(job_shown(sheet), sheet.job.version)

    return perform("printing.outcome", do)
