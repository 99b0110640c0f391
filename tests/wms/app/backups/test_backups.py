"""Backups made while the house works, restored elsewhere, cut off in the middle, and damaged afterwards."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, select, text

from tests.healthy import CHEESE, LISTENERS, LOT, MONDAY, bins_of
from wms.app import lock
from wms.app.backups import making, manifest, restoring, schemas, tools
from wms.app.backups.half import MARK, PlaceTaken
from wms.app.backups.manifest import NAME, BackupDamaged, BackupNewer, NoBackup
from wms.kernel.clock import SystemClock
from wms.kernel.commands import command
from wms.kernel.database import Database
from wms.kernel.services import Services
from wms.kernel.settings import ROOT, Settings
from wms.stock import actions as stock
from wms.stock import seals
from wms.stock.moves import Move, Reason
from wms.stock.tables import StockMove
from wms.trial import postgres

PICTURE = "0" * 64 + ".webp"

KILLS = 6


def settings(url: str, folder: Path) -> Settings:
    return Settings(data_dir=folder, database_url=url, allow_http_lan=True)


@pytest.fixture
def house(healthy_url, tmp_path) -> Iterator[Services]:
    """A house with something of everything in it, and a picture."""
    database = Database(healthy_url, LISTENERS)
    made = Services(settings(healthy_url, tmp_path / "data"), SystemClock(), database)
    made.pictures.mkdir(parents=True)
    (made.pictures / PICTURE).write_bytes(b"a mug")
    with database.engines.writer.begin() as connection:
        connection.execute(
            text("UPDATE item SET picture = :name WHERE sku = 'MUG'"), {"name": PICTURE}
        )
    yield made
    database.close()


@pytest.fixture
def elsewhere(house, tmp_path, request) -> Iterator[Settings]:
    """The settings of a place of the same kind where nothing is."""
    folder = tmp_path / "elsewhere"
    if house.database.is_sqlite:
        yield settings("", folder)
        return
    server = request.getfixturevalue("postgres_server")
    yield settings(postgres.make(server, "elsewhere"), folder)
    postgres.drop(server, "elsewhere")


@pytest.fixture(autouse=True)
def _other_processes() -> Iterator[None]:
    """Whatever restores here is a process that ends with the test."""
    yield
    _let_go()


@contextmanager
def opened(where: Settings) -> Iterator[Database]:
    database = Database(where.url)
    try:
        yield database
    finally:
        database.close()


def count_of_moves(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count(StockMove.id))) or 0


def edit(backup: Path, **changes: object) -> None:
    paper = json.loads((backup / NAME).read_text())
    (backup / NAME).write_text(json.dumps(paper | changes))


def test_what_was_backed_up_stands_again_elsewhere(house, elsewhere, tmp_path):
    made = making.make(house, tmp_path / "backup")

    done = restoring.restore(elsewhere, tmp_path / "backup", replace=False)

    assert made.absent == []
    assert made.manifest.broken == []
    assert [found.invariant.name for found in done.findings if found.broken] == []
    assert any(found.invariant.name == "stock.the_chain_is_whole" for found in done.findings)
    with opened(elsewhere) as database, database.read() as session:
        assert count_of_moves(database) == count_of_moves(house.database)
        assert seals.head(session).hash == made.manifest.head
    assert (elsewhere.data_dir / "pictures" / PICTURE).read_bytes() == b"a mug"


def test_the_secret_key_is_in_no_backup(house, tmp_path):
    (house.settings.data_dir / "secret_key").write_text("hush")

    making.make(house, tmp_path / "backup")

    files = [path.relative_to(tmp_path / "backup") for path in (tmp_path / "backup").rglob("*.*")]
    assert sorted(map(str, files)) == [NAME, f"pictures/{PICTURE}"]
    assert {path.name for path in (tmp_path / "backup").iterdir()} == {NAME, "database", "pictures"}


def test_only_its_owner_can_read_a_backup(house, tmp_path):
    making.make(house, tmp_path / "backup")

    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0


def test_a_picture_that_nobody_has_is_told_and_the_backup_made(house, tmp_path):
    (house.pictures / PICTURE).unlink()

    assert making.make(house, tmp_path / "backup").absent == [PICTURE]


def test_a_broken_promise_is_written_on_the_backup(house, tmp_path):
    with house.database.engines.writer.begin() as connection:
        connection.execute(text("INSERT INTO code (code, kind) VALUES ('FREE', 'item')"))

    made = making.make(house, tmp_path / "backup")

    assert made.manifest.broken == ["codes.codes_stand_for_something"]


def test_nothing_is_overwritten_by_a_backup(house, tmp_path):
    (tmp_path / "backup").mkdir()

    with pytest.raises(PlaceTaken):
        making.make(house, tmp_path / "backup")


@pytest.mark.parametrize("damage", ["byte", "shorter", "gone", "picture"])
def test_a_damaged_backup_is_refused_and_nothing_touched(house, elsewhere, tmp_path, damage):
    backup = tmp_path / "backup"
    making.make(house, backup)
    file = backup / ("database" if damage != "picture" else f"pictures/{PICTURE}")
    contents = bytearray(file.read_bytes())
    contents[len(contents) // 2] ^= 1
    match damage:
        case "shorter":
            file.write_bytes(file.read_bytes()[:-100])
        case "gone":
            file.unlink()
        case _:
            file.write_bytes(contents)

    with pytest.raises(BackupDamaged):
        restoring.restore(elsewhere, backup, replace=True)

    assert not elsewhere.data_dir.exists()


def test_a_folder_without_its_paper_is_no_backup(house, elsewhere, tmp_path):
    backup = tmp_path / "backup"
    making.make(house, backup)
    (backup / NAME).unlink()

    with pytest.raises(NoBackup):
        restoring.restore(elsewhere, backup, replace=False)


def test_a_paper_that_leads_out_of_its_folder_is_no_backup(house, elsewhere, tmp_path):
    backup = tmp_path / "backup"
    making.make(house, backup)
    edit(backup, files=[{"path": "pictures/../../secret_key", "bytes": 1, "sha256": ""}])

    with pytest.raises(NoBackup):
        restoring.restore(elsewhere, backup, replace=False)


def test_a_backup_of_a_later_version_is_refused(house, elsewhere, tmp_path):
    backup = tmp_path / "backup"
    making.make(house, backup)
    edit(backup, step="9999")

    with pytest.raises(BackupNewer):
        restoring.restore(elsewhere, backup, replace=False)


def test_a_house_that_stands_is_replaced_only_when_somebody_says_so_and_set_aside(
    house, elsewhere, tmp_path
):
    making.make(house, tmp_path / "first")
    _move(house.database)
    making.make(house, tmp_path / "second")
    restoring.restore(elsewhere, tmp_path / "first", replace=False)
    _let_go()
    before = _count(elsewhere)

    with pytest.raises((restoring.HouseThere, schemas.SchemaTaken)):
        restoring.restore(elsewhere, tmp_path / "second", replace=False)
    _let_go()
    assert _count(elsewhere) == before
    done = restoring.restore(elsewhere, tmp_path / "second", replace=True)

    assert _count(elsewhere) == before + 1
    assert done.aside is not None
    assert _count_aside(elsewhere, done.aside) == before


def test_a_backup_that_cannot_be_read_leaves_the_house_as_it_was(house, elsewhere, tmp_path):
    """Its hashes fit, so only whoever reads it can tell."""
    backup = tmp_path / "backup"
    making.make(house, backup)
    restoring.restore(elsewhere, backup, replace=False)
    _let_go()
    (backup / "database").write_bytes(b"no database at all")
    (backup / NAME).rename(tmp_path / "paper")
    found = [file.model_dump() for file in manifest.describe(backup)]
    (tmp_path / "paper").rename(backup / NAME)
    edit(backup, files=found)

    with pytest.raises((BackupDamaged, tools.ToolStopped)):
        restoring.restore(elsewhere, backup, replace=True)

    assert _count(elsewhere) == count_of_moves(house.database)


def test_somebody_who_is_connected_keeps_a_house_from_being_replaced(house, elsewhere, tmp_path):
    making.make(house, tmp_path / "backup")
    restoring.restore(elsewhere, tmp_path / "backup", replace=False)
    if house.database.is_sqlite:
        taken = lock.FolderTaken  # this process holds the folder since it restored
        with pytest.raises(taken):
            restoring.restore(elsewhere, tmp_path / "backup", replace=True)
        return
    with psycopg.connect(elsewhere.url), pytest.raises(schemas.SomebodyWorks):
        restoring.restore(elsewhere, tmp_path / "backup", replace=True)


def test_backups_under_load_are_whole(house, elsewhere, tmp_path, request):
    """Six writers, three backups, each restored: every promise is kept at the moment each was made."""
    stop, trouble = threading.Event(), []

    def write() -> None:
        try:
            while not stop.is_set():
                _move(house.database)
        except BaseException as error:
            trouble.append(error)
            raise

    writers = [threading.Thread(target=write) for _ in range(6)]
    for writer in writers:
        writer.start()
    try:
        seen = []
        for number in range(3):
            before = count_of_moves(house.database)
            making.make(house, tmp_path / f"backup {number}")
            seen.append((before, count_of_moves(house.database)))
    finally:
        stop.set()
        for writer in writers:
            writer.join()

    assert trouble == []
    for number, (before, after) in enumerate(seen):
        where = elsewhere.model_copy(update={"data_dir": tmp_path / f"place {number}"})
        done = restoring.restore(where, tmp_path / f"backup {number}", replace=number > 0)
        assert [found.invariant.name for found in done.findings if found.broken] == []
        assert before <= _count(where) <= after
        assert after > before, "somebody wrote while it was made"


def test_a_backup_that_was_killed_is_whole_or_not_there(house, elsewhere, tmp_path):
    place = tmp_path / "backup"
    took = _back_up(house, place)
    assert place.exists()
    shutil.rmtree(place)
    dice, whole = random.Random(7), 0

    for _ in range(KILLS):
        _back_up(house, place, kill_after=dice.uniform(0, 1.2) * took)
        for half in tmp_path.glob(f"*{MARK}*"):
            if not (half / NAME).exists():
                with pytest.raises(NoBackup):
                    restoring.restore(elsewhere, half, replace=True)
        if place.exists():
            whole += 1
            manifest.check(place, manifest.read(place))
            shutil.rmtree(place)

    assert whole < KILLS, "not one was cut off in the middle"
    _back_up(house, place)
    assert list(tmp_path.glob(f"*{MARK}*")) == [], "what the killed ones left is cleared away"
    done = restoring.restore(elsewhere, place, replace=False)
    assert [found.invariant.name for found in done.findings if found.broken] == []


def _back_up(house: Services, place: Path, *, kill_after: float | None = None) -> float:
    """Run `backup` in a process of its own; returns how long it wrote. Killed so long after it began to write."""
    line = [sys.executable, str(ROOT / "run.py"), "backup", str(place)]
    known = {"WMS_DATA_DIR": str(house.settings.data_dir), "WMS_DATABASE_URL": house.database.url}
    before = set(place.parent.glob(f"*{MARK}*"))
    process = subprocess.Popen(
        line,
        env=os.environ | known,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    while process.poll() is None and set(place.parent.glob(f"*{MARK}*")) <= before:
        time.sleep(0.002)
    began = time.monotonic()
    try:
        said = process.communicate(timeout=kill_after)[1]
        assert process.returncode == 0, said.decode()
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    return time.monotonic() - began


def _move(database: Database) -> None:
    act = command("test", by=1, at=MONDAY)

    def do(session):
        one, other = bins_of(session)
        ends = (one, other) if random.random() < 0.5 else (other, one)
        try:
            stock.move(session, Move(CHEESE, *ends, 1, Reason.MOVE, lot_id=LOT), by=1, at=MONDAY)
        except stock.NotEnoughStock:
            stock.move(
                session, Move(CHEESE, *ends[::-1], 1, Reason.MOVE, lot_id=LOT), by=1, at=MONDAY
            )

    database.write(act, do)


def _count(where: Settings) -> int:
    with opened(where) as database:
        return count_of_moves(database)


def _count_aside(where: Settings, aside: str) -> int:
    if where.url.startswith("sqlite"):
        with opened(settings(f"sqlite:///{Path(aside) / 'binwave.sqlite'}", where.data_dir)) as old:
            return count_of_moves(old)
    with psycopg.connect(where.url) as connection:
        row = connection.execute(f"SELECT count(*) FROM {aside}.stock_move").fetchone()
        return int(row[0]) if row else 0


def _let_go() -> None:
    """Be another process, which does not hold the folder."""
    for held in lock._held:
        held.close()
    lock._held.clear()
