"""Parcels: how big and how heavy, in whatever units they are told."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, jsonify

from wms.shipping.standin.platform import REQUIRED, Refused, asked, found, platform
from wms.shipping.standin.store import Body

parcels = Blueprint("parcels", __name__)

MM = {"mm": Decimal(1), "cm": Decimal(10), "m": Decimal(1000), "in": Decimal("25.4")}
MM |= {"ft": Decimal("304.8"), "yd": Decimal("914.4")}
GRAMS = {"g": Decimal(1), "kg": Decimal(1000), "oz": Decimal("28.349523125")}
GRAMS |= {"lb": Decimal("453.59237")}
SIDES = ("length", "width", "height")
LARGEST = Decimal(1_000_000)


@parcels.post("/parcels")
def keep_parcel() -> Any:
    """Keep a parcel."""
    return jsonify(_kept(asked())), 201


@parcels.get("/parcels/<known>")
def parcel(known: str) -> Any:
    """Return one parcel."""
    return jsonify(found("parcel", known))


def parcels_of(question: Body) -> list[Body]:
    """Take the parcels that are told, or the numbers of known ones."""
    given = question.get("parcels")
    parcels = given if isinstance(given, list) else [given]
    if not parcels or parcels == [None]:
        raise Refused({"parcels": REQUIRED})
    return [found("parcel", one) if isinstance(one, str) else _kept(one) for one in parcels]


def measured(parcel: Body) -> tuple[int, tuple[int, int, int]]:
    """Return a parcel's weight in grams and its sides in millimetres."""
    length, width, height = (_number(parcel, side, MM, "distance_unit") for side in SIDES)
    return _number(parcel, "weight", GRAMS, "mass_unit"), (length, width, height)


def _kept(given: Any) -> Body:
    if not isinstance(given, dict):
        raise Refused({"parcels": ["A parcel was expected."]})
    parts = {name: str(given.get(name) or "") for name in (*SIDES, "weight")}
    units = {"distance_unit": given.get("distance_unit"), "mass_unit": given.get("mass_unit")}
    lacks = [name for name, value in {**parts, **units}.items() if not value]
    if lacks:
        raise Refused(dict.fromkeys(lacks, REQUIRED))
    parcel = platform().made(
        "parcel", object_state="VALID", metadata="", extra={}, **parts, **units
    )
    measured(parcel)
    platform().store.keep("parcel", parcel["object_id"], parcel)
    return parcel


def _number(parcel: Body, name: str, units: dict[str, Decimal], unit: str) -> int:
    if parcel[unit] not in units:
        raise Refused({unit: [f'"{parcel[unit]}" is not a valid choice.']})
    try:
        value = Decimal(parcel[name]) * units[parcel[unit]]
    except InvalidOperation as trouble:
        raise Refused({name: ["A valid number is required."]}) from trouble
    if not (value.is_finite() and 0 < value < LARGEST):
        raise Refused({name: ["Ensure that this value is greater than 0."]})
    return max(int(value.to_integral_value()), 1)
