"""What must always hold of the ledger's rows, each by itself. What they add up to is asked of the balances."""

from wms.kernel.invariants import Invariant, never
from wms.stock.moves import Reason, StockStatus


def _listed(words: type[Reason] | type[StockStatus]) -> str:
    return ", ".join(f"'{word.value}'" for word in words)


def _of_moves(name: str, says: str, sql: str) -> Invariant:
    return never(f"stock.{name}", says, sql, over="stock_move")


INVARIANTS = (
    _of_moves(
        "moves_carry_units",
        "Every move carries at least one unit, and one only where a single piece is named.",
        """
        SELECT id AS move, quantity AS quantity FROM stock_move
        WHERE quantity < 1 OR (serial_id <> 0 AND quantity > 1) ORDER BY id
        """,
    ),
    _of_moves(
        "moves_go_somewhere",
        "Every move changes the place of its units, or their status.",
        """
        SELECT id AS move FROM stock_move
        WHERE source_id = target_id AND status_from = status_to ORDER BY id
        """,
    ),
    _of_moves(
        "moves_stay_in_their_warehouse",
        "Both ends of a move are in the warehouse in whose book it is.",
        """
        SELECT m.id AS move, s.code AS source, t.code AS target FROM stock_move m
        JOIN location s ON s.id = m.source_id JOIN location t ON t.id = m.target_id
        WHERE s.warehouse_id <> m.warehouse_id OR t.warehouse_id <> m.warehouse_id ORDER BY m.id
        """,
    ),
    _of_moves(
        "moves_name_lots_of_their_item",
        "The lot and the serial number that a move names are of its item.",
        """
        SELECT m.id AS move, l.code AS lot, s.code AS serial FROM stock_move m
        JOIN lot l ON l.id = m.lot_id JOIN serial s ON s.id = m.serial_id
        WHERE l.item_id <> m.item_id OR s.item_id <> m.item_id ORDER BY m.id
        """,
    ),
    _of_moves(
        "moves_are_of_the_items_owner",
        "Units belong to whoever owns their item.",
        """
        SELECT m.id AS move, m.owner_id AS owner, i.sku AS item FROM stock_move m
        JOIN item i ON i.id = m.item_id WHERE i.owner_id <> m.owner_id ORDER BY m.id
        """,
    ),
    _of_moves(
        "moves_have_an_act",
        "Every move comes from an act that was carried out and kept, as long as acts of its time are kept.",
        """
        SELECT m.id AS move FROM stock_move m LEFT JOIN command c ON c.uid = m.command_uid
        WHERE c.refused OR (c.uid IS NULL AND m.recorded_at >= (SELECT min(recorded_at) FROM command))
        ORDER BY m.id
        """,
    ),
    _of_moves(
        "acts_have_all_their_lines",
        "The lines of an act are numbered from 0 without a gap, so none was taken out or slipped in.",
        """
        SELECT max(id) AS move, count(*) AS lines, max(line) AS last_line FROM stock_move
        GROUP BY command_uid HAVING min(line) <> 0 OR max(line) <> count(*) - 1 ORDER BY 1
        """,
    ),
    _of_moves(
        "moves_say_who",
        "Every move was made by somebody the house knows, or by the house itself.",
        """
        SELECT m.id AS move, m.actor_id AS actor FROM stock_move m
        LEFT JOIN user_account u ON u.id = m.actor_id
        WHERE m.actor_id <> 0 AND u.id IS NULL ORDER BY m.id
        """,
    ),
    _of_moves(
        "moves_say_why",
        "Every move has one of the reasons that the house knows.",
        f"""
        SELECT id AS move, reason AS reason FROM stock_move
        WHERE reason NOT IN ({_listed(Reason)}) ORDER BY id
        """,  # noqa: S608 - our own words
    ),
    _of_moves(
        "moves_know_the_status",
        "Units are in one of the conditions that the house knows.",
        f"""
        SELECT id AS move, status_from AS was, status_to AS became FROM stock_move
        WHERE status_from NOT IN ({_listed(StockStatus)}) OR status_to NOT IN ({_listed(StockStatus)})
        ORDER BY id
        """,  # noqa: S608 - our own words
    ),
    _of_moves(
        "reversals_mirror_their_move",
        "What takes a move back moves the same units the other way.",
        """
        SELECT r.id AS move, m.id AS reverses FROM stock_move r JOIN stock_move m ON m.id = r.reverses_id
        WHERE r.item_id <> m.item_id OR r.lot_id <> m.lot_id OR r.serial_id <> m.serial_id
          OR r.owner_id <> m.owner_id OR r.source_id <> m.target_id OR r.target_id <> m.source_id
          OR r.status_from <> m.status_to OR r.status_to <> m.status_from OR r.quantity <> m.quantity
        ORDER BY r.id
        """,
    ),
)
