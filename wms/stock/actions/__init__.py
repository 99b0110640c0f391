"""What people and machines do with stock. Only `post` writes the ledger, only `allocate` makes promises."""

from wms.stock.actions.closing import PlaceNotEmpty, close_place
from wms.stock.actions.correcting import adjust, change_status, count, found
from wms.stock.actions.ending import expire, release
from wms.stock.actions.expiring import retire_expired
from wms.stock.actions.kits import KitLies, set_parts
from wms.stock.actions.posting import move, post
from wms.stock.actions.promising import allocate
from wms.stock.actions.promoting import NoBinForPromise, promote
from wms.stock.actions.restoring import PromisedAway, reopen, take_back
from wms.stock.actions.returned import GradedOnTheReturn, see_no_grade
from wms.stock.actions.reversing import AlreadyReversed, CannotReverse, reverse, reverse_command
from wms.stock.actions.shortfalls import NotEnoughStock, PromiseOver, SerialElsewhere

__all__ = [
    "AlreadyReversed",
    "CannotReverse",
    "GradedOnTheReturn",
    "KitLies",
    "NoBinForPromise",
    "NotEnoughStock",
    "PlaceNotEmpty",
    "PromiseOver",
    "PromisedAway",
    "SerialElsewhere",
    "adjust",
    "allocate",
    "change_status",
    "close_place",
    "count",
    "expire",
    "found",
    "move",
    "post",
    "promote",
    "release",
    "reopen",
    "retire_expired",
    "reverse",
    "reverse_command",
    "see_no_grade",
    "set_parts",
    "take_back",
]
