"""Fifteen kills of whoever buys labels: no parcel is left without one, and none is paid twice. 200 by the campaign."""

import pytest

from tests.campaigns import buying
from wms.trial import postgres

PARCELS, KILLS = 12, 15


@pytest.fixture
def durable():
    """A PostgreSQL that keeps what it said it keeps, as in life."""
    with postgres.running(options="") as server:
        yield postgres.make(server, "buying")


def test_no_label_is_paid_twice_whoever_dies_on_sqlite(tmp_path):
    outcome = buying.run(tmp_path, "", PARCELS, KILLS)

    assert outcome.findings == []
    assert outcome.purchases == PARCELS
    assert outcome.kills >= PARCELS // 3, "a slow machine kills less often while it buys"


def test_no_label_is_paid_twice_whoever_dies_on_postgresql(tmp_path, durable):
    outcome = buying.run(tmp_path, durable, PARCELS, KILLS)

    assert outcome.findings == []
    assert outcome.purchases == PARCELS
    assert outcome.kills >= PARCELS // 3, "a slow machine kills less often while it buys"
