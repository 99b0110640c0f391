"""What every route of the machines' interface does alike, asked by random requests made from its own description."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, strategies
from schemathesis import GenerationMode, checks
from schemathesis.core.failures import FailureGroup

from tests import visitors
from tests.healthy import LISTENERS
from tests.visitors import Machine
from wms.app import description
from wms.kernel.clock import SystemClock
from wms.kernel.database import Database
from wms.kernel.services import Services
from wms.kernel.settings import Settings
from wms.people.policy import Role

FITTING, UNFITTING, MANY = 3, 2, 25
"""Requests that are made up for each operation: the same ones each time."""


def also_many(few: int) -> list[Any]:
    """As many requests, and in the long form of the test many more."""
    return [few, pytest.param(MANY, marks=pytest.mark.slow)]


SAME_EACH_TIME: dict[str, Any] = {
    "derandomize": True,
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "phases": [Phase.generate],
}

NUMBERS = strategies.integers(1, 4)
"""Things that exist in the house; the machine that asks is none of them."""

MOMENTS = {"at", "since", "until", "expires_at", "placed_at", "ship_by"}
"""No description can say which years are taken."""

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture
def house(healthy_file: Path, tmp_path: Path) -> Iterator[Services]:
    """A house with something of everything in it, which the requests may turn upside down."""
    shutil.copy(healthy_file, tmp_path / "binwave.sqlite")
    url = f"sqlite:///{tmp_path / 'binwave.sqlite'}"
    database = Database(url, LISTENERS)
    settings = Settings(data_dir=tmp_path, database_url=url, allow_http_lan=True)
    yield Services(settings, SystemClock(), database)
    database.close()


@pytest.fixture
def app(house):
    return visitors.open_app(house)


@pytest.fixture
def machine(app, house) -> Machine:
    """A program that may do everything."""
    return Machine(app.test_client(), visitors.a_token(house, visitors.a_person(house, Role.ADMIN)))


@pytest.fixture
def doc(app) -> dict[str, Any]:
    return json.loads(app.test_client().get("/openapi.json").data)


def ask(
    app: Any, machine: Machine, mode: GenerationMode, examples: int, excluded: list[Any]
) -> list[str]:
    """Ask every operation what its description lets us make up; returns what was not as it should be."""
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app)
    headers = {"Authorization": f"Bearer {machine.token}"}
    found: list[str] = []

    def look(case: Any) -> None:
        response = case.call(headers=headers)
        said = f"{case.method} {case.formatted_path} -> {response.status_code}"
        try:
            case.validate_response(response, headers=headers, excluded_checks=excluded)
        except FailureGroup as group:
            found.extend(f"{said}: {failure} {response.text[:300]}" for failure in group.exceptions)
        if mode is GenerationMode.POSITIVE and response.status_code == 422:
            found.extend(f"{said}: fits, and is {fault}" for fault in _misdescribed(response))

    for operation in schema.get_all_operations():
        made = operation.ok().as_strategy(generation_mode=mode)
        numbers = NUMBERS if mode is GenerationMode.POSITIVE else strategies.none()

        @hypothesis.settings(max_examples=examples, **SAME_EACH_TIME)
        @hypothesis.given(case=made, number=numbers)
        def run(case: Any, number: int | None) -> None:
            for name in case.path_parameters or {}:
                if number and name.endswith("_id"):
                    case.path_parameters[name] = number
            look(case)

        run()
    return found


def _misdescribed(response: Any) -> list[str]:
    told = response.json()
    return [
        f"{fault['where']}: {fault['detail']}"
        for fault in told["errors"]
        if told["code"] == "unreadable" and fault["where"].rpartition(".")[2] not in MOMENTS
    ]


@pytest.mark.filterwarnings(
    "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)  # the library that sends these requests does not close the pictures it uploads
@pytest.mark.parametrize("examples", also_many(FITTING))
def test_what_fits_its_description_is_taken_and_answered_as_described(app, machine, examples):
    # What fits may still be refused for what it means: a cursor of another list, a code that nobody knows.
    found = ask(app, machine, GenerationMode.POSITIVE, examples, [checks.positive_data_acceptance])

    assert found == []


@pytest.mark.parametrize("examples", also_many(UNFITTING))
def test_what_does_not_fit_its_description_is_refused_with_a_problem(app, machine, examples):
    assert ask(app, machine, GenerationMode.NEGATIVE, examples, []) == []


A_BIN, A_TOTE = 13, 21
"""The first places of the house are outside ones, which nobody may change."""


def operations(doc: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation, about something that is there."""
    for path, method, operation in description.operations(doc):
        there = path.replace("{location_id}", f"{A_BIN}").replace("{lpn_id}", f"{A_TOTE}")
        there = there.replace("{line}", "1")
        there = re.sub(r"\{[^}]*_id\}", "1", there).replace("{code}", "MUG")
        yield there, method.upper(), operation


