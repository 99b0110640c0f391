"""The scanner check: three printed codes tell how a device's scanner types, and one tap keeps it."""

from flask import redirect, render_template, request, url_for
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.commands import HOUSE, Command, fresh_key
from wms.kernel.forms import NotKept
from wms.kernel.services import services
from wms.people.drawn import code128
from wms.people.policy import LEADS, allow, public
from wms.stations import actions
from wms.stations.here import device_here, enrolled_here
from wms.stations.web.pages import found_words, pages

CODES = ("AQZWYM0123", "BinWave", "12-34/56")
"""Letters that change their place between keyboards, both cases, and signs that need the shift key on some."""


class Found(BaseModel):
    """What the check found out."""

    model_config = ConfigDict(extra="ignore")

    suffix: str = Field(pattern="^(enter|numpadenter|tab|silence|text)$")
    layout: str = Field(pattern="^(us|own)$")
    case: str = Field(pattern="^(kept|upper|lower|swapped)$")
    gap: int = Field(ge=0, le=1000)


@pages.get("/scanner")
@public()
def scanner() -> str:
    """Have three codes scanned."""
    pictures = [(code, code128(code)) for code in CODES]
    return render_template(
        "stations/scanner.html",
        device=device_here(),
        pictures=pictures,
        codes=list(CODES),
        found_words=found_words(),
    )


@pages.post("/scanner")
@public()
def keep_scanner() -> AnyResponse:
    """Keep what was found out, for this device."""
    device_id, now = enrolled_here().id, services().clock.now()
    try:
        found = Found.model_validate(request.form.to_dict())
    except ValidationError:
        raise NotKept from None

    def do(session: Session) -> None:
        facts = found.model_dump()
        actions.keep_scanner(session, device_id=device_id, found=facts, by=HOUSE, at=now)

    act = Command("stations.keep_scanner", fresh_key(), HOUSE, now, device_id=device_id)
    services().database.write(act, do)
    return redirect(url_for("stations.floor_sign_in"), code=303)


@pages.get("/scanner/sheet")
@allow(*LEADS)
def scanner_sheet() -> str:
    """Show the three codes to be printed."""
    pictures = [(code, code128(code)) for code in CODES]
    return render_template("stations/scanner_sheet.html", pictures=pictures)
