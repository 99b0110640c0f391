"""What platform and carriers complain about, as sentences: their errors come in four shapes."""

from collections.abc import Iterator, Mapping
from typing import Any

from wms.shipping.gateway.fields import clean, mappings, text

MOST = 10
"""More complaints than this help nobody."""
LENGTH = 300
"""As much of one complaint as is shown."""
WRAPPINGS = frozenset({"", "detail", "details", "message", "__all__", "non_field_errors"})
"""Names that say nothing about where a complaint belongs."""


def read_messages(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Read what the carriers say beside an answer: `messages: [{source, code, text}]`, each with who says it."""
    said = [(text(one, "source"), text(one, "text") or text(one, "code")) for one in _told(body)]
    worded = [f"{source}: {words}" if source else words for source, words in said if words]
    return _short(worded)


def read_errors(body: Any) -> tuple[str, ...]:
    """Read the body of a refusal: `{detail}`, `{field: [..]}`, `{message, details}`, or a bare text."""
    return _short(list(_flat(body, "")))


def _told(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    bare = body.get("messages")
    texts = [one for one in bare if isinstance(one, str)] if isinstance(bare, list) else []
    return [*mappings(body, "messages"), *({"text": words} for words in texts)]


def _flat(body: Any, where: str) -> Iterator[str]:
    if isinstance(body, Mapping):
        for name, inner in body.items():
            yield from _flat(inner, where if name in WRAPPINGS else f"{where}.{name}".strip("."))
    elif isinstance(body, list):
        for inner in body:
            yield from _flat(inner, where)
    elif isinstance(body, str) and (words := clean(body)):
        yield clean(f"{where}: {words}") if where else words


def _short(worded: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words[:LENGTH] for words in worded))[:MOST]
