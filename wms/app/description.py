"""The description of the machines' interface (OpenAPI 3.1): what the routes say of themselves, made whole.

The library knows paths, parameters and models. What holds for all of them is added here: tokens and scopes, command
keys, versions, problems, steady names of operations, and names of schemas that two slices use for different things.
"""

import inspect
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

from flask_openapi import OpenAPI

from wms.app.blueprints import APIS
from wms.app.version import VERSION
from wms.kernel.commands import KEY_LIMIT
from wms.kernel.edge import KEY_HEADER
from wms.kernel.fields import Problem
from wms.people.policy import access_of

Doc = dict[str, Any]

REF = "#/components/schemas/"

CHANGING = ("post", "put", "patch", "delete")

CONVERTER = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
"""A variable part of a route, as in `<int:item_id>`."""

TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token that an admin made on a machine's page. It is shown once.",
}

KEY = {
    "name": KEY_HEADER,
    "in": "header",
    "required": False,
    "description": "The same key again gets the same answer, and nothing happens twice. Devices must send one.",
    "schema": {"type": "string", "minLength": 1, "maxLength": KEY_LIMIT, "pattern": "^[!-~]+$"},
}

IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag that was read. Where somebody changed the thing since, the answer is 412.",
    "schema": {"type": "string", "pattern": '^("[0-9]{1,15}"|\\*)$'},
}

PROBLEM = {
    "description": "Why not, and what to do (RFC 9457).",
    "content": {"application/problem+json": {"schema": {"$ref": f"{REF}Problem"}}},
}

REPLAYED = {
    "description": "`true` when this answer was given before, to the same key.",
    "schema": {"type": "string", "enum": ["true"]},
}

ABOUT = """The warehouse, for machines.

Tokens go into `Authorization: Bearer ...`. Times are RFC 3339 in UTC. Lists answer `{data, next_cursor}`; the cursor
leads to the rows after these. A thing that has a version answers with an `ETag`; sent back as `If-Match`, it keeps two
people from overwriting each other. Every change takes an `Idempotency-Key`: the same key with the same body gets the
same answer for 30 days, with another body it is refused. 503, or 409 with `Retry-After`, means: send the same again."""


def describe(app: OpenAPI) -> Doc:
    """Return the whole description."""
    for api in APIS:
        api.describe()
        app.paths.update(api.paths)
        app.tags.extend(tag for tag in api.tags if tag not in app.tags)
    doc: Doc = json.loads(json.dumps(app.api_doc))
    views = _views(app)
    doc["openapi"] = "3.1.1"
    doc["info"] = {"title": "Binwave", "version": VERSION, "description": ABOUT}
    doc["servers"] = [{"url": "/"}]
    doc["components"]["securitySchemes"] = {"token": TOKEN}
    _name_schemas_apart(doc)
    doc["components"]["schemas"]["Problem"] = Problem.model_json_schema(mode="serialization")
    for path, method, operation in operations(doc):
        endpoint, view = views[path, method]
        _complete(operation, method, endpoint, view)
    doc["components"]["schemas"].pop("ValidationErrorModel", None)
    return doc


def operations(doc: Doc) -> Iterator[tuple[str, str, Doc]]:
    """Yield path, method and operation of everything that can be asked."""
    for path, item in doc["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _views(app: OpenAPI) -> dict[tuple[str, str], tuple[str, Callable[..., Any]]]:
    """Return, by path and method, the endpoint and the function behind it."""
    return {
        (CONVERTER.sub(r"{\1}", rule.rule), method.lower()): (
            rule.endpoint,
            app.view_functions[rule.endpoint],
        )
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }


def _complete(operation: Doc, method: str, endpoint: str, view: Callable[..., Any]) -> None:
    operation["operationId"] = endpoint.replace("_api.", "_").replace(".", "_")
    access = access_of(view)
    is_open = access is not None and access.is_public
    operation["security"] = [] if is_open else [{"token": _scopes(access)}]
    operation.pop("deprecated", None)
    headers = _headers(view, method)
    if headers:
        operation.setdefault("parameters", []).extend(headers)
    answers = operation["responses"]
    for status in ("422", "4XX", "5XX"):
        answers.pop(status, None)
    for status, answer in answers.items():
        _complete_answer(answer, status, method, view)
    answers["4XX"] = answers["5XX"] = PROBLEM


def _complete_answer(answer: Doc, status: str, method: str, view: Callable[..., Any]) -> None:
    headers: Doc = {}
    if status == "201":
        headers["Location"] = {
            "description": "Where the new thing is.",
            "schema": {"type": "string"},
        }
    if _calls(view, "versioned") or _calls(view, "created") or _calls(view, "expected_version"):
        headers["ETag"] = {"description": "The version it has now.", "schema": {"type": "string"}}
    if method in CHANGING:
        headers["Idempotent-Replayed"] = REPLAYED
    if headers:
        answer["headers"] = headers


def _headers(view: Callable[..., Any], method: str) -> list[Doc]:
    key = [KEY] if method in CHANGING else []
    return [*key, IF_MATCH] if _calls(view, "expected_version") else key


def _scopes(access: Any) -> list[str]:
    return [access.scope] if access is not None and access.scope else []


def _calls(view: Callable[..., Any], name: str) -> bool:
    """Tell whether a route calls one of the edge's functions, so that what it takes and answers can be told."""
    return name in set(_names(inspect.unwrap(view).__code__))


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _names(part)


def _name_schemas_apart(doc: Doc) -> None:
    """Give schemas of the same name and different contents names of their own, by slice.

    The library keeps one schema for each name, so that a bin's kind would be described as a barcode's.
    """
    said: dict[str, dict[str, Doc]] = defaultdict(dict)
    for api in APIS:
        for name, schema in api.components_schemas.items():
            plain = schema.model_dump(mode="json", by_alias=True, exclude_none=True)
            plain.pop("$defs", None)
            said[name][_tag(api)] = plain
    several = {
        name for name, by_tag in said.items() if len({_key(one) for one in by_tag.values()}) > 1
    }
    schemas: Doc = {}
    for name, by_tag in said.items():
        for tag, schema in by_tag.items():
            schemas[_own(name, tag, several)] = _renamed(schema, tag, several)
    doc["components"]["schemas"] = dict(sorted(schemas.items()))
    for item in doc["paths"].values():
        for method, operation in item.items():
            item[method] = _renamed(operation, operation["tags"][0], several)


def _tag(api: Any) -> str:
    return str(api.abp_tags[0].name)


def _key(schema: Doc) -> str:
    return json.dumps(schema, sort_keys=True)


def _own(name: str, tag: str, several: set[str]) -> str:
    return f"{name}Of{tag.title()}" if name in several else name


def _renamed(part: Any, tag: str, several: set[str]) -> Any:
    """Return a part of the description in which every reference leads to the schema that its slice means."""
    if isinstance(part, dict):
        return {
            name: REF + _own(value.removeprefix(REF), tag, several)
            if name == "$ref" and isinstance(value, str)
            else _renamed(value, tag, several)
            for name, value in part.items()
        }
    return [_renamed(one, tag, several) for one in part] if isinstance(part, list) else part
