"""`migrate` brings a database to today's tables on both databases, whole, as often as it is called."""

import argparse
import os
import subprocess
import sys

import pytest

from wms.app.commands import migrate
from wms.kernel.database import Database
from wms.kernel.settings import ROOT
from wms.migrations import upgrade
from wms.trial import postgres


def call(*, check=False):
    return migrate.run(argparse.Namespace(check=check, draft=None))


def test_an_empty_database_is_told_from_a_migrated_one(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("WMS_DATA_DIR", str(tmp_path))

    assert call(check=True) == 1
    assert call() == 0
    assert call(check=True) == 0
    assert call() == 0
    assert f"is at {upgrade.head()} now" in capsys.readouterr().out


def test_a_migrated_database_is_what_the_code_says(database):
    assert upgrade.current(database) == upgrade.head()
    assert upgrade.drift(database) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_processes_that_migrate_together_do_it_once(kind, request, tmp_path):
    if kind == "sqlite":
        url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    else:
        url = postgres.make(request.getfixturevalue("postgres_server"), "migrated_together")
    settings = {"WMS_DATABASE_URL": url, "WMS_DATA_DIR": str(tmp_path)}
    line = [sys.executable, str(ROOT / "run.py"), "migrate"]
    together = [
        subprocess.Popen(line, env=os.environ | settings, stderr=subprocess.PIPE) for _ in range(4)
    ]

    troubles = [process.communicate()[1].decode() for process in together]

    assert [process.returncode for process in together] == [0, 0, 0, 0], troubles
    database = Database(url)
    assert upgrade.drift(database) == []
    database.close()
