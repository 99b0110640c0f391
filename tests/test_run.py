"""run.py sets itself up: what it says, waits for, leaves alone and makes anew.

The locks are empty here, so that nothing is fetched; `-m slow` tries the real one.
"""

import ast
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import run as script
from tests.clones import (
    PATIENCE_S,
    PYTHON,
    ROOT,
    as_nobody,
    asked_of_pip,
    call,
    change,
    copied,
    held,
    stand_in,
    started,
    wait_until,
)


def test_help_is_one_screen_and_installs_nothing(clone):
    done = call(clone, "--help", flags=["-S"])

    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert not (clone / ".venv").exists()


def test_a_word_that_is_no_command_is_told_at_once(clone):
    done = call(clone, "verfy", flags=["-S"])

    assert done.stderr == "There is no command `verfy`. Did you mean `verify`?\n"
    assert done.returncode == 2
    assert not (clone / ".venv").exists()


def test_an_old_python_is_told_so(clone, pretend):
    pretend("import sys; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (main)'")

    done = call(clone, "verify")

    assert done.stderr == "run.py: Python 3.11 or newer is needed; this is 3.9.2.\n"
    assert done.returncode == 1


def test_an_old_python_can_read_run_py():
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 7))


def test_a_python_without_venv_is_told_what_to_install(clone, pretend):
    pretend("import sys; sys.modules['ensurepip'] = None")

    done = call(clone, "verify")

    assert done.stderr.endswith("apt install python3-venv, then call again.\n")
    assert done.returncode == 1
    assert not (clone / ".venv").exists()


def test_where_everything_can_be_imported_nothing_is_installed(clone, pretend):
    modules = pretend("")
    for module in script.RUN:
        (modules / f"{module}.py").touch()

    done = call(clone, "verify", "--chain")

    assert done.stdout == f"inside {sys.base_prefix} at {clone.parent} chain=True\n"
    assert done.returncode == 3
    assert not (clone / ".venv").exists()


def test_two_first_calls_make_one_environment_which_the_next_one_uses(clone):
    with started(clone, "verify") as one, started(clone, "verify") as other:
        codes = [one.wait(PATIENCE_S), other.wait(PATIENCE_S)]
    third = call(clone, "verify")

    assert codes == [3, 3]
    words = one.said() + other.said()
    assert words.count(f"Making {clone / '.venv'} ...") == 1
    assert words.count("Another run.py is installing; waiting for it ...") == 1
    assert third.stdout == f"inside {clone / '.venv'} at {clone.parent} chain=False\n"
    assert (third.returncode, third.stderr) == (3, "")


def test_who_waited_finds_the_work_done(clone):
    with held(clone / ".venv.lock") as release, started(clone, "verify", "--chain") as waiting:
        waiting.until("waiting for it")
        stand_in(clone)
        release()
        waiting.wait(PATIENCE_S)

    words = "Another run.py is installing; waiting for it ...\n"
    assert waiting.said() == f"{words}inside {clone / 'run.py'} verify --chain\n"


def test_an_interrupted_call_says_how_to_go_on(clone):
    with held(clone / ".venv.lock"), started(clone, "verify") as waiting:
        waiting.until("waiting for it")
        waiting.send_signal(signal.SIGINT)
        code = waiting.wait(PATIENCE_S)

    assert waiting.said().endswith("run.py: interrupted; the same command goes on from here.\n")
    assert code == 1


def test_an_orphaned_pip_keeps_its_turn_and_its_half_work_is_made_anew(clone):
    os.mkfifo(clone / "gate")
    stand_in(clone, pip=f"cat '{clone / 'gate'}'")
    change(clone / "requirements.lock")
    with started(clone, "verify") as killed:
        wait_until((clone / ".venv/bin/python.called").exists)
        killed.kill()
        with started(clone, "verify") as patient:
            patient.until("waiting for it")
            (clone / "gate").write_text("")
            patient.until(f"Making {clone / '.venv'} ...")


