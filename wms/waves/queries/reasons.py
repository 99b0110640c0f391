"""Why a plan is as it is, and what it will not find, in words that people know."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog.tables import Item
from wms.kernel.tables import Decision
from wms.orders.tables import FulfillmentOrder
from wms.waves.plan import Plan
from wms.waves.rules.grouping import PLAN


@dataclass(frozen=True)
class Reason:
    """Why the orders of one run ride together, and through how many aisles."""

    why: str
    aisles: int


@dataclass(frozen=True)
class Short:
    """Units of an order that nothing is promised for."""

    number: str
    sku: str
    missing: int


def reasons(session: Session, wave_id: int) -> Sequence[Reason]:
    """Return why, run by run, as the plan was last chosen; nothing while it is a draft."""
    query = select(Decision.choice).where(
        Decision.subject == "wave", Decision.subject_id == wave_id, Decision.rule == PLAN.name
    )
    choice = session.scalars(query.order_by(Decision.id.desc()).limit(1)).first()
    runs = choice["runs"] if choice else []
    return [Reason(run["why"], run["aisles"]) for run in runs]


def shorts_of(session: Session, plan: Plan) -> Sequence[Short]:
    """Return what a plan will not find, order by order."""
    items = select(Item.id, Item.sku).where(Item.id.in_({one.item_id for one in plan.shorts}))
    skus = dict(session.execute(items).all())
    orders = select(FulfillmentOrder.id, FulfillmentOrder.number)
    here = orders.where(FulfillmentOrder.id.in_({one.fo_id for one in plan.shorts}))
    numbers = dict(session.execute(here).all())
    return [Short(numbers[one.fo_id], skus[one.item_id], one.missing) for one in plan.shorts]
