"""Printers for machines: how they are, stop one, let it go on, set it up."""

from datetime import datetime
from typing import Any

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, expected_version, perform, reply, versioned
from wms.kernel.fields import Body, Number
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, LEADS, Role, allow
from wms.printing import actions, queries
from wms.printing.api.shapes import (
    READ,
    WRITE,
    PrinterList,
    PrinterPath,
    PrinterShown,
    api,
    printer_shown,
)


class PrinterChange(Body):
    """What is to be otherwise; what is left out stays."""

    next_id: Number | None = Field(default=None, description="null: nobody takes over.")
    dpi: Number | None = Field(default=None, description="Dots to the inch.")


@api.get("/printers", summary="All printers", responses={200: PrinterList})
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def printers() -> Response:
    """By name: how each is, and what waits for it."""
    with services().database.read() as session:
        found = queries.printers(session)
    return reply({"data": [printer_shown(one) for one in found], "next_cursor": None})


@api.get("/printers/<int:device_id>", summary="One printer", responses={200: PrinterShown})
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def printer(path: PrinterPath) -> Response:
    """How it is, and what waits for it."""
    with services().database.read() as session:
        found = queries.printer(session, path.device_id)
    return reply(printer_shown(found), found.version)


@api.patch("/printers/<int:device_id>", summary="Set up a printer", responses={200: PrinterShown})
@allow(*LEADS, scope=WRITE)
def set_up(path: PrinterPath, body: PrinterChange) -> Response:
    """Who takes its sheets when it cannot, and how finely it prints."""
    expected, sent = expected_version(), body.model_fields_set

    def do(session: Session, by: int, at: datetime) -> Reply:
        version = expected
        if "next_id" in sent:
            actions.set_next(
                session,
                device_id=path.device_id,
                next_id=body.next_id,
                expected=version,
                by=by,
                at=at,
            )
            version = None
        if body.dpi is not None:
            actions.set_dpi(
                session, device_id=path.device_id, dpi=body.dpi, expected=version, by=by, at=at
            )
        return _after(session, path)

    return perform("printing.set_up", do)


@api.post("/printers/<int:device_id>/hold", summary="Stop a printer", responses={200: PrinterShown})
@allow(*LEADS, scope=WRITE)
def hold(path: PrinterPath) -> Response:
    """Nothing is sent to it until it is let go."""
    return _done("printing.hold_printer", actions.hold_printer, path)


@api.delete(
    "/printers/<int:device_id>/hold", summary="Let a printer go on", responses={200: PrinterShown}
)
@allow(*LEADS, scope=WRITE)
def let_go(path: PrinterPath) -> Response:
    """What waits for it is sent."""
    return _done("printing.let_printer_go", actions.let_printer_go, path)


def _done(name: str, verb: Any, path: PrinterPath) -> Response:
    def do(session: Session, by: int, at: datetime) -> Reply:
        verb(session, device_id=path.device_id, by=by, at=at)
        return _after(session, path)

    return perform(name, do)


def _after(session: Session, path: PrinterPath) -> Reply:
    found = queries.printer(session, path.device_id)
    return versioned(printer_shown(found), found.version)
