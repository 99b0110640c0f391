"""The commands of `run.py`: a table, one line each. Only the one that is called is imported."""

import argparse
import gc
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module

from wms.kernel.refusal import Refusal

COMMANDS = {
    "demo": "the quick look: a warehouse with orders, printers and a carrier",
    "simulate": "a whole shift from orders to trucks and back, by scans alone",
    "serve": "the server; on SQLite it also does the background work",
    "work": "a background worker of its own, for PostgreSQL; as many as wanted",
    "seed": "fill an empty warehouse from a number; print its people and places",
    "import": "orders, products, bins or stock from a file; all or nothing",
    "verify": "ask every invariant; exit 0 clean, 1 with the broken rows named",
    "reconcile": "look for labels that were paid for and that no box wears",
    "backup": "copy database and pictures into a folder, while work goes on",
    "restore": "put a backup in place of the data folder",
    "migrate": "bring the database to this version's tables",
    "user": "make people and badges, or stop them",
    "config": "`config show`: what is set, and where it was set",
    "openapi": "print the description of the machines' interface",
    "bench": "measure this machine, beside the same work done by hand",
    "test": "lint, types, walls (`--static` stops here), then the tests",
}
"""What each command does. `wms.app.commands.<name>` has `add(parser)` and `run(args) -> exit code`."""

MODULES = {"import": "imports"}
"""Where the command's word cannot name a module."""

HELP = ("-h", "--help", "help")


def main(argv: Sequence[str]) -> int:
    """Run the command that the first word names; return the exit code."""
    if not argv or argv[0] in HELP:
        print(overview())
        return 0
    if argv[0] not in COMMANDS:
        print(unknown(argv[0]), file=sys.stderr)
        return 2
    return run(argv[0], argv[1:])


def overview() -> str:
    """Return the help that fits on one screen."""
    lines = (f"  {name:<11}{line}" for name, line in COMMANDS.items())
    return "\n".join(
        (
            "Binwave, a warehouse from order to truck.",
            "",
            "python3 run.py COMMAND ...     `COMMAND --help` tells its options",
            "",
            *lines,
        )
    )


def unknown(word: str) -> str:
    """Return what to say to a word that is no command."""
    near = get_close_matches(word, COMMANDS, n=1)
    hint = f"Did you mean `{near[0]}`?" if near else "`python3 run.py --help` lists the commands."
    return f"There is no command `{word}`. {hint}"


GARBAGE_EVERY = 20_000
"""So many things are made before Python looks for garbage. Nearly all that a batch of orders makes stays until its
commit, and looking through it each 700 things, as Python does by itself, took a quarter of the batch's time."""


def run(name: str, argv: Sequence[str]) -> int:
    """Import the command, read its arguments and carry it out; a no is one sentence and exit 2."""
    gc.set_threshold(GARBAGE_EVERY)
    command = import_module(f"wms.app.commands.{MODULES.get(name, name)}")
    parser = argparse.ArgumentParser(
        prog=f"run.py {name}", description=COMMANDS[name], allow_abbrev=False
    )
    command.add(parser)
    args, rest = parser.parse_known_args(argv)
    if rest and not parser.get_default("passes_on"):
        parser.error(f"nothing is known of {' '.join(rest)}")
    args.rest = rest
    try:
        return int(command.run(args))
    except Refusal as refusal:
        print(worded(refusal), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def worded(refusal: Refusal) -> str:
    """Return a refusal as people read it: its sentence, then what is wrong in which row or field."""
    from wms.kernel.words import say

    faults = (f"  {fault.where}: {say(fault.sentence, fault.values)}" for fault in refusal.faults)
    return "\n".join((say(refusal.sentence, refusal.values), *faults))
