"""The carrier platform's published interface, held against what goes to and fro."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from flask import Flask, Response, request
from openapi_core import OpenAPI
from openapi_core.contrib.flask import FlaskOpenAPIRequest, FlaskOpenAPIResponse
from openapi_core.exceptions import OpenAPIError
from openapi_schema_validator import OAS31Validator

SHARED = Path(os.environ.get("WMS_SHARED_DATA", Path(__file__).parents[5] / "shared" / "data"))
FILE = SHARED / "shippo" / "public-api.yaml"
WRITTEN_DOWN = frozenset({200, 201, 204, 400})
"""The interface says nothing of what is answered to a wrong key or to too many questions."""
OURS = frozenset({"advancing", "control", "labels"})


@dataclass
class Interface:
    """Notes whatever does not go by the book."""

    book: dict[str, Any]
    rules: OpenAPI
    checked: int = 0
    breaches: list[str] = field(default_factory=list)

    def watch(self, app: Flask) -> None:
        app.after_request(self._look)

    def breaches_of(self, schema: str, body: object) -> list[str]:
        """Hold a body that is sent out against a schema of the book."""
        reference = {
            "$ref": f"#/components/schemas/{schema}",
            "components": self.book["components"],
        }
        return [str(error) for error in OAS31Validator(reference).iter_errors(body)]

    def _look(self, response: Response) -> Response:
        if request.blueprint in OURS or request.endpoint == "tracking.page":
            return response
        asked = FlaskOpenAPIRequest(request)
        asked.parameters.path = self._named(request.path)
        self._note(lambda: self.rules.validate_request(asked))
        if response.status_code in WRITTEN_DOWN:
            answered = FlaskOpenAPIResponse(response)
            self._note(lambda: self.rules.validate_response(asked, answered))
        self.checked += 1
        return response

    def _named(self, path: str) -> dict[str, str]:
        """Name the parts of a path as the book does; our own views name them in their own words."""
        for template in self.book["paths"]:
            found = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template), path)
            if found:
                return found.groupdict()
        return {}

    def _note(self, check: Any) -> None:
        try:
            check()
        except OpenAPIError as breach:
            self.breaches.append(f"{request.method} {request.path}: {breach!r} {breach.__cause__}")


def read_interface() -> Interface:
    if not FILE.exists():
        pytest.skip(f"shared data: {FILE} is absent")
    book = yaml.load(FILE.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    anywhere = {"url": "http://127.0.0.1:{port}", "variables": {"port": {"default": "80"}}}
    book["servers"] = [anywhere]
    for page in ("next", "previous"):  # the book says text, the platform sends null
        book["components"]["schemas"]["PaginatedList"]["properties"][page]["type"] = [
            "string",
            "null",
        ]
    return Interface(book, OpenAPI.from_dict(book))
