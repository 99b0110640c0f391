"""Prepared statements for lists of numbers and for rows that get numbers."""

import pytest
from sqlalchemy import select

from tests.kit import NOON, done
from wms.kernel.statements import AT_ONCE, Lookup, Numbered
from wms.people.tables import User

PEOPLE = Numbered(User)
NAMES = Lookup(User.id, lambda wanted: select(User.id, User.name).where(wanted).order_by(User.id))


def rows(count, first=0):
    facts = dict.fromkeys(("login", "password_hash", "pin_hash", "language", "disabled_at"))
    common = {**facts, "is_machine": False, "version": 1, "created_at": NOON}
    return [{**common, "name": f"Person {first + n}"} for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 2, 3, AT_ONCE, AT_ONCE + 1])
def test_rows_are_told_their_numbers_in_the_order_given(database, count):
    done(database, lambda session: PEOPLE.add(session, rows(2)) and None)

    numbers = done(database, lambda session: PEOPLE.add(session, rows(count, first=10)))

    with database.read() as session:
        found = NAMES.all(session, numbers) if numbers else []
    assert found == [(number, f"Person {10 + n}") for n, number in enumerate(numbers)]
    assert len(set(numbers)) == count


def test_numbers_that_nobody_has_are_not_found(database):
    [number] = done(database, lambda session: PEOPLE.add(session, rows(1)))

    with database.read() as session:
        assert NAMES.all(session, [number, 4711, 4712]) == [(number, "Person 0")]


def test_who_adds_rows_without_prepared_statements_gets_the_next_numbers(database):
    numbers = done(database, lambda session: PEOPLE.add(session, rows(3)))

    def by_hand(session):
        person = User(name="By hand", created_at=NOON)
        session.add(person)
        session.flush()
        return person.id

    assert done(database, by_hand) > max(numbers)
