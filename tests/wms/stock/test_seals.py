"""Seals: every committed move gets one place in the chain, whoever was slow to commit it."""

import threading
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import select, text

from tests.ledgers import START, add_moves, lay_floor, move
from wms.kernel.commands import housekeeping
from wms.kernel.database import Database
from wms.stock import chain, seals
from wms.stock.tables import LedgerSeal, LedgerSealRow, StockMove
from wms.trial import postgres

SEAL = housekeeping("stock.seal", at=START)


@pytest.fixture
def floor(database: Database) -> Database:
    lay_floor(database)
    return database


@pytest.fixture
def shared_floor(postgres_server: str) -> Iterator[Database]:
    """A floor on PostgreSQL, where several may write at once."""
    database = Database(postgres.make(postgres_server, "test_seals", "template_wms"))
    lay_floor(database)
    yield database
    database.close()
    postgres.drop(postgres_server, "test_seals")


@pytest.fixture
def stranger(shared_floor: Database) -> Iterator[psycopg.Connection]:
    """Somebody else's connection, who begins to write and takes long to commit."""
    with psycopg.connect(shared_floor.url) as connection:
        yield connection


def seal_all(database: Database) -> seals.Head:
    while database.write(SEAL, lambda session: seals.seal(session, 0, START)).value:
        pass
    with database.read() as session:
        return seals.head(session)


def sealed(database: Database) -> list[int]:
    with database.read() as session:
        return list(session.scalars(select(LedgerSealRow.move_id).order_by(LedgerSealRow.position)))


def breaks(database: Database) -> list[chain.Found]:
    with database.read() as session:
        return list(chain.breaks(session))


def test_all_that_a_move_says_is_sealed():
    assert set(seals.FIELDS) == set(StockMove.__table__.columns.keys())


def test_moves_get_their_places_in_order_a_block_at_a_time(floor, monkeypatch):
    monkeypatch.setattr(seals, "BLOCK_LIMIT", 40)
    add_moves(floor, 1, 100)

    seal_all(floor)

    assert sealed(floor) == list(range(1, 101))
    with floor.read() as session:
        blocks = session.execute(select(LedgerSeal.last_position, LedgerSeal.settled_id)).all()
    assert [tuple(block) for block in blocks] == [(40, 40), (80, 80), (100, 100)]
    assert breaks(floor) == []


def test_an_empty_ledger_needs_no_seal(floor):
    assert seal_all(floor) == seals.Head()
    assert breaks(floor) == []


def test_both_databases_and_every_version_seal_the_same_ledger_with_the_same_head(floor):
    add_moves(floor, 1, 50)

    assert seal_all(floor).hash == (
        "1e9932394d0335e12ebce404419cfc84f5ce96f79de9b01d2153bdf63206a396"
    )


def test_a_head_that_was_written_down_is_found_again_after_more_was_sealed(floor):
    add_moves(floor, 1, 5)
    written_down = seal_all(floor).hash
    add_moves(floor, 6, 9)
    seal_all(floor)

    with floor.read() as session:
        assert chain.holds(session, written_down)
        assert not chain.holds(session, "f" * 64)


def test_sealing_is_refused_nowhere_while_others_write(floor):
    """Writers and sealers at once: everything is sealed, once, and the chain is whole."""
    numbers = iter(range(1, 401))
    turn, trouble = threading.Lock(), []

    def write() -> None:
        while True:
            with turn:
                number = next(numbers, None)
            if number is None:
                return
            row = move(number)
            del row["id"]  # whoever writes takes the next number, as the house does
            floor.write(SEAL, lambda session, row=row: session.add(StockMove(**row)) or None)

    def keep_sealing() -> None:
        while any(writer.is_alive() for writer in writers):
            floor.write(SEAL, lambda session: seals.seal(session, 0, START))

    def run(work) -> None:
        try:
            work()
        except BaseException as error:
            trouble.append(error)
            raise

    writers = [threading.Thread(target=run, args=(write,)) for _ in range(6)]
    sealers = [threading.Thread(target=run, args=(keep_sealing,)) for _ in range(2)]
    for thread in [*writers, *sealers]:
        thread.start()
    for thread in [*writers, *sealers]:
        thread.join()
    seal_all(floor)

    assert trouble == []
    assert sorted(sealed(floor)) == list(range(1, 401))
    assert breaks(floor) == []


def test_a_move_that_is_committed_long_after_later_ones_were_sealed_is_sealed_all_the_same(
    shared_floor, stranger
):
    late, written = _insert(move(1))
    stranger.execute(late, written)
    add_moves(shared_floor, 2, 30)

    early_head = seal_all(shared_floor)
    assert sealed(shared_floor) == list(range(2, 31))
    assert early_head.settled_id == 0, "the mark waits for whoever is still writing"
    stranger.commit()
    add_moves(shared_floor, 31, 31)
    late_head = seal_all(shared_floor)

    assert sealed(shared_floor) == [*range(2, 31), 1, 31]
    assert late_head.settled_id == 31
    assert breaks(shared_floor) == []


def test_a_move_whose_number_was_taken_before_anything_else_of_its_transaction_is_not_lost(
    shared_floor, stranger
):
    """Between taking a number and writing its row, a transaction has nothing else that could give it away."""
    with shared_floor.engines.writer.connect() as connection:
        name = connection.scalar(text("SELECT pg_get_serial_sequence('stock_move', 'id')"))
    sql, written = _insert({**move(1), "reference": None})
    sql = sql.replace("%(id)s", f"nextval('{name}')")
    sql = sql.replace("%(reference)s", "(SELECT 'slow' || pg_sleep(1.5))")
    slow = threading.Thread(target=lambda: stranger.execute(sql, written))
    slow.start()
    _wait_until_it_writes(shared_floor)

    add_moves(shared_floor, 2, 30)
    head = seal_all(shared_floor)
    slow.join()
    stranger.commit()
    seal_all(shared_floor)

    assert head.settled_id == 0
    assert sealed(shared_floor) == [*range(2, 31), 1]


def test_numbers_that_were_given_back_hold_up_nothing(shared_floor, stranger):
    sql, written = _insert(move(1))
    stranger.execute(sql, written)
    stranger.rollback()
    add_moves(shared_floor, 2, 9)

    assert seal_all(shared_floor).settled_id == 9
    assert breaks(shared_floor) == []


def _insert(row: dict) -> tuple[str, dict]:
    names = ", ".join(row)
    values = ", ".join(f"%({name})s" for name in row)
    return f"INSERT INTO stock_move ({names}) VALUES ({values})", row


def _wait_until_it_writes(database: Database) -> None:
    with database.engines.writer.connect() as connection:
        for _ in range(200):
            sql = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
            if connection.scalar(text(sql)):
                return
            connection.execute(text("SELECT pg_sleep(0.01)"))
            connection.rollback()
    raise AssertionError("it never began to write")
