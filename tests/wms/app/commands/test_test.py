"""`test` runs every static check before it tells, and the tests only when nothing was found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]

PYPROJECT = """
[tool.ruff]
include = ["wms/small.py"]
[tool.mypy]
files = ["wms/small.py"]
[tool.importlinter]
root_package = "wms"
[[tool.importlinter.contracts]]
name = "small"
type = "forbidden"
source_modules = ["wms.small"]
forbidden_modules = ["wms.app"]
[tool.pytest.ini_options]
pythonpath = ["."]
"""

CALL = "import sys; from wms.app.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def project(tmp_path):
    """A small project with the same command."""
    for package in ("wms", "wms/app", "wms/app/commands", "wms/kernel"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    for name in ("wms/app/cli.py", "wms/app/commands/test.py", "wms/kernel/refusal.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "wms/small.py").write_text("")
    (tmp_path / "test_small.py").write_text("def test_one():\n    assert 1 == 2\n")
    return tmp_path


def test_every_check_runs_and_the_tests_wait_until_all_is_well(project):
    (project / "wms/small.py").write_text("import os\nx: int = ''\n\n\n\nimport wms.app\n")

    done = call(project, "test")

    assert done.returncode == 1
    assert headings(done) == ["ruff check", "ruff format --check", "mypy", "lint-imports"]
    for found in ("F401", "would be reformatted", "[assignment]", "small BROKEN"):
        assert found in done.stdout


def test_a_clean_text_stops_before_the_tests_when_asked(project):
    done = call(project, "test", "--static")

    assert done.returncode == 0
    assert "pytest" not in done.stdout


def test_what_follows_goes_on_to_pytest_which_has_the_last_word(project):
    failed = call(project, "test", "-q", "-k", "one")
    nothing = call(project, "test", "-k", "two")

    assert headings(failed)[-1] == "pytest -q -k one"
    assert "1 failed" in failed.stdout
    assert failed.returncode == pytest.ExitCode.TESTS_FAILED
    assert nothing.returncode == pytest.ExitCode.NO_TESTS_COLLECTED


def call(project, *argv):
    """Run a command of the project from another folder."""
    return subprocess.run(
        [sys.executable, "-c", CALL, *argv],
        cwd=project.parent,
        env={"PYTHONPATH": str(project), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def headings(done):
    return [line[3:] for line in done.stdout.splitlines() if line.startswith("== ")]
