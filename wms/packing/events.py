"""What happens to boxes between the tote and the truck."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class AboutPackage(Event):
    """A fact about one box of a fulfillment order."""

    subject: ClassVar[str] = "package"
    package_id: int
    fo_id: int


@dataclass(frozen=True)
class PackageOpened(AboutPackage):
    """A box stands open on a bench."""

    station_id: int | None


@dataclass(frozen=True)
class PackageFilled(AboutPackage):
    """Units went into the box, or, below zero, out of it again."""

    item_id: int
    quantity: int


@dataclass(frozen=True)
class PackageClosed(AboutPackage):
    """Nothing more goes in; so many units are inside."""

    box_type_id: int
    units: int


@dataclass(frozen=True)
class PackageWeighed(AboutPackage):
    """It is known what the box weighs: a label can be had for it."""

    weight_g: int


@dataclass(frozen=True)
class PackageReopened(AboutPackage):
    """The box is open again, or its weight was taken back: a label asked for it is not wanted any more."""


@dataclass(frozen=True)
class LabelAskedAgain(AboutPackage):
    """Somebody at the bench wants the label that could not be had."""


@dataclass(frozen=True)
class PackageLabelled(AboutPackage):
    """The box has a label that was paid for, or a number of its own."""


@dataclass(frozen=True)
class PackageUnlabelled(AboutPackage):
    """The label of the box does not count any more."""


@dataclass(frozen=True)
class LabelNumberTyped(AboutPackage):
    """Somebody typed or scanned the number of a label that was had elsewhere."""

    number: str


@dataclass(frozen=True)
class PackageStaged(AboutPackage):
    """The label was seen on the box: it can go to its lane."""


@dataclass(frozen=True)
class PackageRecalled(AboutPackage):
    """The box was taken back before it left."""


@dataclass(frozen=True)
class PackageHandedOver(AboutPackage):
    """The box left the house."""


@dataclass(frozen=True)
class PackageVoided(AboutPackage):
    """The box is no box of the order any more; nothing is in it."""


@dataclass(frozen=True)
class UnitsMissingAtPacking(Event):
    """Units that were picked are not in the tote."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    item_id: int
    location_id: int
    quantity: int


@dataclass(frozen=True)
class PackingUndone(Event):
    """A packer took the last thing back."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    package_id: int | None
    verb: str


@dataclass(frozen=True)
class PackingGivenBack(Event):
    """What was packed of a cancelled order lies in a tote again."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    location_id: int
    units: int
