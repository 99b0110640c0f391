"""What must always hold about places."""

from wms.kernel.invariants import never

INVARIANTS = (
    never(
        "bins.sellable_follows_kind",
        "A place holds sellable stock when it is a bin with an ordinary role, and only then.",
        """
        SELECT id, code, kind, role FROM location
        WHERE holds_sellable <> (kind = 'bin' AND role IN ('', 'reserve'))
        """,
    ),
    never(
        "bins.zone_of_own_warehouse",
        "A place belongs to a zone of its own warehouse.",
        """
        SELECT location.id, location.code, location.zone_id FROM location
        JOIN zone ON zone.id = location.zone_id WHERE zone.warehouse_id <> location.warehouse_id
        """,
    ),
    never(
        "bins.can_be_scanned",
        "Every place that wears a label is found by its code.",
        """
        SELECT location.id, location.code FROM location
        WHERE kind NOT IN ('outside', 'person') AND NOT EXISTS (
            SELECT 1 FROM code_target WHERE code_target.target_id = location.id
            AND code_target.kind = CASE WHEN location.kind IN ('tote', 'carton', 'pallet', 'cart')
                THEN 'lpn' ELSE 'location' END
        )
        """,
    ),
    never(
        "bins.moves_with_a_number",
        "A tote, carton, pallet or cart has its own number, and nothing else has one.",
        """
        SELECT location.id, location.code, location.kind FROM location
        LEFT JOIN lpn ON lpn.location_id = location.id
        WHERE (location.kind IN ('tote', 'carton', 'pallet', 'cart')) <> (lpn.location_id IS NOT NULL)
        """,
    ),
    never(
        "bins.stands_where_it_was_put",
        "A thing that moves stands where its last move put it, in its own warehouse.",
        """
        SELECT location.id, location.code, location.parent_id FROM location
        LEFT JOIN location AS parent ON parent.id = location.parent_id
        WHERE COALESCE(location.parent_id, 0) <> COALESCE((
            SELECT to_id FROM lpn_move WHERE lpn_move.location_id = location.id ORDER BY id DESC LIMIT 1
        ), 0) OR parent.warehouse_id <> location.warehouse_id
        """,
    ),
    never(
        "bins.no_rings",
        "Nothing stands on itself, directly or through others, and layers end.",
        """
        WITH RECURSIVE standing (id, top, layers) AS (
            SELECT id, parent_id, 1 FROM location WHERE parent_id IS NOT NULL
            UNION ALL
            SELECT standing.id, location.parent_id, standing.layers + 1 FROM standing
            JOIN location ON location.id = standing.top
            WHERE location.parent_id IS NOT NULL AND standing.layers < 9
        )
        SELECT DISTINCT id FROM standing WHERE layers > 4
        """,
    ),
    never(
        "bins.six_outside_places",
        "Every warehouse has exactly its six outside places.",
        """
        SELECT warehouse.id, warehouse.code FROM warehouse
        WHERE (
            SELECT COUNT(*) FROM location WHERE location.warehouse_id = warehouse.id AND location.kind = 'outside'
            AND location.code IN ('SUPPLIER', 'CUSTOMER', 'ADJUSTMENT', 'SCRAP', 'LOST', 'TRANSIT')
        ) <> 6
        """,
    ),
)
