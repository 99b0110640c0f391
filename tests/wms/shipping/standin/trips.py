"""Short words for tests that buy labels from the stand-in."""

from typing import Any

import requests

from wms.shipping.gateway import Address, Gateway, Parcel, Quote

KEY = "shippo_practice_1"
HEADERS = {"Authorization": f"ShippoToken {KEY}"}
SENDER = Address("Mill House", "1 Mill Lane", "Newark", "07101", "US", province="NJ")
RECIPIENT = Address("Ida Brook", "2 Elm Street", "Los Angeles", "90001", "US", province="CA")
ABROAD = Address("Jörg Weiß", "Ahornweg 3", "Köln", "50667", "DE")
BOX = Parcel(300, 200, 100, 1_200)


def quoted(
    gateway: Gateway, recipient: Address = RECIPIENT, parcel: Parcel = BOX, uid: str = "u1"
) -> Quote:
    return gateway.rates(parcel, SENDER, recipient, uid=uid)


def rate(gateway: Gateway, carrier: str = "USPS", recipient: Address = RECIPIENT) -> str:
    return next(one.id for one in quoted(gateway, recipient).rates if one.carrier == carrier)


def plant(url: str, kind: str, **more: Any) -> None:
    assert requests.post(f"{url}/faults", json={"kind": kind, **more}, timeout=5).status_code == 201


def advance(url: str, number: str, status: str, **more: Any) -> dict:
    body = {"tracking_number": number, "status": status, **more}
    answer = requests.post(f"{url}/advance", json=body, timeout=20)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ledger(url: str) -> dict:
    return requests.get(f"{url}/ledger", timeout=5).json()
