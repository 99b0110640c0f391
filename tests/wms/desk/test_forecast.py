"""When work will be done, against its truck."""

from datetime import UTC, datetime, timedelta

from wms.desk.forecast import forecast, left_of

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def test_two_pickers_need_half_the_time():
    alone = forecast(left_s=3_600, pickers=1, ship_by=None, at=NOON)
    together = forecast(left_s=3_600, pickers=2, ship_by=None, at=NOON)

    assert alone.done_at - NOON == 2 * (together.done_at - NOON)


def test_work_that_nobody_has_begun_is_reckoned_for_one():
    assert forecast(left_s=600, pickers=0, ship_by=None, at=NOON).done_at == NOON + timedelta(
        minutes=10
    )


def test_work_that_ends_after_its_truck_is_late():
    soon = forecast(left_s=3_600, pickers=1, ship_by=NOON + timedelta(minutes=42), at=NOON)
    later = forecast(left_s=3_600, pickers=1, ship_by=NOON + timedelta(minutes=88), at=NOON)

    assert (soon.is_late, soon.spare_minutes) == (True, 18)
    assert (later.is_late, later.spare_minutes) == (False, 28)


def test_work_without_a_truck_is_never_late():
    assert not forecast(left_s=3_600, pickers=1, ship_by=None, at=NOON).is_late


def test_what_is_left_shrinks_with_what_is_done():
    assert left_of(1_000, done=0, of=10) == 1_000
    assert left_of(1_000, done=9, of=10) == 100
    assert left_of(1_000, done=0, of=0) == 1_000
