"""A label that came out of a virtual printer."""

from dataclasses import dataclass
from io import BytesIO

import zxingcpp
from PIL import Image

from devices.virtual.formats import Format
from devices.virtual.zpl import draw


@dataclass(frozen=True)
class Sheet:
    """What it was printed from, and, drawn when they are asked for, its picture and the codes on it."""

    number: int
    """The first sheet that left the printer is 1."""
    format: Format
    dpi: int
    arrived_at: float
    """When its first byte came, by `time.monotonic`."""
    printed_at: float

    @property
    def data(self) -> bytes:
        """The bytes of the label, from ^XA to ^XZ."""
        return self.format.data

    def picture(self) -> Image.Image:
        """Draw the label, dot by dot."""
        return draw(self.format.kept + self.data, self.dpi)[-1]

    def png(self) -> bytes:
        """Return the picture as a PNG that knows its size on paper."""
        file = BytesIO()
        self.picture().save(file, "PNG", dpi=(self.dpi, self.dpi))
        return file.getvalue()

    def codes(self) -> list[str]:
        """Return what a scanner reads on the label."""
        return [found.text for found in zxingcpp.read_barcodes(self.picture())]
