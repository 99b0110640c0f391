"""Every route says who may use it, and exactly those may: the matrix is drawn from the URL map itself."""

import re
from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from tests import visitors
from tests.visitors import Machine, a_browser, a_machine, a_person, a_token, as_role
from wms.kernel.actor import Access
from wms.migrations.models import Table
from wms.people.policy import EVERYBODY, SCOPES, STATIC, Role, access_of, allow, public

CHANGES = {"POST", "PUT", "PATCH", "DELETE"}
PROVED_OTHERWISE = {"shipping_hooks.shippo"}
"""Where others call in who sign what they send: a form's token says nothing there."""

OPEN_TO_ALL = PROVED_OTHERWISE | {
    "livez",
    "openapi",
    "readyz",
    "people.first_run",
    "people.sign_in",
    "people.take_first_run",
    "people.take_sign_in",
    "stations.call_help",
    "stations.enrol",
    "stations.floor_sign_in",
    "stations.keep_scanner",
    "stations.scanner",
    "stations.take_badge",
    "stations.take_enrol",
    "stations.take_pin",
    "stations_api.enrol",
}
"""What a stranger may ask. A route that is not in this list and asks for nobody is a hole."""

ONLY_ADMINS = re.compile(
    r"people\.(new_person|add_person|change_|enable|disable|issue_|revoke_|new_token)"
    r"|people_api\.(add|change|disable|enable|issue|revoke|badge|token)"
    r"|stations\.(new_|add_|change_|archive_|bind|unbind|invite)"
    r"|stations_api\.(add|change|archive|bind|unbind|invite)"
)
"""What changes who may do what here; told by name, not by what the routes say of themselves."""


@pytest.fixture
def app(lite_house):
    return visitors.open_app(lite_house)


