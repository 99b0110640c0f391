"""Some kills under eight clients: what was acknowledged is done, once, and told, once; 200 by the campaign itself."""

import pytest
from sqlalchemy import text

from tests.campaigns.house import KIND
from tests.campaigns.kill import campaign, judging
from tests.campaigns.kill.clients import Act
from wms.cases.tables import ExceptionCase
from wms.kernel.database import Database
from wms.trial import postgres

KILLS = 8


@pytest.fixture
def durable():
    """A PostgreSQL that keeps what it said it keeps, as in life."""
    with postgres.running(options="") as server:
        yield postgres.make(server, "kill")


def test_kills_on_sqlite_lose_nothing_and_double_nothing(tmp_path):
    outcome = campaign.run(tmp_path, "", KILLS)

    assert outcome.findings == []
    assert len(outcome.kills) == KILLS
    assert len(outcome.acts) >= KILLS


def test_kills_on_postgresql_lose_nothing_and_double_nothing(tmp_path, durable):
    outcome = campaign.run(tmp_path, durable, KILLS)

    assert outcome.findings == []
    assert len(outcome.kills) == KILLS
    assert len(outcome.acts) >= KILLS


@pytest.fixture
def judged(tmp_path):
    """A house that lived through one kill, as its judge sees it."""
    outcome = campaign.run(tmp_path, "", kills=1)
    url = f"sqlite:///{tmp_path / 'binwave.sqlite'}"
    keys = {f"move-{number}" for act in outcome.acts for number in act.move_ids}

    def judge(acts=outcome.acts, called=frozenset(keys), sql=None):
        if sql:
            database = Database(url)
            with database.engines.writer.begin() as connection:
                connection.execute(text(sql))
            database.close()
        return judging.findings(url, acts, set(called))

    judge.acts = outcome.acts
    return judge


def test_the_judge_sees_what_is_lost_and_what_is_there_twice(judged):
    acts = judged.acts
    done = next(act for act in acts if act.move_ids)
    [move] = done.move_ids

    assert judged() == []
    assert "nobody was told" in judged([act for act in acts if act is not done])[0]
    unreal = Act("unreal", 201, '{"data": [{"id": 999999}]}', 1)
    assert "unreal: told 201 [999999], the ledger has []" in judged([*acts, unreal])
    assert judged(called=frozenset()) != []
    columns = ", ".join(
        f'"{name}"'
        for name in (column.key for column in ExceptionCase.__table__.columns)
        if name != "id"
    )
    this = f"subject_id = {move} AND kind = '{KIND}'"
    doubled = (
        f"INSERT INTO exception_case ({columns}) SELECT {columns} FROM exception_case WHERE {this}"
    )
    assert f"move {move}: the reaction was told 2 times in effect" in judged(sql=doubled)
    silenced = f"DELETE FROM exception_case WHERE {this}"
    assert f"move {move}: the reaction was told 0 times in effect" in judged(sql=silenced)
    again = "UPDATE delivery SET done_at = NULL WHERE id = (SELECT max(id) FROM delivery)"
    assert "1 deliveries and 0 calls still wait" in judged(sql=again)
