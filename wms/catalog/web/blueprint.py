"""The pages of this slice, and the words their lists offer."""

from flask import Blueprint
from flask_babel import gettext as _

from wms.catalog.queries import BarcodeKind

pages = Blueprint("catalog", __name__)


def printed_on() -> list[tuple[str, str]]:
    """Return in words what a barcode may be printed on."""
    return [
        (BarcodeKind.UNIT, _("One unit")),
        (BarcodeKind.PACK, _("A pack")),
        (BarcodeKind.CASE, _("A case")),
    ]


@pages.app_template_filter("printed_on")
def printed_on_in_words(kind: str) -> str:
    """Return in words what a barcode is printed on."""
    return dict(printed_on()).get(kind, kind)


@pages.app_template_filter("millimetres")
def sizes_in_words(sides: tuple[int | None, ...]) -> str:
    """Return sizes as people write them, a dash for a side that nobody measured; nothing where all are unknown."""
    if not any(sides):
        return ""
    return " × ".join(str(side) if side else "–" for side in sides) + " mm"
