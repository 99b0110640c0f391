"""Which warehouse works on an order: the first that has all of it, or else the first of the house."""

from typing import Any

from wms.kernel.decisions import Plain, Rule


def choose(inputs: Plain) -> dict[str, Any]:
    """Say which warehouse, why, and why not the others. What is free of each item is as it was read, unlocked."""
    whole = [house for house in inputs["warehouses"] if _has_all(inputs["wanted"], house["free"])]
    chosen = (whole or inputs["warehouses"])[0]
    return {
        "warehouse": chosen["id"],
        "why": "has_all" if whole else "first",
        "passed": [
            [house["id"], "later" if house in whole or not whole else "lacks"]
            for house in inputs["warehouses"]
            if house is not chosen
        ],
    }


ROUTE = Rule("orders.route", 1, choose)


def _has_all(wanted: list[list[int]], free: list[int]) -> bool:
    return all(there >= units for (_, units), there in zip(wanted, free, strict=True))
