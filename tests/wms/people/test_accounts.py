"""Accounts: the last admin stays, two logins are never the same, and whoever edits an old page is told so."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from tests.visitors import a_person, done, events
from wms.kernel.refusal import NotFound, Stale
from wms.people import actions, queries
from wms.people.actions import LastAdmin, LoginTaken
from wms.people.actions.accounts import NoRole
from wms.people.policy import Role
from wms.people.tables import User


def act(house, verb, **facts):
    return done(house, lambda s: verb(s, **facts, by=0, at=house.clock.now()).version)


def test_the_last_admin_can_neither_be_closed_nor_changed(house):
    ana = a_person(house, Role.ADMIN)
    a_person(house, Role.SUPERVISOR, name="Bea")

    with pytest.raises(LastAdmin):
        act(house, actions.disable, user_id=ana, reason="left")
    with pytest.raises(LastAdmin):
        act(house, actions.set_roles, user_id=ana, roles=[Role.SUPERVISOR])


def test_a_closed_admin_is_no_admin(lite_house):
    ana, bea = (a_person(lite_house, Role.ADMIN, name=name) for name in ("Ana", "Bea"))
    act(lite_house, actions.disable, user_id=ana, reason="left")

    with pytest.raises(LastAdmin):
        act(lite_house, actions.disable, user_id=bea, reason="left")


def test_two_admins_who_close_each_other_at_once_leave_one(house):
    both = [a_person(house, Role.ADMIN, name=name) for name in ("Ana", "Bea")]

    def close(number):
        try:
            act(house, actions.disable, user_id=number, reason="quarrel")
        except LastAdmin:
            return False
        return True

    with ThreadPoolExecutor(2) as quarrel:
        assert sorted(quarrel.map(close, both)) == [False, True]


def test_an_admin_who_gives_up_a_role_that_others_have_may(lite_house):
    ana, _ = (a_person(lite_house, Role.ADMIN, name=name) for name in ("Ana", "Bea"))

    act(lite_house, actions.set_roles, user_id=ana, roles=[Role.PACKER])

    with lite_house.database.read() as session:
        assert queries.person(session, ana).roles == (Role.PACKER,)


def test_a_login_belongs_to_one_person_however_it_is_written(house):
    a_person(house, login="ana")

    with pytest.raises(LoginTaken) as refused:
        a_person(house, name="Another", login="  ANA")

    assert refused.value.faults[0].where == "login"


def test_two_who_take_the_same_login_at_once_get_one_account(house):
    def take(name):
        try:
            return a_person(house, name=name, login="ana")
        except LoginTaken:
            return None

    with ThreadPoolExecutor(4) as many:
        assert len([one for one in many.map(take, "abcd") if one]) == 1


def test_nobody_is_here_for_nothing(lite_house):
    mia = a_person(lite_house)

    with pytest.raises(NoRole):
        act(lite_house, actions.set_roles, user_id=mia, roles=[])


def test_whoever_changes_what_somebody_else_changed_is_told(lite_house):
    mia = a_person(lite_house)
    change = {"user_id": mia, "login": None, "language": None}
    assert act(lite_house, actions.change_user, name="Mia K.", expected=1, **change) == 2

    with pytest.raises(Stale):
        act(lite_house, actions.change_user, name="Mia L.", expected=1, **change)


def test_new_roles_make_a_new_version(lite_house):
    mia = a_person(lite_house)

    act(lite_house, actions.set_roles, user_id=mia, roles=[Role.PACKER], expected=1)

    with pytest.raises(Stale):
        act(lite_house, actions.set_roles, user_id=mia, roles=[Role.PICKER], expected=1)


def test_the_same_roles_again_change_nothing_and_sign_nobody_out(lite_house):
    mia = a_person(lite_house)

    act(lite_house, actions.set_roles, user_id=mia, roles=[Role.PICKER])

    assert events(lite_house, "people.RolesChanged") == []


def test_what_changed_is_told_in_ids_and_names_of_fields(lite_house):
    mia = a_person(lite_house)

    act(lite_house, actions.change_user, user_id=mia, name="Mia K.", login="mia", language="de")
    act(lite_house, actions.set_roles, user_id=mia, roles=[Role.PACKER, Role.PICKER])

    assert events(lite_house, "people.UserChanged")[0].data == {
        "user_id": mia,
        "fields": ["name", "login", "language"],
    }
    assert events(lite_house, "people.RolesChanged")[0].data == {
        "user_id": mia,
        "roles": ["packer", "picker"],
        "before": ["picker"],
    }


def test_a_closed_account_can_be_opened_again(lite_house):
    ana, _ = (a_person(lite_house, Role.ADMIN, name=name) for name in ("Ana", "Bea"))
    act(lite_house, actions.disable, user_id=ana, reason="left")
    act(lite_house, actions.disable, user_id=ana, reason="left again")

    act(lite_house, actions.enable, user_id=ana)
    act(lite_house, actions.enable, user_id=ana)

    with lite_house.database.read() as session:
        assert session.scalar(select(User.disabled_at).where(User.id == ana)) is None
    assert len(events(lite_house, "people.UserDisabled")) == 1
    assert len(events(lite_house, "people.UserEnabled")) == 1


@pytest.mark.parametrize("verb", [actions.enable])
def test_nobody_is_under_a_number_that_was_never_given(lite_house, verb):
    with pytest.raises(NotFound):
        act(lite_house, verb, user_id=77)


def test_people_are_found_by_name_login_and_role(lite_house):
    for name, role in (("Ana 100%", Role.ADMIN), ("Bea", Role.PACKER), ("Mia_K", Role.PICKER)):
        a_person(lite_house, role, name=name, login=name[:3].lower())

    def found(**asked):
        with lite_house.database.read() as session:
            page = queries.people(session, limit=50, cursor=None, **asked)
            return [somebody.user.name for somebody in page.rows]

    assert found() == ["Ana 100%", "Bea", "Mia_K"]
    assert found(search="EA") == ["Bea"]
    assert found(search="%") == ["Ana 100%"]
    assert found(search="_") == ["Mia_K"]
    assert found(search="mia") == ["Mia_K"]
    assert found(role="packer") == ["Bea"]
