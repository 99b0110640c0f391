"""Keeps the house's processes running: forks them from one that has imported everything, and again when they die.

`python -m tests.campaigns.kill.keeper LOG COMMANDS`, where COMMANDS is a JSON list of command lines of `run.py`. It
ends them and itself when its standard input closes.
"""

import faulthandler
import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from tests.campaigns import house
from wms.app import cli
from wms.app.commands import serve, work

BREATH_S = 0.1
"""Between a death and the next start, so that a process that cannot start does not spin."""

END_S = 20.0


class Keeper:
    """The processes by their number, each with its command line."""

    def __init__(self, log: Path, commands: Sequence[Sequence[str]]) -> None:
        """Take where to write what they say, and what to run."""
        self.log = log
        self.running = {self.fork(command): command for command in commands}
        self.is_ending = False

    def fork(self, command: Sequence[str]) -> int:
        """Begin one process; return its number."""
        number = os.fork()
        if number:
            return number
        said = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for stream in (1, 2):
            os.dup2(said, stream)
        print(f"{os.getpid()} begins {command[0]}", flush=True)
        code = 1
        try:
            code = cli.main(command)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:  # noqa: BLE001 - a forked process must never go on as its parent
            traceback.print_exc()
        finally:
            os._exit(code)

    def keep(self) -> None:
        """Begin again what ends, until all are asked to end."""
        while self.running:
            number, _ = os.wait()
            command = self.running.pop(number, None)
            if command and not self.is_ending:
                time.sleep(BREATH_S)
                self.running[self.fork(command)] = command

    def end(self) -> None:
        """Ask all to end, and see that they do."""
        self.is_ending = True
        for number in list(self.running):
            os.kill(number, signal.SIGTERM)
        time.sleep(END_S)
        os._exit(3)


IMPORTED = (serve, work)
"""What every process of the house imports, and with it the whole application: seconds that a restart would cost."""


def main() -> None:
    """Keep the processes until standard input closes."""
    house.furnish()
    faulthandler.register(
        signal.SIGUSR1
    )  # `kill -USR1` on any of them tells in the log where its threads are
    keeper = Keeper(Path(sys.argv[1]), json.loads(sys.argv[2]))
    print("keeping", flush=True)

    def wait_for_end() -> None:
        os.read(
            0, 1
        )  # not through sys.stdin: its lock would be held in every process that is forked meanwhile
        keeper.end()

    threading.Thread(target=wait_for_end, daemon=True).start()
    keeper.keep()


if __name__ == "__main__":
    main()
