#!/usr/bin/env python3
"""All the set-up there is: makes the environment that Binwave needs, then goes on inside it.

Only the standard library, and readable for old Pythons too: they must get as far as being told so.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent
LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "test.lock"}
RUN = ("flask_openapi", "sqlalchemy", "granian", "alembic", "psycopg", "shippo", "biip", "zxingcpp")
PROBES = {"run": RUN, "test": (*RUN, "pytest", "mypy", "ruff", "importlinter", "playwright")}
UNFINISHED = "unfinished"
PLACE = "set WMS_VENV to a folder that you may write"


def main(argv: Sequence[str]) -> int:
    """Set up what the command needs, then run it."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever calls us may have an older one
        die("Python 3.11 or newer is needed; this is %s" % sys.version.split()[0])
    need = needed_for(argv)
    if need:
        try:
            set_up(need, argv)
        except KeyboardInterrupt:
            die("interrupted; the same command goes on from here")
        except OSError as trouble:
            die(f"{trouble.filename or ROOT}: {trouble.strerror}; {PLACE} and that has room")
    from wms.app import cli

    return cli.main(argv)


def needed_for(argv: Sequence[str]) -> str | None:
    """Return which lock the command needs; help, and a word that is no command, need none."""
    from wms.app.cli import COMMANDS

    if not argv or argv[0] not in COMMANDS:
        return None
    return "test" if argv[0] == "test" else "run"


def set_up(need: str, argv: Sequence[str]) -> None:
    """Come back when the dependencies can be imported, or go on as the environment's Python."""
    venv = home(need)
    inside = Path(sys.prefix).resolve() == venv
    ours = inside and mark_of(venv)
    if importable(need) and not ours:
        return  # A container, somebody's own environment, `uv run`: used as it is.
    if inside and not whole(venv):
        die(f"{venv} is not complete; call the same command with the system's own Python")
    install(venv, need)
    if not inside:
        go_on_inside(venv, argv)


def home(need: str) -> Path:
    """Return the environment's folder: beside run.py; where that cannot be written, in the cache."""
    wish = os.environ.get("WMS_VENV")
    if wish:
        return Path(wish).resolve()
    here = ROOT / ".venv"
    if os.access(here if os.access(here, os.F_OK) else ROOT, os.W_OK) or ready(here, need):
        return here.resolve()
    name = hashlib.sha256(f"{ROOT} {sys.version_info[:2]}".encode()).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    return cache.resolve() / "wms" / name


def importable(need: str) -> bool:
    """Whether this Python has the dependencies already."""
    return all(importlib.util.find_spec(module) for module in PROBES[need])


def ready(venv: Path, need: str) -> bool:
    """Whether everything is in place; the test lock holds all of the other."""
    return whole(venv) and mark_of(venv) in {stamp(need), stamp("test")}


def whole(venv: Path) -> bool:
    """Whether an installation by this version of Python was finished here, of whatever lock."""
    version = stamp("run").split()[0]
    return os.access(python_of(venv), os.X_OK) and mark_of(venv).split(" ")[0] == version


def python_of(venv: Path) -> Path:
    """Return the environment's Python, which need not exist."""
    return venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def stamp(need: str) -> str:
    """Return what marks a finished environment: the version of Python and the hash of the lock."""
    digest = hashlib.sha256(LOCKS[need].read_bytes()).hexdigest()
    return "%d.%d %s" % (*sys.version_info[:2], digest)


def mark_of(venv: Path) -> str:
    """Return the mark that run.py left; nothing where the environment is not run.py's."""
    try:
        return (venv / ".installed").read_text(encoding="utf-8")
    except OSError:
        return ""


def mark(venv: Path, text: str) -> None:
    """Leave the mark in one step, so that it is never half written."""
    draft = venv / ".installed.draft"
    draft.write_text(text, encoding="utf-8")
    draft.replace(venv / ".installed")


def install(venv: Path, need: str) -> None:
    """Bring the environment to the lock, by one installer at a time."""
    if ready(venv, need):
        return
    venv.parent.mkdir(parents=True, exist_ok=True)
    with locked(venv.with_name(venv.name + ".lock")) as turn:
        if ready(venv, need):
            return
        began = time.monotonic()
        if not whole(venv):
            make_anew(venv, turn)
        # An interrupted pip leaves half packages: whoever finds this mark starts over.
        mark(venv, UNFINISHED)
        say("Installing the locked dependencies (about half a minute) ...")
        fetch(venv, LOCKS[need], turn)
        mark(venv, stamp(need))
        say(f"Ready after {time.monotonic() - began:.0f} s.")


@contextmanager
def locked(path: Path) -> Iterator[IO[str]]:
    """Hold the installer's lock; the system drops it when its last holder is gone."""
    with path.open("a", encoding="utf-8") as turn:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(turn.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:
                    continue  # It gives up after ten seconds; the other installer needs longer.
        else:
            import fcntl

            try:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another run.py is installing; waiting for it ...")
                fcntl.flock(turn, fcntl.LOCK_EX)
        yield turn


def make_anew(venv: Path, turn: IO[str]) -> None:
    """Make an empty environment in place of one that is absent, unfinished or of another Python."""
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        debian = "on Debian or Ubuntu: apt install python3-venv, then call again"
        die(f"this Python has no venv module; {debian}")
    if venv.exists():
        if any(venv.iterdir()) and not mark_of(venv) and not (venv / "pyvenv.cfg").exists():
            die(f"{venv} holds other things and stays untouched; {PLACE} and that is empty or new")
        shutil.rmtree(venv)
    venv.mkdir()
    mark(venv, UNFINISHED)
    say(f"Making {venv} ...")
    made = call(turn, sys.executable, "-m", "venv", str(venv), quiet=True)
    if made.returncode:
        die(f"{venv} could not be made: {(made.stderr or made.stdout).strip()}")


def fetch(venv: Path, lock: Path, turn: IO[str]) -> None:
    """Have pip install exactly what the lock names."""
    pip = ("-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-input")
    only = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(lock))
    if call(turn, str(python_of(venv)), *pip, *only).returncode:
        die(
            "the dependencies could not be installed (the reason stands above); "
            "look at network, proxy and disk space, then call the same command again"
        )


def call(turn: IO[str], *command: str, quiet: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a command that keeps our turn while it lives, even when it outlives a killed run.py."""
    keep = () if sys.platform == "win32" else (turn.fileno(),)
    return subprocess.run(command, check=False, text=True, capture_output=quiet, pass_fds=keep)


def go_on_inside(venv: Path, argv: Sequence[str]) -> NoReturn:
    """Become the environment's Python with the same arguments in the same folder."""
    again = [str(python_of(venv)), str(ROOT / "run.py"), *argv]
    if sys.platform == "win32":
        sys.exit(subprocess.run(again, check=False).returncode)
    os.execv(again[0], again)  # noqa: S606 - no shell is what we want


def say(words: str) -> None:
    """Tell on stderr how it goes: stdout belongs to the command."""
    print(words, file=sys.stderr, flush=True)


def die(words: str) -> NoReturn:
    """End with one sentence."""
    sys.exit(f"run.py: {words}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
