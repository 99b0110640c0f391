"""Asks the carrier platform for rates, labels, refunds and tracks. Holds no state but its budgets, and no database."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from wms.shipping.gateway.answers import (
    Bought,
    Document,
    NoAnswer,
    NotAsked,
    Outcome,
    Price,
    Purchase,
    Queued,
    Quote,
    Refund,
    RefundState,
    Sold,
    UnfitDocument,
    Unknown,
)
from wms.shipping.gateway.asking import Address, Parcel, marked
from wms.shipping.gateway.budgets import Question, budgets
from wms.shipping.gateway.carriers import tracking_word
from wms.shipping.gateway.fields import text
from wms.shipping.gateway.heard import (
    SLOWER,
    Answer,
    Lost,
    NotSent,
    complaints,
    purchased,
    usable,
)
from wms.shipping.gateway.outbound import NotOutside, Outside, pair
from wms.shipping.gateway.purchases import read_page, read_price, read_purchase, read_purchases
from wms.shipping.gateway.quotes import read_quote
from wms.shipping.gateway.sheets import looked_at
from wms.shipping.gateway.tracks import Track, read_track

if TYPE_CHECKING:
    from wms.shipping.gateway.line import Line

SHIPPO = "https://api.goshippo.com"
ZPL = "ZPLII"
PDF = "PDF_4x6"
CONNECT_S = 3.05
READ_S = 30.0
BUSY = "as many questions as a minute allows are asked"
PAGES = 5
"""More purchases of one rate than fit on so many pages of a hundred are not looked for."""

REFUNDS = {
    "QUEUED": RefundState.QUEUED,
    "PENDING": RefundState.PENDING,
    "SUCCESS": RefundState.REFUNDED,
    "ERROR": RefundState.REJECTED,
}


class Gateway:
    """One per process and key; any thread may call. `allow` are `host:port` pairs that need not be public.

    `rates`, `find`, `purchases`, `sold`, `price`, `get`, `refund`, `document` and `track` raise NoAnswer; `buy` never
    does: its outcome tells. Nothing is ever asked twice by itself.
    """

    def __init__(
        self,
        key: str,
        url: str = SHIPPO,
        *,
        allow: Collection[str] = (),
        connect_s: float = CONNECT_S,
        read_s: float = READ_S,
    ) -> None:
        self._key = key
        self._url = url
        self._outside = Outside(frozenset({*allow, pair(url)}))
        self._connect_s = connect_s
        self._read_s = read_s
        self._budgets = budgets(key)

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
        answer = self._ask(
            Question.POST,
            lambda line: line.request_rates(
                parcel, sender, recipient, metadata=marked(uid), is_return=is_return
            ),
        )
        if answer.is_refusal:
            return Quote("", (), complaints(answer))
        quote = read_quote(usable(answer))
        if not quote.request_id:
            raise NoAnswer("the answer names no request")
        return quote

    def buy(
        self,
        rate_id: str,
        *,
        uid: str,
        file_type: str = ZPL,
        is_late: Callable[[], bool] | None = None,
    ) -> Outcome:
        """Buy the label, once: nothing in here asks a second time. `uid` goes with it as metadata.

        `is_late` is asked right before the request goes out: what came too late is NotAsked.
        """
        if wait_s := self._budgets[Question.POST].take():
            return NotAsked(BUSY, wait_s)
        try:
            answer = self._line.buy(
                rate_id, metadata=marked(uid), file_type=file_type, is_late=is_late
            )
        except (NotSent, NotOutside) as trouble:
            return NotAsked(str(trouble))
        except Lost as trouble:
            return Unknown(str(trouble))
        return purchased(self._slowed(Question.POST, answer))

    def find(self, rate_id: str, *, uid: str) -> Outcome | None:
        """Look whether the platform knows a purchase of this rate under this number; None: it knows none.

        From a tight budget (50 a minute, 10 with a test key). Of several, a bought one comes first.
        """
        ours = [known.outcome for known in self.purchases(rate_id) if known.uid == uid]
        return min(ours, key=_how_much_was_spent, default=None)

    def purchases(self, rate_id: str) -> tuple[Purchase, ...]:
        """All purchases of this rate that the platform knows, whoever made them.

        An answer that is not surely the whole list raises NoAnswer: "it was never bought" is believed from it.
        """
        known: list[Purchase] = []
        for page in range(1, PAGES + 1):
            answer = self._ask(Question.LIST, partial(_listed, rate_id, page))
            listed = usable(answer)
            known += read_purchases(listed)
            if not text(listed, "next"):
                return tuple(one for one in known if one.rate_id in {"", rate_id})
        raise NoAnswer(f"one rate has more than {PAGES} pages of purchases")

    def sold(self, page: int) -> Sold:
        """All purchases made with our key, a page of a hundred at a time, counted from 1. From the same tight budget.

        The platform promises no order. In the one that it keeps today the newest come first.
        """
        return read_page(usable(self._ask(Question.LIST, lambda line: line.all_purchases(page))))

    def price(self, rate_id: str) -> Price | None:
        """Ask what a rate costs; None where the platform tells no price."""
        return read_price(usable(self._ask(Question.GET, lambda line: line.rate(rate_id))))

    def get(self, transaction_id: str) -> Outcome:
        """Look what became of a purchase. Never NotAsked or Unknown: then it raises NoAnswer."""
        told = usable(self._ask(Question.GET, lambda line: line.purchase(transaction_id)))
        purchase = read_purchase(told)
        if purchase is None:
            raise NoAnswer("the answer names no purchase")
        return purchase.outcome

    def refund(self, transaction_id: str) -> Refund:
        """Give a label back. Asking again for the same label is harmless: it tells how the first one stands."""
        answer = self._ask(Question.POST, lambda line: line.refund(transaction_id))
        if answer.is_refusal:
            return self._refund_before(transaction_id, complaints(answer))
        told = usable(answer)
        state = REFUNDS.get(text(told, "status").upper(), RefundState.PENDING)
        return Refund(text(told, "object_id"), state)

    def document(self, url: str) -> Document:
        """Fetch the label at once: its address ages. Raises UnfitDocument for what no printer may get."""
        try:
            answer = self._fetched(url)
        except NotOutside as trouble:
            raise UnfitDocument(str(trouble)) from trouble
        if not answer.is_good:
            raise NoAnswer(f"the label's address answered {answer.status}")
        return looked_at(answer.body)

    def track(self, carrier: str, number: str) -> Track:
        """Ask where a parcel is. One that the platform does not follow is on no way that it knows of."""
        answer = self._ask(Question.TRACK, lambda line: line.track(tracking_word(carrier), number))
        if answer.is_refusal:
            return Track(carrier, number, "", ())
        return read_track(usable(answer))

    def _ask(self, question: Question, call: Callable[["Line"], Answer]) -> Answer:
        """Ask something that buys nothing, within its budget."""
        if wait_s := self._budgets[question].take():
            raise NoAnswer(BUSY, wait_s)
        try:
            return self._slowed(question, call(self._line))
        except (NotSent, NotOutside, Lost) as trouble:
            raise NoAnswer(str(trouble)) from trouble

    def _slowed(self, question: Question, answer: Answer) -> Answer:
        """Ask nothing more of the kind for a while when the platform says so, and say how long that is."""
        if answer.status != SLOWER:
            return answer
        return replace(answer, after_s=self._budgets[question].close(answer.after_s))

    def _fetched(self, url: str) -> Answer:
        try:
            return self._line.fetch(url)
        except (NotSent, Lost) as trouble:
            raise NoAnswer(str(trouble)) from trouble

    def _refund_before(self, transaction_id: str, messages: tuple[str, ...]) -> Refund:
        """A refund that is refused may have been asked for before: then that one counts."""
        known = self.get(transaction_id)
        if isinstance(known, Bought) and known.refund is not None:
            return Refund("", known.refund, messages)
        return Refund("", RefundState.REJECTED, messages)

    @cached_property
    def _line(self) -> "Line":
        """The SDK takes a good part of a second to import: only those who ask pay for it."""
        from wms.shipping.gateway.line import Line  # noqa: PLC0415

        return Line(self._key, self._url, self._outside, self._connect_s, self._read_s)


def _how_much_was_spent(outcome: Outcome) -> int:
    """Sort what is bought first, then what may yet be, then what never was; what was given back comes after."""
    match outcome:
        case Bought(refund=None):
            return 0
        case Queued():
            return 1
        case Bought():
            return 2
        case _:
            return 3


def _listed(rate_id: str, page: int, line: "Line") -> Answer:
    return line.purchases(rate_id, page)
