"""`verify` says whether every promise about the data is kept, to people and to machines."""

import argparse
import json

import pytest
from sqlalchemy import func, select, text

from tests.healthy import LISTENERS
from wms.app.commands import verify
from wms.app.verifying import NAMED_LIMIT, TablesOld
from wms.kernel.database import Database
from wms.kernel.engines import open_engines
from wms.stock.tables import StockMove


@pytest.fixture
def here(healthy_url, tmp_path, monkeypatch):
    """A healthy house that the settings lead to."""
    monkeypatch.setenv("WMS_DATABASE_URL", healthy_url)
    monkeypatch.setenv("WMS_DATA_DIR", str(tmp_path))
    database = Database(healthy_url, LISTENERS)
    yield database
    database.close()


def call(*, as_json=False, chain=False, head=None):
    return verify.run(argparse.Namespace(json=as_json, chain=chain, head=head))


def change(database, *statements):
    with database.engines.writer.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def moves_in(database):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(StockMove))


def test_a_healthy_house_is_clean(here, capsys):
    assert call(chain=True) == 0

    told = capsys.readouterr().out
    assert "promises are kept" in told
    assert "A place holds what its moves add up to." in told


def test_machines_get_one_object(here, capsys):
    assert call(as_json=True) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["clean"] is True
    assert {"invariant", "rows", "broken"} <= told["checked"][0].keys()
    moves = next(one for one in told["checked"] if one["invariant"] == "stock.moves_say_why")
    assert moves["rows"] == moves_in(here)
    assert moves["broken"] == []
    assert len(told["head"]["hash"]) == 64


def test_a_broken_promise_names_its_row_and_ends_with_one(here, capsys):
    change(here, "UPDATE item_availability SET sellable = sellable + 5 WHERE item_id = 2")

    assert call(as_json=True) == 1

    told = json.loads(capsys.readouterr().out)
    broken = [one for one in told["checked"] if one["broken"]]
    assert told["clean"] is False
    assert [one["invariant"] for one in broken] == ["stock.what_can_be_sold_lies_on_shelves"]
    assert broken[0]["broken"][0]["item"] == "CHEESE"

    assert call() == 1
    assert "item CHEESE, counted 25, lies 20" in capsys.readouterr().out


def test_a_promise_that_is_broken_everywhere_names_some_rows_and_says_so(here, capsys):
    change(
        here,
        *(f"INSERT INTO code (code, kind) VALUES ('X{n}', 'item')" for n in range(NAMED_LIMIT + 9)),
    )

    call(as_json=True)

    told = json.loads(capsys.readouterr().out)
    found = next(one for one in told["checked"] if one["broken"])
    assert len(found["broken"]) == NAMED_LIMIT
    assert found["more"] is True


def test_a_head_that_was_written_down_is_looked_for(here, capsys):
    call(as_json=True)
    written_down = json.loads(capsys.readouterr().out)["head"]["hash"]

    assert call(head=written_down) == 0
    assert call(head="0" * 64) == 1
    assert "is not in the chain" in capsys.readouterr().out


def test_a_ledger_that_was_cut_off_at_its_end_is_told_by_its_head_alone(here, capsys):
    """The chain of what is left is whole; only who wrote the head down knows that there was more."""
    call(as_json=True)
    written_down = json.loads(capsys.readouterr().out)["head"]["hash"]
    triggers = {
        "sqlite": "DROP TRIGGER {0}_no_delete",
        "postgresql": "DROP TRIGGER {0}_no_delete ON {0}",
    }["sqlite" if here.is_sqlite else "postgresql"]
    change(
        here,
        *(triggers.format(table) for table in ("ledger_seal", "ledger_seal_row")),
        "DELETE FROM ledger_seal_row WHERE seal_id = 2",
        "DELETE FROM ledger_seal WHERE id = 2",
    )

    assert call(as_json=True, head=written_down) == 1

    told = json.loads(capsys.readouterr().out)
    chain = next(one for one in told["checked"] if one["invariant"] == "stock.the_chain_is_whole")
    assert chain["broken"] == [{"head": written_down, "trouble": "is not in the chain"}]


def test_asking_writes_nothing(here, capsys):
    with here.engines.reader.connect() as connection:
        before = connection.execute(text("SELECT count(*) FROM command")).scalar()

    call()

    with here.engines.reader.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM command")).scalar() == before


def test_old_tables_are_told_and_not_asked(tmp_path, monkeypatch):
    monkeypatch.setenv("WMS_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("WMS_DATABASE_URL", raising=False)
    open_engines(f"sqlite:///{tmp_path / 'binwave.sqlite'}")

    with pytest.raises(TablesOld):
        call()
