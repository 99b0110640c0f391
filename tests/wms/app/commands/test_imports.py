"""`import` takes a file whole, or tells by row and column what must change."""

import json

import pytest
from sqlalchemy import func, select

from wms.app import cli
from wms.catalog.tables import Item
from wms.kernel.database import Database


@pytest.fixture
def here(sqlite_url, tmp_path, monkeypatch):
    """An empty house that the settings lead to."""
    monkeypatch.setenv("WMS_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("WMS_DATA_DIR", str(tmp_path))
    database = Database(sqlite_url)
    yield database
    database.close()


@pytest.fixture
def written(tmp_path):
    def write(text):
        file = tmp_path / "products.csv"
        file.write_text(text, "utf-8")
        return str(file)

    return write


def items(database):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Item))


def test_a_good_file_is_taken_and_the_same_again_changes_nothing(here, written, capsys):
    file = written("sku,name\nA,a\nB,b\n")

    assert cli.main(["import", "products", file]) == 0
    assert capsys.readouterr().out == "2 rows taken: 2 created.\n"
    assert cli.main(["import", "products", file]) == 0
    assert capsys.readouterr().out == "2 rows taken: 2 unchanged.\n"
    assert items(here) == 2


def test_a_dry_run_does_nothing(here, written, capsys):
    assert cli.main(["import", "products", written("sku,name\nA,a\n"), "--dry-run"]) == 0

    assert "Nothing was changed" in capsys.readouterr().out
    assert items(here) == 0


def test_machines_get_one_object(here, written, capsys):
    assert cli.main(["import", "products", written("sku,name\nA,a\n"), "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["taken"], told["rows"], told["created"], told["errors"]) == (True, 1, 1, [])


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_a_wrong_cell_is_told_by_row_and_column_and_nothing_is_taken(here, written, capsys, dry):
    file = written("sku,name,weight_g\nA,a,1\nB,[red]b,NaN\n")

    assert cli.main(["import", "products", file, *dry]) == 2
    told = capsys.readouterr().err
    assert "C weight_g" in told
    assert "NaN" in told
    assert "Nothing was changed" in told

    assert cli.main(["import", "products", file, "--json", *dry]) == 2
    answer = json.loads(capsys.readouterr().out)
    [error] = answer["errors"]
    assert (error["row"], error["column"], error["header"], error["found"]) == (
        3,
        "C",
        "weight_g",
        "NaN",
    )
    assert (answer["taken"], answer["errors_in_all"]) == (False, 1)
    assert items(here) == 0


@pytest.mark.parametrize("text", ["", "sku\n", "\x89PNG", "name\nx\n"])
def test_a_file_that_is_no_sheet_is_refused_in_words(here, written, capsys, text):
    assert cli.main(["import", "products", written(text)]) == 2

    assert "Nothing was changed" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(here, capsys):
    assert cli.main(["import", "products", "nowhere.csv"]) == 2

    assert capsys.readouterr().err == "There is no file nowhere.csv.\n"


def test_more_faults_than_are_listed_are_counted(here, written, capsys):
    rows = "".join(f"S{number},n,-1\n" for number in range(150))

    assert cli.main(["import", "products", written(f"sku,name,weight_g\n{rows}")]) == 2

    told = capsys.readouterr().err
    assert "150 cells must change" in told
    assert "50 more are not listed" in told


def test_orders_come_in_and_are_told_in_figures(here, tmp_path, written, capsys):
    cli.main(["import", "products", written("sku,name\nM-1,Mug\n")])
    file = tmp_path / "orders.csv"
    file.write_text("order,sku,quantity\n1,M-1,2\n2,M-1,1\n")
    capsys.readouterr()

    assert cli.main(["import", "orders", str(file), "--dry-run"]) == 0
    would = capsys.readouterr().out
    assert would == "2 rows read: would be 2 created, 2 lines, 3 units. Nothing was changed.\n"
    assert cli.main(["import", "orders", str(file)]) == 0
    assert cli.main(["import", "orders", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["taken"], told["created"], told["unchanged"]) == (True, 0, 2)