def test_a_changed_lock_is_followed_in_place(clone):
    stand_in(clone)
    change(clone / "requirements.lock")

    done = call(clone, "verify")
    again = call(clone, "verify")

    assert f"--require-hashes --only-binary :all: -r {clone}/requirements.lock" in asked_of_pip(
        clone
    )
    assert done.stdout == f"inside {clone / 'run.py'} verify\n"
    assert again.stderr == ""


def test_what_could_not_be_installed_is_told_and_never_used(clone):
    stand_in(clone, pip="exit 1")
    change(clone / "requirements.lock")

    done = call(clone, "verify")

    assert done.stderr.endswith("then call the same command again.\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert (clone / ".venv/.installed").read_text() == script.UNFINISHED


def test_what_the_tests_need_holds_all_that_the_others_need(clone):
    stand_in(clone, lock="test.lock")

    done = call(clone, "verify")

    assert done.stderr == ""
    assert done.stdout == f"inside {clone / 'run.py'} verify\n"


def test_the_tests_need_more_than_the_others(clone):
    stand_in(clone, lock="requirements.lock")

    call(clone, "test")

    assert asked_of_pip(clone).endswith(f"-r {clone}/test.lock\n")


def test_a_folder_with_other_things_stays_untouched(clone, monkeypatch):
    monkeypatch.setenv("WMS_VENV", str(clone))

    done = call(clone, "verify")

    assert "holds other things and stays untouched" in done.stderr
    assert done.returncode == 1
    assert (clone / "run.py").exists()


def test_a_folder_that_cannot_be_is_told_in_one_sentence(clone, monkeypatch):
    monkeypatch.setenv("WMS_VENV", "/dev/null/wms/venv")

    done = call(clone, "verify")

    words = "Not a directory; set WMS_VENV to a folder that you may write and that has room."
    assert done.stderr == f"run.py: /dev/null/wms: {words}\n"
    assert done.returncode == 1


def test_an_empty_environment_is_not_torn_down_from_within(clone):
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", clone / ".venv"], check=True)

    done = call(clone, "verify", python=clone / ".venv/bin/python")

    assert done.stderr.endswith("call the same command with the system's own Python.\n")
    assert (clone / ".venv/bin/python").exists()


def test_somebody_who_may_not_write_here_gets_a_folder_in_the_cache(shared_clone):
    done = as_nobody(shared_clone, "print(run.home('run'))", cache="/somewhere")

    assert done.stdout.startswith("/somewhere/wms/")


def test_what_another_user_made_is_used_as_it_is(shared_clone):
    shared_clone.chmod(0o755)
    stand_in(shared_clone)
    shared_clone.chmod(0o555)

    done = as_nobody(shared_clone, "print(run.home('run'))", cache="/somewhere")

    assert done.stdout == f"{shared_clone / '.venv'}\n"


def test_somebody_who_may_write_nowhere_is_told_so(shared_clone):
    done = as_nobody(shared_clone, "run.main(['verify'])", cache=str(shared_clone / "cache"))

    words = "Permission denied; set WMS_VENV to a folder that you may write and that has room."
    assert done.stderr == f"run.py: {shared_clone / 'cache'}: {words}\n"
    assert done.returncode == 1


@pytest.mark.slow
def test_a_clean_clone_sets_itself_up_and_answers(tmp_path):
    subprocess.run(["git", "clone", "-q", ROOT, tmp_path / "clone"], check=True)

    done = call(tmp_path / "clone", "config", "show")

    assert done.returncode == 0, done.stderr
    assert "data_dir" in done.stdout


@pytest.fixture
def clone(tmp_path):
    return copied(tmp_path / "clone")


@pytest.fixture
def shared_clone():
    """A copy that everybody can read and nobody may write."""
    home = Path(tempfile.mkdtemp(prefix="binwave-", dir="/tmp"))
    home.chmod(0o755)
    root = copied(home / "clone")
    root.chmod(0o555)
    yield root
    root.chmod(0o755)
    shutil.rmtree(home)


@pytest.fixture
def pretend(clone):
    """Have the calls begin with some Python; return a folder from which they can import."""

    def pretend(code):
        (clone.parent / "site" / "sitecustomize.py").write_text(code)
        return clone.parent / "site"

    return pretend
