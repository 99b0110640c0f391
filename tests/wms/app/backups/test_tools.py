"""PostgreSQL's own tools: the right one is taken, nothing secret is shown, and one that is missing is told."""

import shutil

import pytest

from wms.app.backups import tools


def tool(folder, name: str, version: str, does: str = ""):
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / name
    made.write_text(
        f'#!/bin/sh\ncase "$1" in --version) echo "{name} (PostgreSQL) {version}";; *) {does or "true"};; esac\n'
    )
    made.chmod(0o755)
    return made


@pytest.fixture
def debian(tmp_path, monkeypatch):
    """Where Debian keeps its versions; nothing is on the PATH."""
    monkeypatch.setattr(tools, "DEBIAN", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    return tmp_path


def test_the_tool_of_the_servers_own_version_is_taken_before_a_newer_one(debian):
    for version in ("14", "15", "17"):
        tool(debian / version / "bin", "pg_dump", f"{version}.4")

    assert tools.find("pg_dump", 15) == debian / "15" / "bin" / "pg_dump"
    assert tools.find("pg_dump", 16) == debian / "17" / "bin" / "pg_dump"


def test_a_tool_that_is_missing_or_too_old_is_told(debian):
    tool(debian / "13" / "bin", "pg_dump", "13.2")

    with pytest.raises(tools.ToolMissing) as told:
        tools.find("pg_dump", 15)

    assert told.value.values == {"tool": "pg_dump", "version": 15}


def test_a_password_stands_in_no_command_line(tmp_path):
    said = tmp_path / "said"
    shows = tool(tmp_path, "pg_dump", "15.1", f'echo "$@ / $PGPASSWORD" > {said}')

    tools.finish(tools.start(shows, "postgresql://wms:hush@db:5433/house", "--clean"))

    line, _, password = said.read_text().partition(" / ")
    assert "hush" not in line
    assert "host=db" in line
    assert password.strip() == "hush"


def test_what_a_tool_says_when_it_stops_is_passed_on(tmp_path):
    stops = tool(tmp_path, "pg_restore", "15.1", "echo 'no such table' >&2; exit 3")

    with pytest.raises(tools.ToolStopped) as told:
        tools.finish(tools.start(stops, "postgresql://db/house"))

    assert told.value.values == {"tool": "pg_restore", "said": "no such table"}
