"""What must always hold of places: they are found by their codes, and each thing that moves stands where it was put."""

from collections.abc import Iterator
from itertools import product

from sqlalchemy import text
from sqlalchemy.orm import Session

from wms.bins.places import MOVABLE, UNSCANNED, Kind, Outside, Role, holds_sellable
from wms.bins.rules.places import NESTING_LIMIT
from wms.codes.queries import normal
from wms.kernel.invariants import Invariant, Row, never


def _listed(*words: str) -> str:
    return ", ".join(f"'{word}'" for word in words)


_SCANNED = _listed(*(kind for kind in Kind if kind not in UNSCANNED))
_MOVABLE = _listed(*MOVABLE)
_SELLABLE = " OR ".join(
    f"(l.kind = '{kind}' AND l.role = '{role}')"
    for kind, role in product(Kind, Role)
    if holds_sellable(kind, role)
)

_SUSPECT_PLACES = f"""
    SELECT l.id, l.code FROM location l WHERE l.kind IN ({_SCANNED}) AND NOT EXISTS (
        SELECT 1 FROM code_target t WHERE t.target_id = l.id AND t.written_as = l.code
          AND t.kind = CASE WHEN l.kind IN ({_MOVABLE}) THEN 'lpn' ELSE 'location' END)
    ORDER BY l.id
"""  # noqa: S608 - our own words
_CODES_OF_PLACE = """
    SELECT code FROM code_target WHERE kind IN ('location', 'lpn') AND target_id = :id
"""
_SUSPECT_CODES = f"""
    SELECT t.id, t.code, l.code AS place FROM code_target t
    LEFT JOIN location l ON l.id = t.target_id AND l.kind IN ({_SCANNED})
      AND t.kind = CASE WHEN l.kind IN ({_MOVABLE}) THEN 'lpn' ELSE 'location' END
    LEFT JOIN lpn p ON p.location_id = l.id AND p.sscc = t.code
    WHERE t.kind IN ('location', 'lpn') AND p.location_id IS NULL ORDER BY t.id
"""  # noqa: S608 - our own words


def unscannable(session: Session) -> Iterator[Row]:
    """Yield places that are not found by the code on their label."""
    for number, code in session.execute(text(_SUSPECT_PLACES)).all():
        if normal(code) not in session.scalars(text(_CODES_OF_PLACE), {"id": number}).all():
            yield {"place": number, "code": code}


def strays(session: Session) -> Iterator[Row]:
    """Yield codes that lead to a place which does not carry them."""
    for number, code, place in session.execute(text(_SUSPECT_CODES)):
        if place is None or normal(place) != code:
            yield {"code_target": number, "code": code}


def missing_outside(session: Session) -> Iterator[Row]:
    """Yield outside places that a warehouse lacks."""
    sql = """
        SELECT w.id, w.code, l.code FROM warehouse w
        LEFT JOIN location l ON l.warehouse_id = w.id AND l.kind = 'outside' ORDER BY w.id
    """
    has: dict[tuple[int, str], set[str]] = {}
    for number, code, outside in session.execute(text(sql)):
        has.setdefault((number, code), set()).add(outside)
    for (number, code), there in has.items():
        for place in Outside:
            if place.value not in there:
                yield {"warehouse": number, "code": code, "missing": place.value}


