"""The platform's calls that the warehouse uses, each made by its SDK with a wire of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from shippo import Shippo
from shippo.models import components, operations

from wms.shipping.gateway.asking import Address, Parcel
from wms.shipping.gateway.heard import Answer, Answered, NotSent
from wms.shipping.gateway.outbound import Outside
from wms.shipping.gateway.wire import Wire

PAGE = 100
"""As many purchases as the platform lists at once."""


@dataclass(frozen=True)
class Line:
    """Asks one question at a time and hands the answer back as it came. Raises NotSent and Lost."""

    key: str
    url: str
    outside: Outside
    connect_s: float
    read_s: float

    def request_rates(
        self, parcel: Parcel, sender: Address, recipient: Address, *, metadata: str, is_return: bool
    ) -> Answer:
        """Ask for rates. For a return label the platform wants the way there and turns it round itself."""
        asked = components.ShipmentCreateRequest(
            address_from=_address(sender),
            address_to=_address(recipient),
            parcels=[_parcel(parcel)],
            metadata=metadata,
            extra=components.ShipmentExtra(is_return=True) if is_return else None,
            async_=False,
        )
        return self._ask(lambda platform: platform.shipments.create(asked))

    def buy(
        self,
        rate_id: str,
        *,
        metadata: str,
        file_type: str,
        is_late: Callable[[], bool] | None = None,
    ) -> Answer:
        """Buy a label, unless it is too late by the time when the request goes out."""
        asked = components.TransactionCreateRequest(
            rate=rate_id,
            metadata=metadata,
            label_file_type=components.LabelFileTypeEnum(file_type),
            async_=False,
        )
        return self._ask(lambda platform: platform.transactions.create(asked), is_late)

    def purchase(self, transaction_id: str) -> Answer:
        """Look at one purchase."""
        known = _segment(transaction_id)
        return self._ask(lambda platform: platform.transactions.get(known))

    def purchases(self, rate_id: str, page: int) -> Answer:
        """List the purchases of a rate."""
        asked = operations.ListTransactionsRequest(rate=rate_id, page=page, results=PAGE)
        return self._ask(lambda platform: platform.transactions.list(asked))

    def all_purchases(self, page: int) -> Answer:
        """List what was bought with our key, for whatever rate."""
        asked = operations.ListTransactionsRequest(page=page, results=PAGE)
        return self._ask(lambda platform: platform.transactions.list(asked))

    def rate(self, rate_id: str) -> Answer:
        """Look at one rate."""
        known = _segment(rate_id)
        return self._ask(lambda platform: platform.rates.get(known))

    def refund(self, transaction_id: str) -> Answer:
        """Give a label back."""
        return self._ask(
            lambda platform: platform.refunds.create(transaction=transaction_id, async_=False)
        )

    def track(self, carrier: str, number: str) -> Answer:
        """Ask where a parcel is."""
        carrier, number = _segment(carrier), _segment(number)
        return self._ask(
            lambda platform: platform.tracking_status.get(tracking_number=number, carrier=carrier)
        )

    def fetch(self, url: str) -> Answer:
        """Fetch what lies at an address that the platform gave. Our key stays here."""
        try:
            with self._wire() as wire:
                wire.get(url)
        except Answered as answered:
            return answered.answer
        raise AssertionError("a wire always raises what came of it")

    def _ask(
        self, question: Callable[[Shippo], object], is_late: Callable[[], bool] | None = None
    ) -> Answer:
        try:
            with self._wire(is_late) as wire:
                question(Shippo(api_key_header=self.key, server_url=self.url, client=wire))
        except Answered as answered:
            return answered.answer
        raise AssertionError("a wire always raises what came of it")

    def _wire(self, is_late: Callable[[], bool] | None = None) -> Wire:
        return Wire(self.outside, connect_s=self.connect_s, read_s=self.read_s, is_late=is_late)


def _address(address: Address) -> components.AddressCreateRequest:
    """Write an address. Without a name the platform fails only when the label is bought, and does not say why."""
    return components.AddressCreateRequest(
        name=address.name or address.company,
        company=address.company or None,
        street1=address.street1,
        street2=address.street2 or None,
        city=address.city,
        state=address.province or None,
        zip=address.zip,
        country=address.country,
        phone=address.phone or None,
        email=address.email or None,
    )


def _parcel(parcel: Parcel) -> components.ParcelCreateRequest:
    return components.ParcelCreateRequest(
        length=str(parcel.length_mm),
        width=str(parcel.width_mm),
        height=str(parcel.height_mm),
        distance_unit=components.DistanceUnitEnum.MM,
        weight=str(parcel.weight_g),
        mass_unit=components.WeightUnitEnum.G,
    )


def _segment(word: str) -> str:
    """Write a word as one part of a path: the SDK puts it there as it is."""
    if not word.strip("."):
        raise NotSent(f"{word!r} cannot be asked about")
    return quote(word, safe="")
