"""What is announced about sheets and printers."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class AboutSheet(Event):
    """A fact about one print job. `about` and `about_id` name what the sheet is for, as in package 7."""

    subject: ClassVar[str] = "print_job"
    print_job_id: int
    kind: str
    about: str
    about_id: int | None


@dataclass(frozen=True)
class SheetAsked(AboutSheet):
    """Somebody, or the house, wants a sheet to come out of a printer."""

    device_id: int
    reprint_of_id: int | None
    reason: str


@dataclass(frozen=True)
class SheetRerouted(AboutSheet):
    """A sheet that had not been sent waits for another printer now."""

    from_device_id: int
    device_id: int


@dataclass(frozen=True)
class SheetSent(AboutSheet):
    """The printer took every byte; whether the sheet came out is another matter."""

    device_id: int
    attempt: int


@dataclass(frozen=True)
class SheetConfirmed(AboutSheet):
    """The sheet came out: the printer said so, its barcode was scanned, or a person saw it. `proof` says which."""

    proof: str


@dataclass(frozen=True)
class SheetUnsure(AboutSheet):
    """Nobody can know whether the sheet came out; somebody has to look, or scan it."""

    device_id: int
    cause: str


@dataclass(frozen=True)
class SheetWantedAgain(AboutSheet):
    """A person looked, and the sheet was not there: it is printed once more."""


@dataclass(frozen=True)
class SheetCancelled(AboutSheet):
    """The sheet is not needed any more, and never went out."""


@dataclass(frozen=True)
class SheetAbandoned(AboutSheet):
    """Nobody waits for the sheet any more, whether it came out or not."""

    reason: str


@dataclass(frozen=True)
class AboutPrinter(Event):
    """A fact about one printer."""

    subject: ClassVar[str] = "device"
    device_id: int


@dataclass(frozen=True)
class PrinterChanged(AboutPrinter):
    """A printer is in another condition than before."""

    was: str
    condition: str


@dataclass(frozen=True)
class PrinterHeld(AboutPrinter):
    """Somebody stopped a printer: nothing is sent to it until they let it go on."""


@dataclass(frozen=True)
class PrinterLetGo(AboutPrinter):
    """A printer that was stopped goes on."""


@dataclass(frozen=True)
class PrinterSetUp(AboutPrinter):
    """Which printer takes its sheets when it cannot, or how finely it prints, is another than before."""

    next_device_id: int | None
    dpi: int
