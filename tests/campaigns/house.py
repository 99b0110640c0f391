"""The house under fire: the product as it is, with a reaction and an outside call that can be counted afterwards."""

import http.client
import json
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from wms import wiring
from wms.cases.tables import ExceptionCase
from wms.kernel import calls, courier
from wms.kernel.call_lifecycle import Verb
from wms.kernel.calls import Call, Outcome
from wms.stock.events import StockMoved

KIND = "told"
"""By it the rows are known that the reaction leaves: one for each time it was told."""

PEER = "campaign.peer"

LEASE = timedelta(seconds=4)
"""Shorter than in life, so that what the dead held is soon taken up again."""

PEER_PORT = "CAMPAIGN_PEER_PORT"


def furnish() -> None:
    """Add what is counted, and shorten the leases. Called once in the process from which all others are forked."""
    wiring.REACTIONS = {
        **wiring.REACTIONS,
        StockMoved: {**wiring.REACTIONS.get(StockMoved, {}), "write down that it was told": told},
    }
    wiring.CALLS = {**wiring.CALLS, PEER: Call(call_peer, is_repeatable=True)}
    courier.LEASE = LEASE
    calls.LEASE = LEASE


def told(session: Session, fact: StockMoved, by: int, at: datetime) -> None:
    """Leave a row and wish for a call, with nothing of their own that would keep them from being left twice."""
    session.add(
        ExceptionCase(
            kind=KIND,
            state="open",
            subject="stock_move",
            subject_id=fact.move_ids[0],
            sentence="cases.told",
            values={},
            opened_by=by,
            opened_at=at,
        )
    )
    session.flush()
    calls.ask(session, PEER, key=f"move-{fact.move_ids[0]}", payload={}, at=at)


def call_peer(key: str, _payload: Mapping[str, Any]) -> Outcome:
    """Tell somebody outside; who takes the same key twice without acting twice."""
    wire = http.client.HTTPConnection("127.0.0.1", int(os.environ[PEER_PORT]), timeout=2)
    try:
        wire.request("POST", f"/{key}")
        answer = wire.getresponse()
        return Outcome(Verb.OK, json.loads(answer.read()))
    except (OSError, http.client.HTTPException) as trouble:
        return Outcome(Verb.NO_ANSWER, trouble=str(trouble))
    finally:
        wire.close()
