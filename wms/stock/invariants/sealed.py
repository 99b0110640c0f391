"""What must always hold of seals, as far as it can be told without making hashes again: `verify --chain` does that."""

from wms.kernel.invariants import never

INVARIANTS = (
    never(
        "stock.settled_moves_are_sealed",
        "Up to the mark of the last seal, every move stands in a block.",
        """
        SELECT m.id AS move FROM stock_move m LEFT JOIN ledger_seal_row r ON r.move_id = m.id
        WHERE r.move_id IS NULL
          AND m.id <= (SELECT settled_id FROM ledger_seal ORDER BY id DESC LIMIT 1)
        ORDER BY m.id
        """,
        over="stock_move",
    ),
    never(
        "stock.seals_follow_each_other",
        "Each seal begins where the one before it ended.",
        """
        SELECT s.id AS seal, s.first_position AS first_position FROM ledger_seal s
        LEFT JOIN ledger_seal b ON b.id = s.id - 1
        WHERE s.first_position <> coalesce(b.last_position, 0) + 1
          OR s.previous_hash <> coalesce(b.hash, '0000000000000000000000000000000000000000000000000000000000000000')
        ORDER BY s.id
        """,
        over="ledger_seal",
    ),
    never(
        "stock.sealed_places_are_in_their_block",
        "Every place in the chain is within the block that it names.",
        """
        SELECT r.position AS position, r.seal_id AS seal FROM ledger_seal_row r
        JOIN ledger_seal s ON s.id = r.seal_id
        WHERE r.position < s.first_position OR r.position > s.last_position ORDER BY r.position
        """,
        over="ledger_seal_row",
    ),
)
