"""Copies of run.py with what it needs to know its commands and two locks that hold nothing: nothing is fetched."""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = str(Path(sys.base_prefix, "bin", "python{}.{}".format(*sys.version_info)))
LOCKS = ("requirements.lock", "test.lock")
NOBODY = 65534
PATIENCE_S = 60

VERIFY = """
import os, sys
def add(parser): parser.add_argument("--chain", action="store_true")
def run(args):
    print(f"inside {sys.prefix} at {os.getcwd()} chain={args.chain}")
    return 3
"""
"""A command that needs no dependencies and tells where it runs."""

STAND_IN = """#!/bin/sh
case "$*" in
    *pip*) echo "$*" > "$0.called"; {pip};;
    *) echo "inside $*";;
esac
"""
"""An environment's Python for tests that are not about Python."""


def copied(root):
    """Make such a copy, beside a folder from which its calls can import."""
    kernel = shutil.ignore_patterns("__pycache__", "words")
    shutil.copytree(ROOT / "wms/kernel", root / "wms/kernel", ignore=kernel)
    (root / "wms/app/commands").mkdir(parents=True)
    for name in ("run.py", "wms/__init__.py", "wms/app/__init__.py", "wms/app/cli.py"):
        shutil.copy(ROOT / name, root / name)
    (root / "wms/app/commands/verify.py").write_text(VERIFY)
    for name in LOCKS:
        (root / name).write_text(f"# {name}\n")
    (root.parent / "site").mkdir()
    # Wherever these tests run, the copy finds nothing installed.
    (root.parent / "site/sitecustomize.py").write_text("import sys; sys.modules['granian'] = None")
    return root


def call(root, *argv, python=PYTHON, flags=()):
    """Call run.py from another folder."""
    command = [python, *flags, root / "run.py", *argv]
    return subprocess.run(
        command, cwd=root.parent, env=env(root), capture_output=True, text=True, check=False
    )


@contextmanager
def started(root, *argv):
    """Call run.py and look on; whatever still runs at the end is ended."""
    said = Path(tempfile.mkstemp(dir=root.parent)[1])
    with said.open("w") as out:
        process = Call(
            [PYTHON, root / "run.py", *argv],
            cwd=root.parent,
            env=env(root),
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_can_be_interrupted,
        )
    process.words = said
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _can_be_interrupted():
    """A shell that runs the tests in the background lets everything they start ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Call(subprocess.Popen):
    """A running run.py."""

    words: Path

    def said(self):
        return self.words.read_text()

    def until(self, words):
        """Wait until it has said these words."""
        wait_until(lambda: words in self.said())


def wait_until(holds):
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "it did not come to that in time"
        time.sleep(0.02)


def env(root):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PYTHONPATH": str(root.parent / "site"), "PYTHONDONTWRITEBYTECODE": "1"}


def as_nobody(root, code, *, cache):
    """Run code that has imported run.py, as a user without rights."""
    lines = f"""
import os, sys
sys.path.insert(0, {str(root)!r})
import run, wms.app.cli
if os.geteuid() == 0: os.setuid({NOBODY})
{code}
"""
    settings = {**env(root), "XDG_CACHE_HOME": cache}
    command = [PYTHON, "-c", lines]
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=False)


@contextmanager
def held(path):
    """Hold the installer's lock; give what lets it go."""
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lambda: fcntl.flock(lock, fcntl.LOCK_UN)


def stand_in(root, *, lock="requirements.lock", pip="exit 0"):
    """Put an environment in place that was installed from the lock, with a shell script as its Python."""
    python = root / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(STAND_IN.format(pip=pip))
    python.chmod(0o755)
    digest = hashlib.sha256((root / lock).read_bytes()).hexdigest()
    (root / ".venv/.installed").write_text("{}.{} ".format(*sys.version_info) + digest)


def asked_of_pip(root):
    return (root / ".venv/bin/python.called").read_text()


def change(lock):
    lock.write_text("# another\n")
