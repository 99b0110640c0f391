"""A label as plain values, ready for JSON, and back: how a label is kept until it is printed."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from labels.label import Align, Barcode, Box, Image, Label, Line, Part, Symbology, Text

KINDS: Mapping[str, type[Part]] = {
    "text": Text,
    "barcode": Barcode,
    "box": Box,
    "line": Line,
    "image": Image,
}
"""By the word under which it is kept."""


def kept(label: Label) -> dict[str, Any]:
    """Return the label as plain values; pictures as base64."""
    return {
        "width_mm": label.width_mm,
        "height_mm": label.height_mm,
        "parts": [_kept_part(part) for part in label.parts],
    }


def label(values: Mapping[str, Any]) -> Label:
    """Return the label that was kept. Raises KeyError, TypeError or ValueError for what is none."""
    parts = tuple(_part(part) for part in values["parts"])
    return Label(values["width_mm"], values["height_mm"], parts)


def _kept_part(part: Part) -> dict[str, Any]:
    word = next(word for word, kind in KINDS.items() if kind is type(part))
    return {"part": word} | {
        field.name: _kept_value(getattr(part, field.name)) for field in fields(part)
    }


def _kept_value(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.value if isinstance(value, Align | Symbology) else value


def _part(values: Mapping[str, Any]) -> Part:
    kind = KINDS[values["part"]]
    said = {name: _value(name, value) for name, value in values.items() if name != "part"}
    return kind(**said)


def _value(name: str, value: Any) -> Any:
    match name:
        case "align":
            return Align(value)
        case "symbology":
            return Symbology(value)
        case "picture":
            return b64decode(value)
        case _:
            return value
