"""Goods on the shelves: lots, serial numbers and opening stock, and the boxes that parcels leave in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from wms.bins.places import Outside
from wms.bins.tables import Location
from wms.catalog import actions as catalog
from wms.catalog.queries import BoxFacts
from wms.stock import actions as stock
from wms.stock.moves import NONE, Move, Reason
from wms.trial.seed.goods import Made

BOXES = (
    ("Mailer S", 240, 170, 30, 25, 1_000),
    ("Mailer L", 350, 250, 50, 60, 2_500),
    ("Box 1", 200, 150, 100, 90, 5_000),
    ("Box 2", 300, 200, 150, 170, 10_000),
    ("Box 3", 400, 300, 200, 310, 15_000),
    ("Box 4", 600, 400, 300, 640, 25_000),
    ("Long box", 1_000, 150, 150, 380, 10_000),
)
"""Name, inner length, width and height in millimetres, own weight and most weight in grams."""

BINS_EACH = (1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5, 6)
"""Over how many bins an item lies: mostly one or two, at most six."""

UNITS_LEAST, UNITS_MOST = 3, 60
CHUNK = 400
"""Moves that are posted together."""


@dataclass(frozen=True)
class Shelved:
    """So many units of an item in a bin, of this lot or this single piece where it has such."""

    bin: str
    sku: str
    lot: str
    serial: str
    quantity: int


def bring_boxes(session: Session, *, by: int, at: datetime) -> list[str]:
    """Write down the boxes that parcels leave in; returns their names."""
    for name, length_mm, width_mm, height_mm, weight_g, max_weight_g in BOXES:
        facts = BoxFacts(
            name=name,
            length_mm=length_mm,
            width_mm=width_mm,
            height_mm=height_mm,
            weight_g=weight_g,
            max_weight_g=max_weight_g,
        )
        catalog.create_box_type(session, facts=facts, by=by, at=at)
    return [box[0] for box in BOXES]


def shelve(
    session: Session,
    placed: Sequence[Shelved],
    made: Sequence[Made],
    items: Mapping[str, int],
    places: Mapping[str, Location],
    *,
    by: int,
    at: datetime,
) -> None:
    """Put the opening stock into the bins."""
    lots = {
        (item.sku, batch.code): catalog.lot(
            session,
            item_id=items[item.sku],
            code=batch.code,
            expires_on=batch.expires_on,
            at=at,
        ).id
        for item in made
        for batch in item.batches
    }
    serials = {
        (item.sku, piece): catalog.serial(session, item_id=items[item.sku], code=piece, at=at).id
        for item in made
        for piece in item.pieces
    }
    source = places[Outside.ADJUSTMENT].id
    moves = [
        Move(
            items[one.sku],
            source,
            places[one.bin].id,
            one.quantity,
            Reason.OPENING,
            lot_id=lots.get((one.sku, one.lot), NONE),
            serial_id=serials.get((one.sku, one.serial), NONE),
        )
        for one in placed
    ]
    for start in range(0, len(moves), CHUNK):
        stock.post(session, moves[start : start + CHUNK], by=by, at=at)


def bins_of(places: Mapping[str, Location]) -> list[Location]:
    """Return the bins that goods are sold from."""
    return [place for place in places.values() if place.holds_sellable]


def plan(seed: int, made: Sequence[Made], bins: Sequence[Location]) -> Iterator[Shelved]:
    """Yield what lies where: first in a bin that people reach, then in reserve, lot by lot and piece by piece."""
    dice = Random(f"shelves {seed}")
    faces = [place.code for place in bins if place.is_pick_face]
    reserve = [place.code for place in bins if not place.is_pick_face]
    for item in made:
        count = dice.choice(BINS_EACH)
        here = [dice.choice(faces), *dice.sample(reserve, count - 1)]
        if item.pieces:
            for piece in item.pieces:
                yield Shelved(dice.choice(here), item.sku, "", piece, 1)
            continue
        for number, code in enumerate(here):
            lot = item.batches[number % len(item.batches)].code if item.batches else ""
            yield Shelved(code, item.sku, lot, "", dice.randint(UNITS_LEAST, UNITS_MOST))
