"""The server as people start it: says when it is ready, keeps others out, outlives its workers, ends its work."""

import http.client
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from tests.bells import wait_until
from tests.campaigns.kill.killer import living
from tests.campaigns.serving import ROOT, end, start
from wms.app.house import listeners
from wms.app.running import forget_secrets
from wms.cases.tables import ExceptionCase
from wms.kernel.commands import command
from wms.kernel.database import Database
from wms.kernel.events import OutboxCallDied
from wms.kernel.outbox import announce
from wms.kernel.settings import Settings
from wms.people.actions import add_user
from wms.people.policy import Role
from wms.trial import postgres

RUN = ("run.py",)


def get(served, path="/readyz"):
    wire = http.client.HTTPConnection(served.host, served.port, timeout=30)
    try:
        wire.request("GET", path)
        answer = wire.getresponse()
        return answer.status, answer.read()
    finally:
        wire.close()


def answers(served):
    try:
        return get(served)[0] == 200
    except OSError:
        return False


def workers(served):
    return [number for number, parent in living() if parent == served.process.pid]


def run(*arguments, url=""):
    """Run a command to its end; return its exit code and what it said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WMS_")}
    done = subprocess.run(
        [sys.executable, *RUN, *arguments],
        cwd=ROOT,
        env=kept | ({"WMS_DATABASE_URL": url} if url else {}),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stderr


@pytest.fixture
def served(tmp_path):
    began = start(tmp_path, "", workers=1, program=RUN)
    yield began
    if began.process.poll() is None:
        end(began.process)


def test_a_server_says_when_it_is_ready_and_ends_cleanly_when_it_is_asked_to(served):
    status, body = get(served)

    assert status == 200
    assert json.loads(body) == {"status": "ok", "database": "ok", "tables": "ok", "courier": "ok"}

    served.process.send_signal(signal.SIGTERM)

    assert served.process.wait(30) == 0
    assert not answers(served)


def test_a_new_house_prints_the_word_for_its_first_admin_and_a_grown_one_does_not(tmp_path):
    first = start(tmp_path, "", workers=1, program=RUN)
    wait_until(lambda: "FIRST ADMIN " in first.said.read_text())
    end(first.process)
    hire_an_admin(f"sqlite:///{tmp_path / 'binwave.sqlite'}")

    second = start(tmp_path, "", workers=1, program=RUN)
    answers(second)
    end(second.process)

    assert "FIRST ADMIN " not in second.said.read_text()


def hire_an_admin(url):
    database, at = Database(url), datetime.now(UTC)

    def hire(session):
        add_user(session, name="Somebody", roles=[Role.ADMIN], login="somebody", by=0, at=at)

    database.write(command("test", by=0, at=at), hire)
    database.close()


def test_a_second_server_on_the_same_data_is_refused_in_one_sentence(served, tmp_path):
    code, said = run("serve", "--port", "0", "--data", str(tmp_path))

    assert (code, said) == (
        2,
        f"Another server works on {tmp_path}. End that one first, or choose another folder with --data.\n",
    )


def test_a_taken_port_is_refused_in_one_sentence(served, tmp_path):
    code, said = run("serve", "--port", str(served.port), "--data", str(tmp_path / "other"))

    assert code == 2
    assert said.startswith(f"Somebody else listens on 127.0.0.1, port {served.port}.")


def test_what_cannot_be_is_refused_before_anything_starts(tmp_path):
    several = run("serve", "--port", "0", "--data", str(tmp_path), "--workers", "2")
    nowhere = run("serve", "--port", "0", "--data", "/proc/nowhere")
    away = run("serve", "--port", "0", "--data", str(tmp_path), url="postgresql://x@127.0.0.1:1/x")
    idle = run("work")

    assert [code for code, _ in (several, nowhere, away, idle)] == [2, 2, 2, 2]
    assert "one process" in several[1]
    assert "/proc/nowhere cannot be used" in nowhere[1]
    assert "The database cannot be reached" in away[1]
    assert "`work` is for PostgreSQL" in idle[1]


def test_a_worker_that_is_killed_is_there_again(served):
    [worker] = workers(served)

    os.kill(worker, signal.SIGKILL)

    wait_until(lambda: worker not in workers(served) and answers(served), 60)
    assert served.process.poll() is None


def test_when_the_parent_is_killed_its_worker_goes_too_and_a_new_server_gets_in(served, tmp_path):
    [worker] = workers(served)

    served.process.kill()
    served.process.wait()
    again = start(tmp_path, "", workers=1, program=RUN)

    assert answers(again)
    assert worker not in dict(living())
    end(again.process)


def test_no_secret_is_left_in_the_surroundings_of_requests(monkeypatch):
    monkeypatch.setenv("WMS_SECRET_KEY", "hush")
    monkeypatch.setenv("WMS_DATABASE_URL", "postgresql://me:hush@db/wms")
    monkeypatch.setenv("WMS_DATA_DIR", "/somewhere")

    forget_secrets(Settings(secret_key=SecretStr("hush")))

    assert "hush" not in str(dict(os.environ))
    assert os.environ["WMS_DATA_DIR"] == "/somewhere"


def test_several_processes_serve_one_postgresql_house_and_all_end(postgres_url, tmp_path):
    began = start(tmp_path, postgres_url, workers=2, program=RUN)
    several = len(workers(began))
    status, _ = get(began)

    began.process.send_signal(signal.SIGTERM)

    assert (several, status) == (2, 200)
    assert began.process.wait(30) == 0


@pytest.fixture
def postgres_url(postgres_server):
    yield postgres.make(postgres_server, "served", "template_wms")
    postgres.drop(postgres_server, "served")


def test_a_server_that_is_asked_to_end_brings_its_requests_to_their_answer(tmp_path):
    """A slow request is on its way when the server is asked to end."""
    program = ("-m", "tests.campaigns.slow")
    began = start(tmp_path, "", workers=1, program=program)
    asking = subprocess.Popen(
        [sys.executable, "-c", ASK, began.host, str(began.port)], stdout=subprocess.PIPE, text=True
    )
    wait_until(lambda: "slowly" in began.said.read_text(), 60)

    began.process.send_signal(signal.SIGTERM)
    said, _ = asking.communicate(timeout=60)

    assert said == "200 done\n"
    assert began.process.wait(30) == 0
    assert "drained" in began.said.read_text()


ASK = """
import http.client, sys
wire = http.client.HTTPConnection(sys.argv[1], int(sys.argv[2]), timeout=60)
wire.request("GET", "/slowly")
answer = wire.getresponse()
print(answer.status, answer.read().decode())
"""


def test_facts_are_told_by_a_worker_on_postgresql(postgres_url, tmp_path):
    """Any reaction of the house will do: a dead call opens a case."""
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("WMS_")}
    surroundings |= {"WMS_DATABASE_URL": postgres_url, "WMS_DATA_DIR": str(tmp_path)}
    said = (tmp_path / "work.log").open("w")
    working = subprocess.Popen(
        [sys.executable, *RUN, "work"], cwd=ROOT, env=surroundings, stdout=said
    )
    database, at = Database(postgres_url, listeners()), datetime.now(UTC)
    database.write(
        command("test", by=7, at=at),
        lambda session: announce(session, OutboxCallDied(5, "buy", "k-1"), by=7, at=at),
    )

    def cases():
        with database.read() as session:
            return session.scalars(select(ExceptionCase.subject_id)).all()

    wait_until(lambda: cases() == [5], 90)
    working.send_signal(signal.SIGTERM)

    assert working.wait(30) == 0
    assert "READY work" in Path(said.name).read_text()
    database.close()
    said.close()
