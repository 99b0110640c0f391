"""Addresses: kept, looked at, and found wanting."""

from typing import Any

from flask import Blueprint, jsonify

from wms.shipping.standin.platform import REQUIRED, Refused, asked, found, listed, platform
from wms.shipping.standin.store import Body

addresses = Blueprint("addresses", __name__)

ADDRESS = (
    "name", "company", "street1", "street2", "street3", "street_no", "city", "state", "zip",
    "country", "phone", "email", "is_residential",
)  # fmt: skip
NEEDED = ("name", "street1", "city", "zip", "country")
"""Without these no label is sold."""
NEEDING_STATE = frozenset({"US", "CA", "AU"})
HERE = ""
"""An address that is asked about by itself, and not within something."""


@addresses.post("/addresses")
def keep_address() -> Any:
    """Keep an address, tidied up where that is asked for."""
    address = _kept(asked(), HERE)
    return jsonify(address), 201


@addresses.get("/addresses")
def all_addresses() -> Any:
    """List what addresses are known."""
    return jsonify(listed(platform().store.all("address")))


@addresses.get("/addresses/<known>")
def address(known: str) -> Any:
    """Return one address."""
    return jsonify(found("address", known))


@addresses.get("/addresses/<known>/validate")
def validate_address(known: str) -> Any:
    """Answer with a new address, tidied up: the old one stays as it was."""
    return jsonify(_kept({**found("address", known), "validate": True}, HERE))


def address_of(given: object, where: str) -> Body:
    """Take an address that is told, or the number of one that is known."""
    if isinstance(given, str):
        return found("address", given)
    if not isinstance(given, dict):
        raise Refused({where: REQUIRED})
    return _kept(given, where)


def lacking(address: Body) -> list[str]:
    """Name what an address lacks before a label is sold for it."""
    needed = [*NEEDED, *(["state"] if address.get("country") in NEEDING_STATE else [])]
    return [part for part in needed if not str(address.get(part) or "").strip()]


def _kept(given: Body, where: str) -> Body:
    parts = {name: given[name] for name in ADDRESS if given.get(name) is not None}
    country = str(parts.get("country") or "").strip().upper()
    if not country:
        lack = {"country": REQUIRED}
        raise Refused({where: [lack]} if where else lack)
    parts["country"] = country
    if given.get("validate") is True:
        parts |= {"zip": str(parts.get("zip", "")).upper(), "validation_results": _validated(parts)}
    else:
        parts |= {"metadata": str(given.get("metadata") or ""), "validation_results": {}}
    address = platform().made("address", is_complete=not lacking(parts), **parts)
    platform().store.keep("address", address["object_id"], address)
    return address


def _validated(parts: Body) -> Body:
    messages = [
        {
            "source": "Stand-in Address Validator",
            "code": "address_incomplete",
            "type": "address_error",
            "text": f"The address lacks {part}.",
        }
        for part in lacking(parts)
    ]
    return {"is_valid": not messages, "messages": messages}
