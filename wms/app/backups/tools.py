"""PostgreSQL's own tools for copying a database: found on the PATH or where Debian keeps them, and called."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import text
from sqlalchemy.orm import Session

from wms.kernel.refusal import Refusal

DEBIAN = Path("/usr/lib/postgresql")

SAID_LIMIT = 400
"""How much of what a tool says a sentence repeats."""


class ToolMissing(Refusal):
    """A tool of PostgreSQL's is not on this machine, or too old for the server."""

    sentence = "app.tool_missing"


class ToolStopped(Refusal):
    """A tool of PostgreSQL's did not get to its end."""

    sentence = "app.tool_stopped"
    kept = False


def server_version(session: Session) -> int:
    """Return the server's major version."""
    return int(session.scalar(text("SHOW server_version_num")) or 0) // 10_000


def find(name: str, version: int) -> Path:
    """Return a tool as old as the server, else the next newer one; raises ToolMissing where there is none."""
    fitting = {major: path for path in _installed(name) if (major := _major(path)) >= version}
    if not fitting:
        raise ToolMissing(tool=name, version=version)
    return fitting[min(fitting)]


def start(tool: Path, url: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a tool on a database. The password goes through the environment: command lines can be read by others."""
    known = conninfo_to_dict(url)
    secret = {"PGPASSWORD": str(known.pop("password"))} if known.get("password") else {}
    where = make_conninfo("", **known)
    return subprocess.Popen(
        [str(tool), f"--dbname={where}", "--no-password", *arguments],
        env={**os.environ, **secret, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> None:
    """Wait for a tool; raises ToolStopped with what it said."""
    _, said = process.communicate()
    if process.returncode:
        name = Path(str(process.args[0] if isinstance(process.args, list) else process.args)).name
        raise ToolStopped(tool=name, said=said.strip()[-SAID_LIMIT:])


def contents(tool: Path, dump: Path) -> list[str]:
    """Return what is in a dump, one line for each thing, as `pg_restore --use-list` wants to read it again."""
    told = subprocess.run(
        [str(tool), "--list", str(dump)], capture_output=True, text=True, check=False
    )
    if told.returncode:
        raise ToolStopped(tool=tool.name, said=told.stderr.strip()[-SAID_LIMIT:])
    return told.stdout.splitlines()


def _installed(name: str) -> Iterator[Path]:
    if found := shutil.which(name):
        yield Path(found)
    yield from DEBIAN.glob(f"*/bin/{name}")


def _major(tool: Path) -> int:
    told = subprocess.run([str(tool), "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)(?:\.\d+|devel|beta|rc)", told.stdout)
    return int(found[1]) if found else 0
