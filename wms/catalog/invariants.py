"""What must always hold of the catalog: what is printed on goods leads to them, and nothing else does."""

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

from wms.codes.queries import normal
from wms.kernel.invariants import Invariant, Row, never

_SUSPECT_ITEMS = """
    SELECT i.id, i.owner_id, i.sku FROM item i WHERE NOT EXISTS (
        SELECT 1 FROM code_target t WHERE t.kind = 'item' AND t.target_id = i.id
          AND t.owner_id = i.owner_id AND t.written_as = i.sku)
    ORDER BY i.id
"""
_CODES_OF_ITEM = """
    SELECT code FROM code_target WHERE kind = 'item' AND target_id = :id AND owner_id = :owner_id
"""
_SUSPECT_CODES = """
    SELECT t.id, t.code, i.sku FROM code_target t
    LEFT JOIN item i ON i.id = t.target_id AND i.owner_id = t.owner_id
    WHERE t.kind = 'item' AND NOT EXISTS (
        SELECT 1 FROM item_barcode b WHERE b.item_id = i.id AND b.code = t.code)
    ORDER BY t.id
"""


def unscannable(session: Session) -> Iterator[Row]:
    """Yield items that are not found by their own SKU."""
    for number, owner_id, sku in session.execute(text(_SUSPECT_ITEMS)).all():
        found = session.scalars(text(_CODES_OF_ITEM), {"id": number, "owner_id": owner_id})
        if normal(sku) not in found.all():
            yield {"item": number, "sku": sku}


def strays(session: Session) -> Iterator[Row]:
    """Yield codes that lead to an item which does not carry them."""
    for number, code, sku in session.execute(text(_SUSPECT_CODES)):
        if sku is None or normal(sku) != code:
            yield {"code_target": number, "code": code}


INVARIANTS = (
    Invariant(
        "catalog.items_are_found_by_their_sku",
        "Every item is found by its SKU.",
        "item",
        unscannable,
    ),
    never(
        "catalog.barcodes_are_found",
        "Every barcode leads to its item.",
        """
        SELECT b.id AS barcode, b.code AS code FROM item_barcode b JOIN item i ON i.id = b.item_id
        LEFT JOIN code_target t ON t.code = b.code AND t.owner_id = i.owner_id
          AND t.kind = 'item' AND t.target_id = b.item_id
        WHERE t.id IS NULL ORDER BY b.id
        """,
        over="item_barcode",
    ),
    Invariant(
        "catalog.codes_lead_to_what_carries_them",
        "No code leads to an item that does not carry it.",
        "code_target",
        strays,
    ),
    never(
        "catalog.kits_are_made_of_plain_items",
        "No part of a kit is a kit itself.",
        """
        SELECT k.kit_id AS kit, k.part_id AS part FROM kit_part k
        WHERE EXISTS (SELECT 1 FROM kit_part p WHERE p.kit_id = k.part_id)
        ORDER BY k.kit_id, k.part_id
        """,
        over="kit_part",
    ),
    never(
        "catalog.a_scan_stands_for_units",
        "One scan of a barcode stands for at least one unit.",
        """
        SELECT id AS barcode, quantity_per_scan AS quantity FROM item_barcode
        WHERE quantity_per_scan < 1 ORDER BY id
        """,
        over="item_barcode",
    ),
)
