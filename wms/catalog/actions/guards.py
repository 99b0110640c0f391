"""What every change of the catalog looks at first: the facts hold together, the code is free, the row is held."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from wms.catalog import queries
from wms.catalog.tables import Item
from wms.codes.actions import CodeTaken, UnfitCode
from wms.codes.queries import Kind, Meaning, holders, shown, unfit
from wms.kernel.refusal import Fault, Wrong
from wms.kernel.versions import same_version


class WrongFacts(Wrong):
    """What was written cannot be kept; each fault names its field and what would be right."""

    sentence = "catalog.wrong_facts"


def raise_if_any(faults: Iterable[Fault]) -> None:
    """Raise WrongFacts where there are faults."""
    if found := tuple(faults):
        raise WrongFacts(*found, n=len(found))


def held_item(session: Session, item_id: int, expected: int | None = None) -> Item:
    """Return the item, held until this transaction ends. Raises NoSuchItem, or Stale where it is not as expected."""
    item = session.get(Item, item_id, with_for_update=True, populate_existing=True)
    if item is None:
        raise queries.NoSuchItem(item=item_id)
    same_version(item, expected)
    return item


def see_that_free(
    session: Session, code: str, *, owner_id: int, item_id: int | None = None, field: str = "code"
) -> None:
    """Raise UnfitCode or CodeTaken, on the form's field, where this cannot be a code of that item."""
    if wrong := unfit(code, Kind.ITEM):
        raise UnfitCode(Fault(field, wrong.sentence, wrong.values), code=shown(code))
    for holder in holders(session, code):
        if holder.kind is not Kind.ITEM or (
            holder.owner_id == owner_id and holder.target_id != item_id
        ):
            raise CodeTaken(_taken(session, holder, code, field), code=shown(code))


def _taken(session: Session, holder: Meaning, code: str, field: str) -> Fault:
    if holder.kind is not Kind.ITEM:
        return Fault(field, f"codes.taken_by_{holder.kind}", {"code": shown(code)})
    item = queries.item(session, holder.target_id)
    return Fault(
        field, "catalog.code_taken", {"code": shown(code), "sku": item.sku, "name": item.name}
    )
