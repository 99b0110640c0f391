"""What people and the house do with goods that come back."""

from wms.returns.actions.announcing import MoreThanLeft, announce, cancel
from wms.returns.actions.arriving import arrive, ask_lead, put_aside, receive
from wms.returns.actions.ending import NotAllGraded, finish
from wms.returns.actions.grading import NothingToGrade, flag_wrong, grade
from wms.returns.actions.matching import KnownAlready, MoreThanThatOrder, NotOfThatOrder, match
from wms.returns.actions.rows import NoSuchReturn, NotYourParcel, yours
from wms.returns.actions.taking import NotOfOrder, TooManyBack, count_to, set_aside, take_in
from wms.returns.actions.undoing import CarriedAlready, CountedElsewhere, NothingScannedYet, undo
from wms.returns.goods import Advised, Goods

__all__ = [
    "Advised",
    "CarriedAlready",
    "CountedElsewhere",
    "Goods",
    "KnownAlready",
    "MoreThanLeft",
    "MoreThanThatOrder",
    "NoSuchReturn",
    "NotAllGraded",
    "NotOfOrder",
    "NotOfThatOrder",
    "NotYourParcel",
    "NothingScannedYet",
    "NothingToGrade",
    "TooManyBack",
    "announce",
    "arrive",
    "ask_lead",
    "cancel",
    "count_to",
    "finish",
    "flag_wrong",
    "grade",
    "match",
    "put_aside",
    "receive",
    "set_aside",
    "take_in",
    "undo",
    "yours",
]
