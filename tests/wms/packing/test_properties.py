"""Whatever is done in whatever order: acts taken back leave no trace, and no interleaving breaks a promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wms.packing.unsteady import (
    ANYTHING,
    AT_THE_BENCH,
    interleaved,
    prepare,
    undone_again,
)
from tests.wms.picking.test_properties import bounded
from tests.wms.picking.unsteady import OnPostgres, OnSqlite


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def benches(request, tmp_path_factory):
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        return OnSqlite(template, tmp_path_factory.mktemp("benches"), prepare)
    return OnPostgres(request.getfixturevalue("postgres_server"), prepare)


@bounded
@given(acts=st.lists(AT_THE_BENCH, min_size=8, max_size=25))
def test_any_acts_of_a_packer_taken_back_leave_the_books_as_they_were(benches, acts):
    with benches.fresh() as bench:
        undone_again(bench, acts)


@bounded
@given(acts=st.lists(ANYTHING, min_size=15, max_size=40))
def test_packing_cancels_holds_and_losses_in_any_order_leave_every_promise_kept(benches, acts):
    with benches.fresh() as bench:
        interleaved(bench, acts)
