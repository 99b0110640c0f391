"""Clients who never give up: each act under one key until it is answered, some of them once more after that."""

import http.client
import json
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

MOVES = "/api/v1/stock_moves"

AGAIN = 0.1
"""Share of the acts that are sent once more although they were answered."""

PASSING = frozenset({409, 503})
"""Answers that mean come again, where they carry Retry-After."""

PATIENCE_S = 240.0
COME_AGAIN_S = 0.05


@dataclass(frozen=True)
class Act:
    """One move of one unit: what was told about it, and how often it had to be sent."""

    key: str
    status: int
    body: str
    sends: int

    @property
    def move_ids(self) -> list[int]:
        """The numbers of its rows in the ledger; none where it was refused."""
        return [row["id"] for row in json.loads(self.body)["data"]] if self.status == 201 else []


@dataclass
class Client:
    """One of those who send acts; `strange` collects what no client foresees."""

    name: str
    port: int
    token: str
    item_id: int
    places: Sequence[int]
    done: list[Act] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)

    def work(self, stop: threading.Event) -> None:
        """Act until it is told to stop; what was begun is brought to its answer."""
        dice = random.Random(self.name)
        while not stop.is_set():
            key = f"{self.name}-{len(self.done)}"
            source, target = dice.sample(list(self.places), 2)
            act = self.act(key, source, target)
            if act is None:
                return
            self.done.append(act)
            if dice.random() < AGAIN:
                self.ask_again(act, source, target)

    def act(self, key: str, source: int, target: int) -> Act | None:
        """Send one act until it is answered."""
        until, sends = time.monotonic() + PATIENCE_S, 0
        while time.monotonic() < until:
            sends += 1
            said = self.send(key, source, target)
            if said is None or (said[0] in PASSING and said[2]):
                time.sleep(COME_AGAIN_S)
            elif said[0] in (201, 409, 422):
                return Act(key, said[0], said[1], sends)
            else:
                self.strange.append(f"{key}: {said[0]} {said[1][:300]}")
                time.sleep(COME_AGAIN_S)
        self.strange.append(f"{key}: no answer in {PATIENCE_S:.0f} s")
        return None

    def ask_again(self, act: Act, source: int, target: int) -> None:
        """Send an answered act once more: it must be told the very same."""
        again = self.act(act.key, source, target)
        if again is not None and (again.status, again.body) != (act.status, act.body):
            self.strange.append(f"{act.key}: first {act.body[:200]}, then {again.body[:200]}")

    def send(self, key: str, source: int, target: int) -> tuple[int, str, bool] | None:
        """Send it once; None where no answer came back, as far as we know."""
        line = {
            "item_id": self.item_id,
            "source_id": source,
            "target_id": target,
            "quantity": 1,
            "reference": key,
        }
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "Idempotency-Key": key,
            }
            wire.request("POST", MOVES, json.dumps({"lines": [line]}), headers)
            answer = wire.getresponse()
            body = answer.read().decode()
            come_again = answer.headers["Retry-After"] is not None and is_passing(body)
            return answer.status, body, come_again
        except (OSError, http.client.HTTPException):
            return None
        finally:
            wire.close()


def is_passing(body: str) -> bool:
    """Tell a no that passes by itself from one that is kept."""
    return json.loads(body)["code"] in ("kernel.busy", "kernel.still_running", "kernel.no_room")
