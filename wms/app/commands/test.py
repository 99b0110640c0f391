"""`test`: every static check, so that one run tells all, and the tests when the house is in order."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

WALLS = "from importlinter.cli import lint_imports_command as walls; walls()"

STATIC = (
    ("-m", "ruff", "check"),
    ("-m", "ruff", "format", "--check"),
    ("-m", "mypy"),
    ("-c", WALLS, "--no-logo"),
)
"""What is asked of the text alone, as arguments of Python: the tools need not be on the PATH."""

TOGETHER = ("--dist", "loadfile", "--no-loadscope-reorder")
"""The tests of one file run in one process, so that they share what they set up, the longest first."""


def add(parser: argparse.ArgumentParser) -> None:
    """Everything but `--static` goes on to pytest, which runs in the project's folder."""
    parser.add_argument("--static", action="store_true", help="stop before the tests")
    parser.usage = "run.py test [--static] [pytest arguments]"
    parser.set_defaults(passes_on=True)


def run(args: argparse.Namespace) -> int:
    """Return 1 when a static check found something, else what pytest returns."""
    found = [tool for tool, look in zip(STATIC, looks(), strict=True) if told(tool, look)]
    if found or args.static:
        return 1 if found else 0
    tests = ("-m", "pytest", *(args.rest or ("-n", str(processes()), *TOGETHER)))
    head(tests)
    return subprocess.run((sys.executable, *tests), cwd=ROOT, check=False).returncode


def processes() -> int:
    """Return how many run tests: one more than there are cores, since one waits for a server or a browser."""
    return (os.cpu_count() or 1) + 1


def looks() -> list[subprocess.Popen[str]]:
    """Start every static check in the project's folder: side by side they take no longer than the longest."""
    return [
        subprocess.Popen(
            (sys.executable, *tool),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for tool in STATIC
    ]


def told(tool: Sequence[str], look: subprocess.Popen[str]) -> int:
    """Say which check it is and what it found, once it has ended; return its exit code."""
    head(tool)
    print(look.communicate()[0], end="", flush=True)
    return look.returncode


def head(tool: Sequence[str]) -> None:
    """Say which tool speaks from here on."""
    name = "lint-imports" if WALLS in tool else " ".join(tool[1:])
    print(f"== {name}", flush=True)
