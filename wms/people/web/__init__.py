"""How people reach their part of the house: signing in, accounts, their own settings, the audit trail."""

from wms.people.web import accounts, audit, badges, door, first_run, mine, person, tokens
from wms.people.web.pages import pages

__all__ = ["accounts", "audit", "badges", "door", "first_run", "mine", "pages", "person", "tokens"]