INVARIANTS = (
    Invariant(
        "bins.places_are_found_by_their_code",
        "Every place is found by the code on its label.",
        "location",
        unscannable,
    ),
    Invariant(
        "bins.codes_lead_to_what_carries_them",
        "No code leads to a place that does not carry it.",
        "code_target",
        strays,
    ),
    Invariant(
        "bins.warehouses_have_an_outside",
        "Every warehouse has one of each outside place.",
        "warehouse",
        missing_outside,
    ),
    never(
        "bins.places_sell_what_their_kind_says",
        "What lies in a place can be promised when its kind and role say so.",
        f"""
        SELECT l.id AS place, l.code AS code FROM location l
        WHERE l.holds_sellable <> ({_SELLABLE}) ORDER BY l.id
        """,  # noqa: S608 - our own words
        over="location",
    ),
    never(
        "bins.what_moves_has_its_papers",
        "A tote, carton, pallet or cart is one in both tables that keep it.",
        f"""
        SELECT l.id AS place, l.code AS code FROM location l LEFT JOIN lpn p ON p.location_id = l.id
        WHERE (p.location_id IS NOT NULL) <> (l.kind IN ({_MOVABLE})) OR p.kind <> l.kind
          OR (p.state = 'retired') <> (l.archived_at IS NOT NULL)
        ORDER BY l.id
        """,  # noqa: S608 - our own words
        over="lpn",
    ),
    never(
        "bins.only_what_moves_stands_in_something",
        "Only totes, cartons, pallets, carts and parcels stand in another place, in the same warehouse, never outside.",
        f"""
        SELECT l.id AS place, l.code AS code FROM location l JOIN location p ON p.id = l.parent_id
        WHERE l.kind NOT IN ({_MOVABLE}, 'package') OR p.kind = 'outside'
          OR p.warehouse_id <> l.warehouse_id
        ORDER BY l.id
        """,  # noqa: S608 - our own words
        over="location",
    ),
    never(
        "bins.nothing_stands_in_itself",
        "Nothing stands in itself, however many layers lie between.",
        """
        WITH RECURSIVE climb (id, above) AS (
            SELECT id, parent_id FROM location WHERE parent_id IS NOT NULL
            UNION
            SELECT c.id, l.parent_id FROM climb c JOIN location l ON l.id = c.above
            WHERE l.parent_id IS NOT NULL
        )
        SELECT l.id AS place, l.code AS code FROM climb c JOIN location l ON l.id = c.id
        WHERE c.id = c.above AND NOT EXISTS (
            SELECT 1 FROM climb o JOIN climb b ON b.id = o.above AND b.above = o.id
            WHERE o.id = c.id AND o.above < c.id)
        ORDER BY l.id
        """,
        over="location",
    ),
    never(
        "bins.layers_end",
        "Things stand in each other a few layers deep, no more.",
        f"""
        WITH RECURSIVE climb (id, above, layers) AS (
            SELECT id, parent_id, 1 FROM location WHERE parent_id IS NOT NULL
            UNION ALL
            SELECT c.id, l.parent_id, c.layers + 1 FROM climb c JOIN location l ON l.id = c.above
            WHERE l.parent_id IS NOT NULL AND c.layers < 2 * {NESTING_LIMIT}
        )
        SELECT c.id AS place, c.layers AS layers FROM climb c JOIN location l ON l.id = c.above
        WHERE l.parent_id IS NULL AND c.layers > {NESTING_LIMIT} ORDER BY c.id
        """,  # noqa: S608 - our own words
        over="location",
    ),
    never(
        "bins.things_stand_where_they_were_put",
        "A tote, carton, pallet or cart stands where its last move put it.",
        """
        SELECT l.id AS place, l.code AS code, l.parent_id AS stands_in, m.to_id AS was_put
        FROM lpn p JOIN location l ON l.id = p.location_id
        LEFT JOIN lpn_move m ON m.id = (SELECT max(id) FROM lpn_move WHERE location_id = l.id)
        WHERE coalesce(l.parent_id, 0) <> coalesce(m.to_id, 0) ORDER BY l.id
        """,
        over="lpn",
    ),
    never(
        "bins.things_leave_from_where_they_stood",
        "Each move of a tote, carton, pallet or cart begins where the one before it ended.",
        """
        SELECT m.id AS lpn_move, m.from_id AS came_from, b.to_id AS stood_in FROM lpn_move m
        LEFT JOIN lpn_move b
          ON b.id = (SELECT max(id) FROM lpn_move WHERE location_id = m.location_id AND id < m.id)
        WHERE coalesce(m.from_id, 0) <> coalesce(b.to_id, 0) ORDER BY m.id
        """,
        over="lpn_move",
    ),
    never(
        "bins.zones_hold_places_of_their_warehouse",
        "A place and its zone are in the same warehouse.",
        """
        SELECT l.id AS place, l.code AS code FROM location l JOIN zone z ON z.id = l.zone_id
        WHERE z.warehouse_id <> l.warehouse_id ORDER BY l.id
        """,
        over="location",
    ),
    never(
        "bins.parcels_wait_in_lanes",
        "A carrier's parcels wait in a lane of the warehouse.",
        """
        SELECT c.id AS lane, c.carrier AS carrier FROM carrier_lane c
        JOIN location l ON l.id = c.location_id
        WHERE l.warehouse_id <> c.warehouse_id OR l.kind <> 'lane' ORDER BY c.id
        """,
        over="carrier_lane",
    ),
    never(
        "bins.stations_stand_somewhere",
        "A bench that says where it stands stands in a place of the house.",
        """
        SELECT s.id AS station, s.name AS name FROM station s LEFT JOIN location l ON l.id = s.location_id
        WHERE s.location_id IS NOT NULL AND l.id IS NULL ORDER BY s.id
        """,
        over="station",
    ),
    never(
        "bins.things_were_moved_by_somebody",
        "Whoever moved a tote, carton, pallet or cart is somebody the house knows.",
        """
        SELECT m.id AS lpn_move, m.actor_id AS actor FROM lpn_move m
        LEFT JOIN user_account u ON u.id = m.actor_id
        WHERE m.actor_id <> 0 AND u.id IS NULL ORDER BY m.id
        """,
        over="lpn_move",
    ),
)