def routes(app: Flask) -> Iterator[tuple[Rule, str, Access]]:
    """Every route with each of its methods and what it asks for."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint in STATIC:
            continue
        access = access_of(app.view_functions[rule.endpoint])
        assert access is not None, f"{rule.endpoint} says nothing of who may use it"
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, access


def path_of(rule: Rule) -> str:
    """An address on this route, of something that is not there."""
    return re.sub(r"<[^>]+>", "999999", rule.rule)


def is_for_machines(rule: Rule) -> bool:
    return rule.rule.startswith("/api/v1/")


def test_every_route_says_who_may_use_it(app):
    silent = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in STATIC and access_of(app.view_functions[rule.endpoint]) is None
    ]

    assert silent == []


def test_strangers_may_ask_for_nothing_but_the_doors(app):
    opened = {rule.endpoint for rule, _, access in routes(app) if access.is_public}

    assert opened == OPEN_TO_ALL


def test_only_admins_change_who_may_do_what(app):
    asked = {
        rule.endpoint: access.roles
        for rule, _, access in routes(app)
        if ONLY_ADMINS.match(rule.endpoint) and not rule.rule.startswith("/me")
    }

    assert len(asked) > 25
    assert {name: roles for name, roles in asked.items() if roles != {Role.ADMIN}} == {}


def test_every_route_of_machines_names_a_known_scope(app):
    unnamed = {
        rule.endpoint: access.scope
        for rule, _, access in routes(app)
        if is_for_machines(rule) and not access.is_public and access.scope not in SCOPES
    }

    assert unnamed == {}


def test_no_route_changes_something_with_a_scope_that_only_reads(app):
    loose = {
        rule.endpoint
        for rule, method, access in routes(app)
        if method in CHANGES and access.scope and access.scope.endswith(":read")
    }

    assert loose == set()


def test_strangers_are_sent_to_the_door_everywhere(app, lite_house):
    a_person(lite_house, Role.ADMIN)
    browser, machine = a_browser(app), Machine(app.test_client(), None)

    for rule, method, access in routes(app):
        if access.is_public:
            continue
        if is_for_machines(rule):
            answer = machine.send(method, path_of(rule), json={})
            assert answer.status_code == 401, (method, rule.rule)
        else:
            answer = browser.client.open(path_of(rule), buffered=True, method=method)
            assert answer.status_code == 302, (method, rule.rule)
            assert answer.headers["Location"].startswith("/sign-in"), rule.rule


@pytest.mark.parametrize("role", EVERYBODY)
def test_each_role_opens_exactly_its_pages(app, lite_house, role):
    a_person(lite_house, Role.ADMIN, name="Another admin")
    browser = as_role(app, lite_house, role)
    browser.get("/me")

    for rule, method, access in routes(app):
        if access.is_public or is_for_machines(rule) or rule.endpoint == "people.sign_out":
            continue
        sent = {"csrf_token": browser.guarded} if method in CHANGES else None
        answer = browser.client.open(path_of(rule), buffered=True, method=method, data=sent)
        is_let_in = answer.status_code not in (302, 401, 403) or (
            answer.status_code == 302 and not answer.headers["Location"].startswith("/sign-in")
        )
        assert is_let_in == (role in access.roles), (method, rule.rule, answer.status_code)
        assert answer.status_code < 500, (method, rule.rule)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_exactly_its_routes_of_machines(app, lite_house, role):
    a_person(lite_house, Role.ADMIN, name="Another admin")
    machine = Machine(app.test_client(), a_token(lite_house, a_person(lite_house, role)))

    for rule, method, access in routes(app):
        if access.is_public or not is_for_machines(rule):
            continue
        answer = machine.send(method, path_of(rule), json={} if method in CHANGES else None)
        is_let_in = answer.status_code not in (401, 403)
        assert is_let_in == (role in access.roles), (method, rule.rule, answer.status_code)
        assert answer.status_code < 500, (method, rule.rule)


def test_a_token_without_the_scope_opens_nothing(app, lite_house):
    held = {}
    for rule, method, access in routes(app):
        if access.is_public or not is_for_machines(rule):
            continue
        role, others = Role(min(access.roles)), SCOPES - {access.scope}
        if (role, access.scope) not in held:
            number = a_person(lite_house, role, name=f"{role} without {access.scope}")
            held[role, access.scope] = a_token(lite_house, number, others)
        machine = Machine(app.test_client(), held[role, access.scope])
        answer = machine.send(method, path_of(rule), json={})
        assert answer.status_code == 403, (method, rule.rule)
        assert answer.json["code"] == "people.not_for_token"


def test_a_token_opens_no_page_that_names_no_scope(app, lite_house):
    machine = a_machine(app, lite_house, Role.ADMIN)

    assert machine.get("/people").status_code == 403
    assert machine.get("/me").status_code == 403


def test_no_form_counts_without_the_token_of_its_page(app, lite_house):
    browser = as_role(app, lite_house, Role.ADMIN)
    stranger = a_browser(app)

    for rule, method, access in routes(app):
        if method not in CHANGES or is_for_machines(rule) or rule.endpoint in PROVED_OTHERWISE:
            continue
        visitor = stranger if access.is_public else browser
        if not access.is_public and Role.ADMIN not in access.roles:
            continue
        for sent in ({}, {"csrf_token": "made up"}):
            answer = visitor.client.open(path_of(rule), buffered=True, method=method, data=sent)
            assert answer.status_code == 403, (method, rule.rule)


def test_reading_changes_nothing(app, lite_house):
    browser = as_role(app, lite_house, Role.ADMIN)
    machine = a_machine(app, lite_house, Role.ADMIN)
    machine.get("/api/v1/users")  # the first use of a token is noted
    before = everything(lite_house)

    for rule, method, _ in routes(app):
        if method != "GET":
            continue
        visitor = machine if is_for_machines(rule) else browser
        visitor.get(path_of(rule))
        visitor.get(path_of(rule).replace("999999", "1"))

    assert everything(lite_house) == before


def everything(house):
    """Every row of every table."""
    with house.database.read() as session:
        return {
            name: sorted(map(repr, session.execute(select(table)).all()))
            for name, table in Table.metadata.tables.items()
        }


def test_a_route_that_says_nothing_lets_nobody_in(lite_house):
    """Fail closed: planted into an application of its own, such a route refuses even an admin."""
    app = visitors.new_app(lite_house)
    forgetful = Blueprint("forgetful", __name__)

    @forgetful.get("/forgotten")
    def forgotten() -> str:
        return "open"

    @forgetful.get("/looks-like-static")
    def my_static() -> str:
        return "open"

    app.register_blueprint(forgetful)

    admin = as_role(app, lite_house, Role.ADMIN)
    for path in ("/forgotten", "/looks-like-static"):
        assert admin.get(path).status_code == 403
        assert a_browser(app).get(path).status_code == 403


def test_what_a_route_asks_survives_what_is_wrapped_around_it():
    @allow(Role.PICKER, scope="stock:read")
    def view() -> str:
        return ""

    @public()
    def door() -> str:
        return ""

    assert access_of(view) == Access(roles=frozenset({Role.PICKER}), scope="stock:read")
    assert access_of(door) == Access(is_public=True)
