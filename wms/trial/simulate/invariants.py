"""What must hold of a shift beyond what holds of every house: people did it, with a scanner."""

from wms.kernel.invariants import never

BY_SCANS = never(
    "trial.by_scans",
    "Every unit that was picked, packed or handed over was scanned at a device.",
    """
    SELECT m.id AS move, m.reason AS reason, m.reference AS reference
    FROM stock_move m
    LEFT JOIN command c ON c.uid = m.command_uid
      AND c.name = 'floor.scan' AND c.device_id IS NOT NULL AND c.device_seq IS NOT NULL
    WHERE m.reason IN ('pick', 'pack', 'ship') AND c.uid IS NULL ORDER BY m.id
    """,
    over="stock_move",
)
"""Asked of a house that only a shift has worked in: elsewhere the desk may correct, and old answers are forgotten."""