def test_nobody_gets_in_without_a_token(app, doc):
    stranger, liar = Machine(app.test_client(), None), Machine(app.test_client(), "made-up")

    for path, method, operation in operations(doc):
        if operation["security"]:
            for somebody in (stranger, liar):
                answer = somebody.send(method, path)
                assert answer.status_code == 401, (method, path)
                assert answer.headers["WWW-Authenticate"] == "Bearer"
                assert answer.content_type == "application/problem+json"


def test_other_methods_are_refused_and_the_right_ones_named(machine, doc):
    known: dict[str, set[str]] = {}
    for path, method, _ in operations(doc):
        known.setdefault(path, set()).add(method)

    for path, methods in known.items():
        for method in METHODS - methods:
            answer = machine.send(method, path)
            if answer.status_code != 405:  # `/devices/1` is also `/devices/<name>` of another route
                assert any(_fits(path, other, method) for other, _, _ in operations(doc)), path
                continue
            assert answer.content_type == "application/problem+json"
            assert methods <= set(answer.headers["Allow"].split(", "))


def _fits(path: str, other: str, method: str) -> bool:
    return path != other and path.count("/") == other.count("/")


def test_a_stale_version_is_refused_wherever_one_is_taken(machine, doc):
    stale = []
    for path, method, operation in operations(doc):
        if "If-Match" not in [one["name"] for one in operation.get("parameters", [])]:
            continue
        answer = machine.send(method, path, json=_body(operation), headers={"If-Match": '"999"'})
        stale.append((operation["operationId"], answer.status_code))

    assert len(stale) > 12
    assert [one for one in stale if one[1] not in (404, 412, 422)] == []
    assert len([one for one in stale if one[1] == 412]) > 8


def _body(operation: dict[str, Any]) -> dict[str, Any] | None:
    known = {"cases_close": {"outcome": "x"}, "cases_reopen": {"reason": "x"}}
    if "requestBody" not in operation:
        return None
    return known.get(operation["operationId"], {})


