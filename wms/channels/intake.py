"""One file of orders on its way into the house: looked at batch by batch, then brought in batch by batch."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from wms.channels import notices
from wms.channels.counts import Tally
from wms.channels.filed import Fate, Filed, FiledLine, FiledOrder, FiledReversal, Notice
from wms.channels.grouping import UNTOLD, Row
from wms.channels.knowing import Knowing, KnownOrder
from wms.channels.layouts import Layout
from wms.channels.retail import CHANNEL as RETAIL
from wms.codes.queries import shown
from wms.kernel.outbox import store_so_far
from wms.kernel.sheets import Reading
from wms.orders import actions as orders
from wms.orders.drafts import Draft, DraftLine, Payment
from wms.orders.holds import HoldKind, Step

CANCELLED_THERE = "Cancelled in the shop."
PART_REFUNDED = "Part of the money was given back; the file does not say for which lines."


class Intake:
    """Everything that is known while one file comes in."""

    def __init__(
        self, session: Session, reading: Reading[Row], layout: Layout, *, by: int, at: datetime
    ) -> None:
        """Take the file and what kind of file it is."""
        self.session, self.reading, self.layout, self.by, self.at = session, reading, layout, by, at
        self.counts = Tally()
        self.knowing = Knowing(session)
        self._later: list[Notice] = []

    def look(self, batch: Sequence[Filed]) -> None:
        """Blame what does not fit what is here, and count what the batch would do."""
        self.knowing.learn_items(line.sku for filed in batch for line in filed.lines)
        known, told = self._known(batch), self._told(batch)
        for filed in batch:
            order = known.get((filed.channel, filed.source_id))
            if isinstance(filed, FiledOrder) and order:
                self._look_at_known(filed, order)
            elif isinstance(filed, FiledOrder):
                self._look_at_new(filed)
            else:
                self._look_at_notice(filed, is_known=_name(filed) in told)

    def bring_in(self, batch: Sequence[Filed]) -> None:
        """Bring the new orders of a batch in, and cancel what the shop has cancelled since."""
        self.knowing.learn_items(line.sku for filed in batch for line in filed.lines)
        known, told = self._known(batch), self._told(batch)
        fresh = []
        for filed in batch:
            if not isinstance(filed, FiledOrder):
                self._later += [filed] if _name(filed) not in told else []
            elif order := known.get((filed.channel, filed.source_id)):
                self._cancel_if_said(filed, order)
            elif filed.fate is Fate.DUE:
                fresh.append(self._draft(filed))
        numbers = orders.bring_in(self.session, fresh, by=self.by, at=self.at) if fresh else []
        for draft, number in zip(fresh, numbers, strict=True):
            if number is not None and draft.payment == Payment.PARTLY_REFUNDED:
                self._hold(number)
        store_so_far(self.session)

    def finish(self) -> None:
        """Do last what concerns orders of any batch: take back, and correct the stock."""
        notices.carry_out(
            self.session, self._later, self.knowing, self.counts, by=self.by, at=self.at
        )

    def _known(self, batch: Iterable[Filed]) -> dict[tuple[str, str], KnownOrder]:
        told = [filed for filed in batch if isinstance(filed, FiledOrder)]
        return self.knowing.orders((filed.channel, filed.source_id) for filed in told)

    def _told(self, batch: Iterable[Filed]) -> set[tuple[str, str, str]]:
        return self.knowing.notices(its for its in batch if not isinstance(its, FiledOrder))

    def _look_at_known(self, filed: FiledOrder, order: KnownOrder) -> None:
        placed_at = filed.head.placed_at
        if placed_at not in (UNTOLD, order.placed_at):
            values = {"order": shown(filed.source_id), "known": f"{order.placed_at:%Y-%m-%d %H:%M}"}
            self._blame(filed.row, self.layout.key, "channels.known_otherwise", **values)
        elif filed.fate is Fate.CANCELLED and order.is_open:
            self.counts.cancelled += 1
        else:
            self.counts.unchanged += 1

    def _look_at_new(self, filed: FiledOrder) -> None:
        tally = self.counts
        match filed.fate:
            case Fate.DUE:
                tally.created += 1
                tally.lines += len(filed.lines)
                tally.units += sum(line.quantity for line in filed.lines)
                tally.addresses_made_up += filed.channel == RETAIL
                for line in filed.lines:
                    self._look_at_line(line)
            case Fate.CANCELLED:
                tally.cancelled_before += 1
            case Fate.SENT:
                tally.sent_before += 1
            case Fate.REFUNDED:
                tally.refunded_before += 1
            case Fate.NOTHING:
                tally.nothing_to_send += 1
        tally.lines_left_out += filed.left_out

    def _look_at_notice(self, filed: Notice, *, is_known: bool) -> None:
        if is_known:
            self.counts.notices_known += 1
        elif isinstance(filed, FiledReversal):
            self.counts.reversals += 1
        else:
            self.counts.corrections += 1
        for line in filed.lines:
            if self.knowing.item(line.sku) is None:
                self._blame(
                    line.row, self.layout.sku, "channels.unknown_sku", found=shown(line.sku)
                )

    def _look_at_line(self, line: FiledLine) -> None:
        item = self.knowing.item(line.sku)
        if item is None:
            self._blame(line.row, self.layout.sku, "channels.unknown_sku", found=shown(line.sku))
        elif item.is_archived:
            self._blame(line.row, self.layout.sku, "channels.item_archived", found=shown(line.sku))

    def _blame(self, row: int, column: str, sentence: str, **values: str) -> None:
        self.reading.blame(row, column, sentence, **values)

    def _draft(self, filed: FiledOrder) -> Draft:
        head = filed.head
        lines = tuple(
            DraftLine(self._item_id(its), its.quantity, its.price_minor, its.personalisation)
            for its in filed.lines
        )
        return replace(
            head,
            channel_id=self.knowing.channel(filed.channel, by=self.by, at=self.at),
            lines=lines,
            placed_at=self.at if head.placed_at == UNTOLD else head.placed_at,
        )

    def _item_id(self, line: FiledLine) -> int:
        item = self.knowing.item(line.sku)
        assert item is not None, "every line was looked at before anything is written"
        return item.id

    def _cancel_if_said(self, filed: FiledOrder, order: KnownOrder) -> None:
        if filed.fate is Fate.CANCELLED and order.is_open:
            orders.cancel(
                self.session, order_id=order.id, reason=CANCELLED_THERE, by=self.by, at=self.at
            )

    def _hold(self, order_id: int) -> None:
        orders.hold(
            self.session,
            order_id=order_id,
            kind=HoldKind.PAYMENT,
            blocks=Step.RELEASE,
            reason=PART_REFUNDED,
            by=self.by,
            at=self.at,
        )


def _name(notice: Notice) -> tuple[str, str, str]:
    return (notice.channel, notice.source_id, notice.kind)
