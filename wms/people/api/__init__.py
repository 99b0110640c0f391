"""How machines reach people: accounts, badges, tokens, and the trail of what happened."""

from wms.people.api import events, tokens, users
from wms.people.api.shapes import api

__all__ = ["api", "events", "tokens", "users"]
