"""Lists read a page at a time lose nothing and repeat nothing while rows come and go."""

import base64
import contextlib
import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from tests.conftest import open_for_test
from wms.codes.tables import Owner
from wms.kernel.clock import SetClock
from wms.kernel.commands import command, housekeeping
from wms.kernel.paging import UnreadableCursor, page
from wms.kernel.tables import StoredCommand


@pytest.fixture
def owners(house):
    def do(session):
        at = house.clock.now()
        session.add_all(Owner(name=f"Client {number:02}", created_at=at) for number in range(25))

    house.database.write(housekeeping("test", at=house.clock.now()), do)
    return house


def read(house, cursor=None, *, limit=10, newest_first=False):
    with house.database.read() as session:
        found = page(
            session,
            select(Owner).where(Owner.id > 1),
            by=[Owner.id],
            limit=limit,
            cursor=cursor,
            newest_first=newest_first,
        )
        return [owner.name for owner in found.rows], found.next_cursor


def test_pages_follow_each_other_to_the_end(owners):
    first, after_first = read(owners)
    second, after_second = read(owners, after_first)
    third, end = read(owners, after_second)

    assert first + second + third == [f"Client {number:02}" for number in range(25)]
    assert end is None


def test_newest_first_goes_the_other_way(owners):
    first, cursor = read(owners, newest_first=True)

    assert first[0] == "Client 24"
    assert read(owners, cursor, newest_first=True)[0][0] == "Client 14"


def test_a_row_that_went_does_not_shift_the_pages(owners):
    _, cursor = read(owners)
    gone = delete(Owner).where(Owner.name == "Client 03")
    owners.database.write(
        housekeeping("test", at=owners.clock.now()), lambda session: session.execute(gone) and None
    )

    assert read(owners, cursor)[0][0] == "Client 10"


@pytest.mark.parametrize(
    "inside", ['["x"]', "[1, 2]", "{}", "[true]", "[1.5]", f"[{2**70}]", "[null]", "[" * 9999]
)
def test_a_cursor_of_another_list_is_refused(owners, inside):
    with pytest.raises(UnreadableCursor):
        read(owners, base64.urlsafe_b64encode(inside.encode()).decode())


@given(st.text(min_size=1, max_size=60))
def test_a_cursor_that_nobody_gave_out_is_refused_and_not_a_crash(lite, text):
    with contextlib.suppress(UnreadableCursor):
        read(lite, text)


@pytest.fixture(scope="module")
def lite(sqlite_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lite")
    shutil.copy(sqlite_template, folder / "binwave.sqlite")
    yield from open_for_test(f"sqlite:///{folder / 'binwave.sqlite'}", SetClock(), folder)


def test_a_list_goes_on_after_a_moment_and_a_uid(house):
    at = house.clock.now()
    for number in range(7):
        house.database.write(command("test", by=1, at=at, key=f"act {number}"), lambda _: None)
    order = [StoredCommand.recorded_at, StoredCommand.uid]

    seen, cursor = [], None
    for _ in range(3):
        with house.database.read() as session:
            found = page(session, select(StoredCommand), by=order, limit=3, cursor=cursor)
            seen += [act.key for act in found.rows]
            cursor = found.next_cursor

    assert sorted(seen) == [f"act {number}" for number in range(7)]
    assert cursor is None


@pytest.mark.parametrize(
    "said", [["yesterday", 7], [["2026"], "x"], ["0001-01-01T00:00:00+23:00", "x"]]
)
def test_a_cursor_that_holds_no_moment_is_refused(house, said):
    cursor = base64.urlsafe_b64encode(json.dumps(said).encode()).decode()
    order = [StoredCommand.recorded_at, StoredCommand.uid]

    with house.database.read() as session, pytest.raises(UnreadableCursor):
        page(session, select(StoredCommand), by=order, limit=3, cursor=cursor)
