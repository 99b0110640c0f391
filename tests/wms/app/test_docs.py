"""What is said of the machines' interface is whole, true, and readable without anything from elsewhere."""

import argparse
import inspect
import json
import re
import sys
from collections import Counter, defaultdict
from types import ModuleType

import pytest
from pydantic import BaseModel

from tests import visitors
from wms.app import blueprints, description
from wms.app.commands import openapi
from wms.people.policy import Role, access_of


@pytest.fixture
def app(lite_house):
    return visitors.open_app(lite_house)


@pytest.fixture
def doc(app):
    return json.loads(app.test_client().get("/openapi.json").data)


@pytest.fixture
def page(app, lite_house):
    mia = visitors.as_role(app, lite_house, Role.PICKER)
    shown = mia.get("/api/docs")
    assert shown.status_code == 200
    return shown.get_data(as_text=True)


def operations(doc):
    return list(description.operations(doc))


def test_anybody_may_read_it_and_is_told_when_nothing_changed(app):
    first = app.test_client().get("/openapi.json")
    again = app.test_client().get("/openapi.json", headers={"If-None-Match": first.headers["ETag"]})

    assert first.json["openapi"].startswith("3.1")
    assert again.status_code == 304


def test_every_route_of_the_interface_is_in_it(app, doc):
    described = {(path, method.upper()) for path, method, _ in operations(doc)}
    served = {
        (re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/")
    }

    assert described == served


def test_every_operation_has_a_steady_name_of_its_own(doc):
    names = Counter(operation["operationId"] for _, _, operation in operations(doc))

    assert [name for name, count in names.items() if count > 1] == []
    assert "stock_post_moves" in names


def test_every_operation_says_what_it_is_and_what_it_answers(doc):
    silent = [
        operation["operationId"]
        for _, _, operation in operations(doc)
        if not operation.get("summary")
        or not any(status.startswith("2") for status in operation["responses"])
        or "4XX" not in operation["responses"]
    ]

    assert silent == []


def test_every_operation_names_the_scope_that_its_route_asks_for(app, doc):
    asked = {
        app.view_functions[rule.endpoint].__name__: access_of(app.view_functions[rule.endpoint])
        for rule in app.url_map.iter_rules()
    }

    assert asked
    for _, _, operation in operations(doc):
        view = next(
            view
            for endpoint, view in app.view_functions.items()
            if endpoint.replace("_api.", "_").replace(".", "_") == operation["operationId"]
        )
        access = access_of(view)
        expected = [] if access.is_public else [{"token": [access.scope] if access.scope else []}]
        assert operation["security"] == expected


def test_every_change_takes_a_key(doc):
    without = [
        operation["operationId"]
        for _, method, operation in operations(doc)
        if method != "get"
        and "Idempotency-Key" not in [one["name"] for one in operation.get("parameters", [])]
    ]

    assert without == []


def test_every_reference_leads_somewhere_and_every_schema_is_used(doc):
    used = set(re.findall(rf'"{description.REF}([^"]+)"', json.dumps(doc)))

    assert used == doc["components"]["schemas"].keys()


def test_what_two_slices_call_alike_is_not_mixed_up(doc):
    place = json.dumps(doc["components"]["schemas"]["LocationShown"]) + json.dumps(
        doc["components"]["schemas"]["NewLocation"]
    )
    kinds = set(re.findall(rf'"{description.REF}(\w*Kind\w*)"', place))

    assert kinds
    for kind in kinds:
        assert "pallet" in doc["components"]["schemas"][kind]["enum"]


def test_no_slice_calls_two_things_alike():
    """The library keeps one schema for each name; only between slices are they told apart."""
    for api in blueprints.APIS:
        said = defaultdict(set)
        for model in _models(api.import_name):
            schema = model.model_json_schema(ref_template="{model}")
            for name, part in {**schema.pop("$defs", {}), model.__name__: schema}.items():
                said[name].add(json.dumps(part, sort_keys=True))
        assert [name for name, parts in said.items() if len(parts) > 1] == []


def _models(home: str) -> set[type[BaseModel]]:
    """Every model that a slice's interface knows by name."""
    package = home.rpartition(".blueprint")[0] or home.rpartition(".shapes")[0] or home
    return {
        thing
        for name, module in _modules()
        if name == package or name.startswith(f"{package}.")
        for thing in vars(module).values()
        if inspect.isclass(thing) and issubclass(thing, BaseModel) and thing is not BaseModel
    }


def _modules() -> list[tuple[str, ModuleType]]:
    return list(sys.modules.items())


def test_people_find_every_operation_on_the_page_with_a_line_to_try(doc, page):
    for path, method, operation in operations(doc):
        assert f'id="{operation["operationId"]}"' in page
        assert f"curl -X {method.upper()} &#39;http://localhost{path}&#39;" in page


def test_the_page_brings_everything_along(page):
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert " style=" not in page
    assert " onclick=" not in page


def test_strangers_are_sent_to_sign_in(app):
    assert app.test_client().get("/api/docs").status_code in (302, 401)


def test_the_command_prints_what_the_server_answers(doc, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("WMS_DATA_DIR", str(tmp_path))

    openapi.run(argparse.Namespace(output=None))
    openapi.run(argparse.Namespace(output=tmp_path / "openapi.json"))

    assert json.loads(capsys.readouterr().out) == doc
    assert json.loads((tmp_path / "openapi.json").read_text()) == doc
