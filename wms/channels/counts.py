"""What a file of orders did, or would do, in figures. Pure."""

from dataclasses import asdict, dataclass


@dataclass
class Tally:
    """Orders, lines and units of one file, each counted as what it is."""

    created: int = 0
    """New orders."""
    unchanged: int = 0
    """Orders that were known already."""
    lines: int = 0
    units: int = 0
    """Of the new orders."""
    cancelled: int = 0
    """Known orders that the shop has cancelled since."""
    cancelled_before: int = 0
    sent_before: int = 0
    refunded_before: int = 0
    nothing_to_send: int = 0
    """Orders that were over before we heard of them, and those of which nothing is ever sent."""
    lines_left_out: int = 0
    """Lines that are nothing on a shelf, or were sent already."""
    reversals: int = 0
    units_cancelled: int = 0
    units_to_return: int = 0
    """Invoices that take back: what of it was still here, and what is to come back."""
    corrections: int = 0
    units_struck: int = 0
    units_not_there: int = 0
    """Corrections of stock: what was struck off, and what was not there to be struck off."""
    notices_known: int = 0
    """Reversals and corrections that were carried out before."""
    addresses_made_up: int = 0

    def told(self) -> dict[str, int]:
        """Return the figures by name; those of rare things only where there are some."""
        always = ("created", "unchanged", "lines", "units")
        return {name: count for name, count in asdict(self).items() if count or name in always}
