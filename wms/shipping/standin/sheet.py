"""What a label says, before it is drawn in one language or another."""

from dataclasses import dataclass
from typing import Any

MARK = "SAMPLE - NOT FOR CARRIAGE"
LINE_LENGTH = 34


@dataclass(frozen=True)
class Sheet:
    """A label of four by six inches."""

    letter: str
    carrier: str
    service: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    weight: str
    date: str
    number: str
    reference: str

    @property
    def spaced_number(self) -> str:
        """The number as people read it: in fours."""
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))


def address_lines(address: dict[str, Any]) -> tuple[str, ...]:
    """Write an address in the lines of a label; the country in words of its own, as customs reads it."""
    part = {name: str(address.get(name) or "").strip() for name in ADDRESS}
    town = " ".join(word for word in (part["city"], part["state"], part["zip"]) if word)
    company = part["company"] if part["company"] != part["name"] else ""
    lines = [part["name"], company, part["street1"], part["street2"], town, part["country"]]
    return tuple(line[:LINE_LENGTH] for line in lines if line)


ADDRESS = ("name", "company", "street1", "street2", "city", "state", "zip", "country")
