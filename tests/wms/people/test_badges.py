"""Badges: what is printed is kept nowhere, and no code on goods can ever be one."""

import pytest
from sqlalchemy import select

from tests.visitors import a_badge, a_person, done
from wms.codes import actions as codes
from wms.codes.queries import Kind, resolve
from wms.codes.tables import Code, CodeTarget
from wms.kernel.refusal import NotFound, Refusal
from wms.people import actions
from wms.people.secret import BADGE_SIGNS, fresh_badge
from wms.people.tables import Badge


def test_a_badge_is_eighty_random_bits_behind_its_prefix():
    badges = {fresh_badge() for _ in range(200)}

    assert len(badges) == 200
    assert all(len(badge) == 19 and badge.startswith("WXU") for badge in badges)
    assert {sign for badge in badges for sign in badge[3:]} == set(BADGE_SIGNS)
    assert len(BADGE_SIGNS) == 32


def test_what_is_printed_is_kept_nowhere(lite_house):
    printed = a_badge(lite_house, a_person(lite_house))

    with lite_house.database.read() as session:
        badge = session.scalars(select(Badge)).one()
        texts = [
            *session.scalars(select(Code.code)),
            *session.scalars(select(CodeTarget.written_as)),
        ]

    assert printed not in " ".join([badge.token_hash, badge.ending, *texts])
    assert printed.endswith(badge.ending)
    assert texts == [f"WXU#{badge.token_hash.upper()}"] * 2


def test_what_is_printed_means_nothing_to_whoever_asks_for_codes(lite_house):
    printed = a_badge(lite_house, a_person(lite_house))

    with lite_house.database.read() as session:
        assert resolve(session, printed) == ()


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.BADGE])
def test_nothing_else_can_take_the_code_of_a_badge(lite_house, kind):
    printed = a_badge(lite_house, a_person(lite_house))

    with lite_house.database.read() as session:
        registered = session.scalars(select(Code.code)).one()
    for code in (printed, printed.lower(), registered):
        with pytest.raises(Refusal):
            done(
                lite_house,
                lambda s, code=code: codes.register(
                    s, code=code, kind=kind, target_id=1, at=lite_house.clock.now()
                ),
            )


def test_a_badge_that_was_never_given_cannot_be_revoked(lite_house):
    with pytest.raises(NotFound):
        done(
            lite_house,
            lambda s: actions.revoke_badge(s, badge_id=7, by=0, at=lite_house.clock.now()),
        )
