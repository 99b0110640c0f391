"""What people and the house do with units that are to go from one place to another."""

from wms.moving.actions.asking import NoSuchMoveTask, ask, cancel
from wms.moving.tasks import Kind, Why

__all__ = ["Kind", "NoSuchMoveTask", "Why", "ask", "cancel"]
