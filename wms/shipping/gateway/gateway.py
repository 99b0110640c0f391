"""Asks the carrier platform for rates, labels, refunds and tracks. Holds no state but its budgets, and no database."""

from collections.abc import Collection

from wms.shipping.gateway.answers import Document, NoAnswer, Outcome, Purchase, Quote, Refund
from wms.shipping.gateway.asking import Address, Parcel
from wms.shipping.gateway.tracks import Track

ZPL = "ZPLII"
PDF = "PDF_4x6"


class Gateway:
    """One per process and key; any thread may call. `allow` are `host:port` pairs that need not be public.

    `rates`, `find`, `get`, `refund`, `document` and `track` raise NoAnswer; `buy` never does: its outcome tells.
    """

    def __init__(self, key: str, url: str, *, allow: Collection[str] = ()) -> None:
        self.key = key
        self.url = url
        self.allow = allow

    def rates(
        self,
        parcel: Parcel,
        sender: Address,
        recipient: Address,
        *,
        uid: str,
        is_return: bool = False,
    ) -> Quote:
        """Ask what it costs to send the parcel. An address or parcel that does not fit gives messages and no rates."""
        raise NotImplementedError

    def buy(self, rate_id: str, *, uid: str, file_type: str = ZPL) -> Outcome:
        """Buy the label, once: nothing in here asks a second time. `uid` goes with it as metadata."""
        raise NotImplementedError

    def find(self, rate_id: str, *, uid: str) -> Outcome | None:
        """Look whether the platform knows a purchase of this rate under this number; None: it knows none.

        From a tight budget (50 a minute, 10 with a test key). Of several, a bought one comes first.
        """
        raise NotImplementedError

    def purchases(self, rate_id: str) -> tuple[Purchase, ...]:
        """All purchases of this rate that the platform knows, whoever made them."""
        raise NotImplementedError

    def get(self, transaction_id: str) -> Outcome:
        """Look what became of a purchase. Never NotAsked or Unknown: then it raises NoAnswer."""
        raise NoAnswer("")

    def refund(self, transaction_id: str) -> Refund:
        """Give a label back. Asking again for the same label is harmless."""
        raise NotImplementedError

    def document(self, url: str) -> Document:
        """Fetch the label at once: its address ages. Raises UnfitDocument for what no printer may get."""
        raise NotImplementedError

    def track(self, carrier: str, number: str) -> Track:
        """Ask where a parcel is."""
        raise NotImplementedError
