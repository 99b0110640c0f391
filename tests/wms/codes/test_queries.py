"""What a scan can mean here."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wms.codes.actions import register, withdraw
from wms.codes.queries import Kind, resolve, unfit
from wms.kernel.commands import command

AT = datetime(2026, 11, 12, 14, 2, tzinfo=UTC)


@pytest.fixture
def shelved(lite_house):
    database = lite_house.database

    def enter(session):
        register(session, code="4006381333931", kind=Kind.ITEM, target_id=7, at=AT)
        register(session, code="A-03-12", kind=Kind.LOCATION, target_id=3, at=AT)
        register(session, code="340123450000000000", kind=Kind.LPN, target_id=5, at=AT)
        register(session, code="WXCDONE", kind=Kind.COMMAND, target_id=1, at=AT)

    database.write(command("test", by=1, at=AT), enter)
    return database


def heard(database, text, **hints):
    with database.read() as session:
        return resolve(session, text, **hints)


def test_an_element_string_brings_lot_date_and_weight_along(shelved):
    [meaning] = heard(
        shelved, "0104006381333931" + "17271130" + "3103001250" + "10L7", symbology="]C1"
    )

    assert (meaning.kind, meaning.target_id) == (Kind.ITEM, 7)
    assert (meaning.lot, meaning.expires_on, meaning.weight_g) == ("L7", date(2027, 11, 30), 1250)
    assert (meaning.serial, meaning.quantity) == (None, None)


@pytest.mark.parametrize("scan", ["A-03-12", "a-03-12", "WXLA-03-12", "]C1wxla-03-12"])
def test_a_bin_is_known_by_its_bare_code_and_by_its_label(shelved, scan):
    assert [(meaning.kind, meaning.target_id) for meaning in heard(shelved, scan)] == [
        (Kind.LOCATION, 3)
    ]


def test_the_label_of_a_tote_never_leads_to_a_bin(shelved):
    assert heard(shelved, "WXTA-03-12") == ()


@pytest.mark.parametrize(
    "scan", ["340123450000000000", "]C100340123450000000000", "(00)340123450000000000"]
)
def test_a_pallet_is_known_by_its_number_bare_or_as_element_string(shelved, scan):
    assert [meaning.kind for meaning in heard(shelved, scan)] == [Kind.LPN]


@pytest.mark.parametrize("scan", ["WXCDONE", "wxcdone", "cmd:done"])
def test_a_command_is_heard_in_any_case_and_by_its_alias(shelved, scan):
    assert [meaning.kind for meaning in heard(shelved, scan)] == [Kind.COMMAND]


@pytest.mark.parametrize(
    "scan", ["", " ", "4006381333932", "x" * 4096, "\x00", "\ud800", "DONE", "\x1d", "]C1"]
)
def test_what_nobody_knows_means_nothing(shelved, scan):
    assert heard(shelved, scan) == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300), st.sampled_from([None, "]C1", "C1", "]E0", "", "x" * 300]))
def test_any_text_means_nothing_or_what_was_registered(shelved, text, symbology):
    for meaning in heard(shelved, text, symbology=symbology):
        assert (meaning.kind, meaning.target_id) in {
            (Kind.ITEM, 7),
            (Kind.LOCATION, 3),
            (Kind.LPN, 5),
            (Kind.COMMAND, 1),
        }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.text(st.characters(), min_size=1, max_size=60).filter(
        lambda text: not unfit(text, Kind.ITEM)
    )
)
def test_whatever_may_be_registered_is_found_by_scanning_it(lite_house, text):
    act = command("test", by=1, at=AT)
    lite_house.database.write(act, lambda s: withdraw(s, code=text))
    act = command("test", by=1, at=AT)
    lite_house.database.write(
        act, lambda s: register(s, code=text, kind=Kind.ITEM, target_id=7, at=AT)
    )

    assert (Kind.ITEM, 7) in {
        (found.kind, found.target_id) for found in heard(lite_house.database, text)
    }
