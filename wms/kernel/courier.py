"""Tells facts to reactions: at least once, in order for each thing, once in effect; a deaf one holds up nobody else."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

Reaction = Callable[[Session, Any, int, datetime], object]
"""`reaction(session, event, by, at)`: runs in a transaction of its own, once in effect, and touches no wire."""
