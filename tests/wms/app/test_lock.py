"""One server works on a data folder: its workers share the place, others wait a little and are told."""

import subprocess
import sys
from pathlib import Path

import pytest

from wms.app import lock
from wms.app.lock import FolderTaken

ROOT = Path(__file__).parents[3]

HOLD = """
import sys
from pathlib import Path
from wms.app import lock
getattr(lock, sys.argv[1])(Path(sys.argv[2]))
print("here", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def hold(tmp_path):
    """Let another process hold the folder, as a server (`occupy`) or as its worker (`share`)."""
    holders = []

    def begin(how):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, how, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        holders.append(process)
        assert process.stdout.readline() == "here\n"
        return process

    yield begin
    for process in holders:
        process.kill()
        process.communicate()


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE_S", 0.3)
    monkeypatch.setattr(lock, "_held", held := [])
    yield
    for file in held:
        file.close()


def test_a_folder_nobody_works_on_can_be_occupied(tmp_path):
    lock.occupy(tmp_path)


def test_a_second_server_is_refused_and_told_where(tmp_path, hold):
    hold("occupy")

    with pytest.raises(FolderTaken) as no:
        lock.occupy(tmp_path)

    assert no.value.values == {"folder": str(tmp_path)}


def test_an_orphaned_worker_keeps_others_out(tmp_path, hold):
    hold("share")

    with pytest.raises(FolderTaken):
        lock.occupy(tmp_path)


def test_a_server_and_its_workers_share_the_folder(hold):
    hold("occupy")
    hold("share")
    hold("share")


def test_the_place_is_free_as_soon_as_the_last_has_gone(tmp_path, hold):
    other = hold("occupy")
    other.kill()
    other.wait()

    lock.occupy(tmp_path)
