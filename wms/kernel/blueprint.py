"""Routes for machines, quick to put together: what they say of themselves is worked out when somebody reads it."""

from types import FunctionType
from typing import Any

from flask_openapi import APIBlueprint
from flask_openapi.types import ParametersTuple


class ApiBlueprint(APIBlueprint):
    """A slice's routes for machines.

    The library describes each route as it is declared. That took more than a quarter of the time in which a process
    starts, and few processes are ever asked for the description.
    """

    def __init__(self, *args: Any, **facts: Any) -> None:
        """Take what the library takes."""
        self._undescribed: list[tuple[str, FunctionType, dict[str, Any]]] = []
        super().__init__(*args, **facts)

    def describe(self) -> None:
        """Describe every route that is not yet: `paths`, `tags` and `components_schemas` are whole after it."""
        for rule, func, said in self._undescribed:
            super()._collect_openapi_info(rule, func, **said)
        self._undescribed.clear()

    def _collect_openapi_info(self, rule: str, func: FunctionType, **said: Any) -> ParametersTuple:
        """Return only what a route takes; it is asked for each route as it is declared."""
        self._undescribed.append((rule, func, said))
        return super()._collect_openapi_info(rule, func, **said | {"doc_ui": False})
