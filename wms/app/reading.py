"""The description of the interface as people read it: each operation with its fields in words, and how to try it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wms.app.description import CHANGING, REF, Doc, operations
from wms.kernel.edge import KEY_HEADER

DEEP = 4
"""How far into one another fields are told; nothing of ours is deeper."""

LIMITS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "minLength": "{} signs or more",
    "maxLength": "{} signs at most",
    "minItems": "{} or more",
    "maxItems": "{} at most",
    "pattern": "like {}",
    "format": "{}",
}

SAMPLES = {
    "date-time": "2026-01-05T08:00:00Z",
    "date": "2026-01-05",
    "time": "17:30:00",
    "uuid": "019b8d5e-0000-7000-8000-000000000000",
}


@dataclass(frozen=True)
class Field:
    """One thing that is sent or answered: `lines[].quantity`, `integer`, its limits, and what it means."""

    name: str
    kind: str
    limits: str
    says: str
    needed: bool
    where: str = ""


@dataclass(frozen=True)
class Told:
    """An answer that can come."""

    status: str
    says: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Operation:
    """One thing a machine can ask for."""

    id: str
    method: str
    path: str
    summary: str
    says: str
    scope: str
    sent: tuple[Field, ...]
    body: tuple[Field, ...]
    answers: tuple[Told, ...]
    try_it: str


@dataclass(frozen=True)
class Chapter:
    """The operations of one slice."""

    name: str
    says: str
    operations: tuple[Operation, ...]


def chapters(doc: Doc, host: str) -> list[Chapter]:
    """Return the whole description, in the order in which the slices stand; `host` is where it is tried."""
    reader = _Reader(doc, host.rstrip("/"))
    found = [
        (operation["tags"][0], (path, method, operation))
        for path, method, operation in operations(doc)
    ]
    return [
        Chapter(
            tag["name"],
            tag.get("description", ""),
            tuple(reader.operation(*asked) for name, asked in found if name == tag["name"]),
        )
        for tag in doc["tags"]
    ]


@dataclass(frozen=True)
class _Reader:
    doc: Doc
    host: str

    def operation(self, path: str, method: str, operation: Doc) -> Operation:
        content = operation.get("requestBody", {}).get("content", {})
        body = _first(content).get("schema")
        scopes = [scope for one in operation["security"] for scope in one.get("token", [])]
        return Operation(
            id=operation["operationId"],
            method=method.upper(),
            path=path,
            summary=operation.get("summary", ""),
            says=operation.get("description", ""),
            scope=" ".join(scopes),
            sent=tuple(self._parameter(one) for one in operation.get("parameters", [])),
            body=tuple(self._fields(body)) if body else (),
            answers=tuple(self._answers(operation["responses"])),
            try_it=self._curl(path, method, operation, content),
        )

    def _parameter(self, one: Doc) -> Field:
        schema = one["schema"]
        return Field(
            name=one["name"],
            kind=self._kind(schema),
            limits=self._limits(schema),
            says=one.get("description", ""),
            needed=one.get("required", False),
            where=one["in"],
        )

    def _answers(self, responses: Doc) -> Iterator[Told]:
        for status, answer in responses.items():
            media = _first(answer.get("content", {}))
            fields = tuple(self._fields(media["schema"])) if "schema" in media else ()
            yield Told(status, answer.get("description", ""), fields)

    def _fields(self, schema: Doc, before: str = "", depth: int = 0) -> Iterator[Field]:
        schema = self._resolved(schema)
        needed = schema.get("required", [])
        for name, said in schema.get("properties", {}).items():
            inner, ending = self._inside(said)
            yield Field(
                name=before + name,
                kind=self._kind(said),
                limits=self._limits(said),
                says=said.get("description") or "",
                needed=name in needed,
            )
            if depth < DEEP and "properties" in inner:
                yield from self._fields(inner, f"{before}{name}{ending}.", depth + 1)

    def _inside(self, schema: Doc) -> tuple[Doc, str]:
        """Return what a field holds when it is a list or may be null, and how its fields are named then."""
        schema = self._resolved(schema)
        if "anyOf" in schema:
            return self._inside(next(one for one in schema["anyOf"] if one.get("type") != "null"))
        if schema.get("type") == "array":
            inner, ending = self._inside(schema.get("items", {}))
            return inner, f"[]{ending}"
        return schema, ""

    def _kind(self, schema: Doc) -> str:
        schema = self._resolved(schema)
        if "enum" in schema:
            return " | ".join(json.dumps(value) for value in schema["enum"])
        if "const" in schema:
            return json.dumps(schema["const"])
        if "anyOf" in schema:
            return " | ".join(self._kind(one) for one in schema["anyOf"])
        if schema.get("type") == "array":
            return f"list of {self._kind(schema.get('items', {}))}"
        return str(schema.get("type", "anything"))

    def _limits(self, schema: Doc) -> str:
        schema = self._resolved(schema)
        for one in schema.get("anyOf", []):
            if one.get("type") != "null":
                schema = {**self._resolved(one), **schema}
        said = [
            words.format(_short(schema[name])) for name, words in LIMITS.items() if name in schema
        ]
        if schema.get("default") not in (None, "", [], {}):
            said.append(f"otherwise {json.dumps(schema['default'])}")
        return ", ".join(said)

    def _resolved(self, schema: Doc) -> Doc:
        if "$ref" not in schema:
            return schema
        there: Doc = self.doc["components"]["schemas"][schema["$ref"].removeprefix(REF)]
        return there | {name: value for name, value in schema.items() if name != "$ref"}

    def _curl(self, path: str, method: str, operation: Doc, content: Doc) -> str:
        lines = [f"curl -X {method.upper()} '{self.host}{path}'"]
        if operation["security"]:
            lines.append('-H "Authorization: Bearer $TOKEN"')
        if method in CHANGING:
            lines.append(f'-H "{KEY_HEADER}: $(uuidgen)"')
        if "multipart/form-data" in content:
            lines.append("-F 'file=@picture.jpg'")
        elif content:
            sample = self._sample(content["application/json"]["schema"], "")
            lines += ["-H 'Content-Type: application/json'", f"-d '{json.dumps(sample)}'"]
        return " \\\n  ".join(lines)

    def _sample(self, schema: Doc, name: str) -> Any:
        """Make up a value that fits: what is needed, no more."""
        schema = self._resolved(schema)
        said = [*schema.get("examples", []), schema.get("const"), schema.get("default")]
        said += schema.get("enum", [])
        if known := [value for value in said if value is not None]:
            return known[0]
        if "anyOf" in schema:
            return self._sample(schema["anyOf"][0], name)
        plain = {"integer": int(schema.get("minimum", 1)), "number": 1, "boolean": True}
        match kind := schema.get("type", "string"):
            case "object":
                fields = schema.get("properties", {})
                return {one: self._sample(fields[one], one) for one in schema.get("required", [])}
            case "array":
                return [self._sample(schema.get("items", {}), name)]
            case _:
                return plain.get(kind) or SAMPLES.get(schema.get("format", ""), name.upper())


def _first(content: Doc) -> Doc:
    media: Doc = next(iter(content.values()), {})
    return media


def _short(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value
