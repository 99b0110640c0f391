"""The pages of the desk, and what they share: who leads, and whether somebody may open a page."""

from flask import Blueprint, current_app

from wms.kernel.edge import actor
from wms.people.policy import LEADS, access_of

pages = Blueprint("desk", __name__)


def leads() -> bool:
    """Tell whether whoever asks sees what leads see: people, devices, what waits for somebody."""
    return actor().has_any(frozenset(LEADS))


def may_open(endpoint: str) -> bool:
    """Tell whether whoever asks may use a page, as its own route says."""
    access = access_of(current_app.view_functions[endpoint])
    return access is not None and actor().has_any(access.roles)
