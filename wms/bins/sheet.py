"""What a file of bins looks like."""

from dataclasses import dataclass, fields

from wms.bins.places import Kind, Mixing, Place, Role
from wms.bins.rules.places import (
    CODE_LIMIT,
    NUMBER_LIMIT,
    REACH_LIMIT_MM,
    UNITS_LIMIT,
    WEIGHT_LIMIT_G,
)
from wms.codes import queries as codes
from wms.kernel.sheets import (
    Column,
    Doubles,
    Misread,
    Reading,
    Sheet,
    code,
    one_of,
    text,
    whole,
    yes_no,
)


@dataclass(frozen=True)
class BinRow:
    """One line of the file."""

    code: str
    warehouse: str = ""
    zone: str = ""
    kind: Kind = Kind.BIN
    role: Role = Role.PLAIN
    pick_face: bool = False
    mixing: Mixing = Mixing.ANY
    capacity_units: int | None = None
    capacity_g: int | None = None
    x_mm: int | None = None
    y_mm: int | None = None
    block: int | None = None
    aisle: int | None = None
    bay: int | None = None
    side: str | None = None
    level: int | None = None


def _role(cell: str) -> Role:
    try:
        return Role(cell.casefold())
    except ValueError:
        raise Misread("kernel.sheet_one_of", words=", ".join(filter(None, Role))) from None


_REACH = whole(-REACH_LIMIT_MM, REACH_LIMIT_MM)
_NUMBER = whole(1, NUMBER_LIMIT)

SHEET = Sheet(
    (
        Column("code", code(CODE_LIMIT), is_required=True, aliases=("bin", "location", "bin_name")),
        Column("warehouse", text(40), empty="", aliases=("warehouse_code",)),
        Column("zone", text(40), empty="", aliases=("area",)),
        Column("kind", one_of(Kind), empty=Kind.BIN, aliases=("type",)),
        Column("role", _role, empty=Role.PLAIN),
        Column("pick_face", yes_no(), empty=False, aliases=("is_pick_face",)),
        Column("mixing", one_of(Mixing), empty=Mixing.ANY),
        Column("capacity_units", whole(1, UNITS_LIMIT), aliases=("capacity",)),
        Column("capacity_g", whole(1, WEIGHT_LIMIT_G)),
        Column("x_mm", _REACH, aliases=("x",)),
        Column("y_mm", _REACH, aliases=("y",)),
        Column("block", _NUMBER),
        Column("aisle", _NUMBER),
        Column("bay", _NUMBER),
        Column("side", text(1)),
        Column("level", _NUMBER),
    ),
    make=BinRow,
)

COLUMN_OF = {"is_pick_face": "pick_face", "zone_id": "zone"}
"""Where a fact has another name in the file."""

FACTS = tuple(fact.name for fact in fields(Place) if fact.name not in ("code", "zone_id"))


def look_through(reading: Reading[BinRow]) -> None:
    """Blame codes that stand twice."""
    seen = Doubles()
    for line in reading.lines():
        seen.saw(codes.normal(line.row.code), line.number)
    for number, first in seen.again():
        reading.blame(number, "code", "kernel.sheet_double", first=first)
