"""One worker of a race, a process of its own: `python -m tests.campaigns.races.worker`, led over stdin and stdout.

It is told its hands (one a thread) with what each has to ask, opens their connections and says so; at "go" all its
hands begin at once. What they were told goes back as JSON. Only the standard library, so that it starts fast.
"""

import json
import sys
import threading
import time
from dataclasses import asdict
from http.client import HTTPConnection, HTTPResponse
from typing import Any

from tests.campaigns.races.asking import Ask, Told

PATIENCE_S = 60.0
COME_AGAIN_LIMIT = 20
"""How often a hand comes again with the same key before it keeps the no that it got."""

TWIN = "Race-Twin"
"""The header that says which twin of the house is meant; only the twins' server knows it."""

COME_AGAIN = {503: "kernel.busy", 409: "kernel.still_running"}


class Hand:
    """One client with a connection that is kept open."""

    def __init__(self, plan: dict[str, Any], asks: list[dict[str, Any]]) -> None:
        """Connect."""
        self._asks = [Ask(**ask) for ask in asks]
        self._headers = {"Authorization": f"Bearer {plan['token']}", TWIN: plan["twin"]}
        self._wire = HTTPConnection(plan["host"], plan["port"], timeout=PATIENCE_S)
        self._wire.connect()
        self.told: list[Told] = []

    def run(self, start: threading.Barrier) -> None:
        """Ask for everything, one after the other."""
        start.wait()
        for number, ask in enumerate(self._asks):
            self.told.append(self._patiently(number, ask))
        self._wire.close()

    @property
    def is_left_out(self) -> bool:
        """Whether something that was asked got no answer."""
        return len(self.told) < len(self._asks)

    def _patiently(self, number: int, ask: Ask) -> Told:
        sent_at = time.monotonic()
        put_off = 0
        while True:
            answer, bodies = self._read(ask)
            retry_after = answer.getheader("Retry-After", "")
            if put_off >= COME_AGAIN_LIMIT or not retry_after or not _passes(answer, bodies[0]):
                break
            put_off += 1
            time.sleep(float(retry_after))
        return Told(
            number,
            answer.status,
            bodies,
            answer.getheader("Idempotent-Replayed") == "true",
            sent_at,
            time.monotonic(),
            put_off,
            retry_after,
        )

    def _read(self, ask: Ask) -> tuple[HTTPResponse, list[str]]:
        answer, body = self._send(ask, ask.path)
        bodies = [body]
        while ask.follows and answer.status == 200 and (cursor := json.loads(body)["next_cursor"]):
            answer, body = self._send(ask, f"{ask.path}&cursor={cursor}")
            bodies.append(body)
        return answer, bodies

    def _send(self, ask: Ask, path: str) -> tuple[HTTPResponse, str]:
        headers = dict(self._headers)
        if ask.key:
            headers |= {"Idempotency-Key": ask.key, "Content-Type": "application/json"}
        self._wire.request(ask.method, path, ask.body.encode() if ask.body else None, headers)
        answer = self._wire.getresponse()
        return answer, answer.read().decode()


def _passes(answer: HTTPResponse, body: str) -> bool:
    """Whether the no will pass by itself, so that the same key may be sent again."""
    code = COME_AGAIN.get(answer.status)
    return answer.status == 503 or (code is not None and json.loads(body).get("code") == code)


def main() -> None:
    """Run one round after the other until stdin ends."""
    for line in sys.stdin:
        plan = json.loads(line)
        hands = [Hand(plan, asks) for asks in plan["hands"]]
        start = threading.Barrier(len(hands) + 1)
        threads = [threading.Thread(target=hand.run, args=(start,)) for hand in hands]
        for thread in threads:
            thread.start()
        _say("ready")
        sys.stdin.readline()
        start.wait()
        for thread in threads:
            thread.join()
        if any(hand.is_left_out for hand in hands):
            sys.exit("a request got no answer at all; its reason stands above")
        _say([[asdict(told) for told in hand.told] for hand in hands])


def _say(words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
