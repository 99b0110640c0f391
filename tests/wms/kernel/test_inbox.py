"""What comes in is kept as it came, once."""

from sqlalchemy import select

from tests.kit import NOON, done
from wms.kernel import inbox
from wms.kernel.tables import InboxMessage


def keep(database, body=b"{}", external_id="1"):
    return done(
        database,
        lambda s: inbox.keep(s, source="shippo", external_id=external_id, body=body, at=NOON),
    )


def test_a_message_is_kept_word_for_word(database):
    number, is_new = keep(database, b'{"a": "\xff"}')

    assert is_new
    with database.read() as session:
        kept = session.scalars(select(InboxMessage)).one()
        assert (kept.id, kept.body, kept.state) == (number, b'{"a": "\xff"}', "received")


def test_what_is_told_twice_is_kept_once(database):
    first, _ = keep(database)

    assert tuple(keep(database)) == (first, False)
    assert keep(database, external_id="2")[1]