def test_a_thing_tells_its_version_and_answers_shortly_while_it_is_the_same(machine):
    for path in ("/users/1", "/devices/1", "/stations/1", "/products/1", "/warehouses/1"):
        first = machine.get(f"/api/v1{path}")
        again = machine.get(f"/api/v1{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


CREATED = {
    "/products": {"sku": "CUP", "name": "Cup"},
    "/warehouses": {"code": "BER", "name": "Berlin", "time_zone": "Europe/Berlin"},
    "/zones": {"warehouse_id": 1, "code": "COLD", "name": "Cold"},
    "/locations": {"warehouse_id": 1, "code": "B-99", "kind": "bin"},
    "/users": {"name": "Mia", "roles": ["picker"]},
    "/stations": {"name": "Bench 9", "kind": "packing"},
    "/stock_moves": {
        "lines": [{"item": "MUG", "source": "A-1", "target": "A-2", "quantity": 1}],
    },
    "/allocations": {
        "warehouse_id": 1,
        "reference": "order 9",
        "lines": [{"item": "MUG", "quantity": 1}],
    },
}


@pytest.mark.parametrize("path", CREATED)
def test_sent_again_it_happens_once_and_is_answered_alike(machine, path):
    url, body, key = f"/api/v1{path}", CREATED[path], {"Idempotency-Key": f"test:{path}"}

    first = machine.post(url, body, headers=key)
    again = machine.post(url, body, headers=key)
    other = machine.post(url, {**body, "note": "other"}, headers=key)

    assert first.status_code == 201, first.text
    assert first.headers["Location"].startswith("/api/v1/")
    assert "Idempotent-Replayed" not in first.headers
    assert (again.status_code, again.data) == (201, first.data)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    assert other.status_code == 422


def test_a_refusal_is_told_again_word_for_word(machine):
    url, body = "/api/v1/stock_moves", json.loads(json.dumps(CREATED["/stock_moves"]))
    body["lines"][0]["quantity"] = 999_999

    first = machine.post(url, body, headers={"Idempotency-Key": "too-many"})
    again = machine.post(url, body, headers={"Idempotency-Key": "too-many"})

    assert first.status_code == 409
    assert first.content_type == "application/problem+json"
    assert again.data == first.data
    assert again.headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize("sort", ["/stock_moves", "/products", "/events", "/locations"])
def test_a_list_read_page_by_page_is_whole_while_rows_come_in(machine, sort):
    before = _read(machine, sort)
    machine.post("/api/v1/products", {"sku": "A-FIRST", "name": "A first one"})
    machine.post("/api/v1/products", {"sku": "Z-LAST", "name": "Z last one"})

    seen, cursor, turn = [], "", 0
    while cursor is not None:
        page = machine.get(f"/api/v1{sort}?limit=3" + (f"&cursor={cursor}" if cursor else "")).json
        seen += [row["id"] for row in page["data"]]
        cursor, turn = page["next_cursor"], turn + 1
        machine.post("/api/v1/stock_moves", CREATED["/stock_moves"] if turn % 2 else _back())
        machine.post("/api/v1/locations", {"warehouse_id": 1, "code": f"0-{turn}", "kind": "bin"})
        assert turn < 400

    assert len(seen) == len(set(seen)), "no row comes twice"
    assert set(before) <= set(seen), "and none that was there is missed"


def _back() -> dict[str, Any]:
    return {"lines": [{"item": "MUG", "source": "A-2", "target": "A-1", "quantity": 1}]}


def _read(machine: Machine, path: str) -> list[int]:
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page: Any = machine.get(
            f"/api/v1{path}?limit=200" + (f"&cursor={cursor}" if cursor else "")
        ).json
        seen += [row["id"] for row in page["data"]]
        cursor = page["next_cursor"]
    return seen


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b"null", 422),
        (b'{"sku": "\\ud800", "name": "half a sign"}', 422),
        (b'{"sku": "\xff", "name": "no text"}', 422),
        (b'{"sku": "S", "name": "n", "weight_g": 1e999}', 422),
        (b'{"sku": "S", "name": "n", "weight_g": NaN}', 422),
        (b'{"sku": "S", "name": "n", "surprise": 1}', 422),
        (b'{"sku": "' + b"S" * 4096 + b'", "name": "n"}', 422),
        (b"[" * 100_000, 422),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_and_nothing_kept(machine, sent, status):
    before = machine.get("/api/v1/products?limit=200").json["data"]

    answer = machine.send(
        "POST",
        "/api/v1/products",
        data=sent,
        headers={"Content-Type": "application/json", "Idempotency-Key": "unread"},
    )
    after = machine.post(
        "/api/v1/products", {"sku": "NEW", "name": "New"}, headers={"Idempotency-Key": "unread"}
    )

    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.json["errors"] or answer.json["detail"]
    assert after.status_code == 201, "the key of what could not be read is still free"
    assert len(machine.get("/api/v1/products?limit=200").json["data"]) == len(before) + 1
