"""Kills processes of the house at random, from a process of its own that knows nothing but their parent.

`python -m tests.campaigns.kill.killer KEEPER PORT KILLS SEED`. Each kill is told in one line: when, whom, how deep
below the keeper. Most of the time it waits until the house serves again; now and then it strikes while things start.
"""

import http.client
import os
import random
import signal
import sys
import time
from pathlib import Path

IN_WORK_S = (0.05, 0.9)
"""How long a house that serves is left in peace, at least and at most."""

EARLY = 0.15
"""Share of the kills that strike without waiting for the house to serve."""

SERVES_S = 180.0


def main(keeper: int, port: int, kills: int, seed: int) -> None:
    """Kill that many processes, one after the other."""
    dice = random.Random(seed)
    for _ in range(kills):
        if dice.random() > EARLY:
            wait_until_it_serves(port)
        time.sleep(dice.uniform(*IN_WORK_S))
        found = below(keeper)
        [(number, depth)] = dice.choices(found, [depth for _, depth in found])
        os.kill(number, signal.SIGKILL)
        print(f"{time.time():.3f} {number} {depth}", flush=True)


def below(keeper: int) -> list[tuple[int, int]]:
    """Return the living processes below the keeper, with how deep they are; waits until there is one."""
    while True:
        parents = dict(living())
        found = [
            (number, depth) for number in parents if (depth := depth_of(number, keeper, parents))
        ]
        if found:
            return sorted(found)
        time.sleep(0.01)


def depth_of(number: int, keeper: int, parents: dict[int, int]) -> int:
    """Return how many steps a process is below the keeper; 0 where it is not."""
    for depth in range(1, 4):
        number = parents.get(number, 0)
        if number == keeper:
            return depth
    return 0


def living() -> list[tuple[int, int]]:
    """Return every process that is no zombie, with its parent."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            found.append((int(folder.name), int(parent)))
    return found


def wait_until_it_serves(port: int) -> None:
    """Wait until the house answers that it is ready."""
    until = time.monotonic() + SERVES_S
    while time.monotonic() < until:
        wire = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            wire.request("GET", "/readyz")
            if wire.getresponse().status == http.client.OK:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            wire.close()
        time.sleep(0.02)
    raise SystemExit("the house does not serve any more")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
