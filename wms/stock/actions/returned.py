"""Goods that came back: their condition is the grade that they get on their return, and nobody else gives one."""

from wms.kernel.refusal import Refusal
from wms.stock.moves import StockStatus


class GradedOnTheReturn(Refusal):
    """The units wait for their grade, or would, and no return would know."""

    sentence = "stock.graded_on_the_return"


def see_no_grade(before: StockStatus, after: StockStatus) -> None:
    """Let a change of condition by hand pass, unless it would grade returned goods. Raises GradedOnTheReturn."""
    if before is not after and StockStatus.RETURNED_UNGRADED in {before, after}:
        raise GradedOnTheReturn
