"""The picture of an item: shown, taken in, taken away."""

import re
from datetime import datetime

from flask import Response, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.catalog import actions, pictures, queries
from wms.catalog.web.blueprint import pages
from wms.catalog.web.items import item_again
from wms.kernel.edge import submit
from wms.kernel.refusal import Fault, NotFound, Refusal
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, LEADS, Role, allow

_NAME = re.compile(r"[0-9a-f]{64}\.webp")

FOR_EVER = "private, max-age=31536000, immutable"
"""A picture's name is its hash: under one name there is only ever one picture."""


class NoSuchPicture(NotFound):
    """There is no picture of that name."""

    sentence = "catalog.no_such_picture"


@pages.get("/items/pictures/<name>")
@allow(*EVERYBODY, Role.MACHINE, scope="catalog:read")
def picture(name: str) -> Response:
    """Show a picture by its name."""
    file = services().pictures / name
    if not _NAME.fullmatch(name) or not file.exists():
        raise NoSuchPicture
    return Response(file.read_bytes(), mimetype="image/webp", headers={"Cache-Control": FOR_EVER})


@pages.post("/items/<int:item_id>/picture")
@allow(*LEADS)
def set_picture(item_id: int) -> AnyResponse:
    """Give an item a picture in place of the one before."""
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise pictures.NoPicture(Fault("file", "catalog.picture_missing"))
        name = pictures.keep(services().pictures, file.read())
        file.seek(0)

        def do(session: Session, by: int, at: datetime) -> str:
            actions.set_picture(session, item_id=item_id, picture=name, by=by, at=at)
            return url_for("catalog.item", item_id=item_id)

        return submit("catalog.set_picture", do)
    except queries.NoSuchItem:
        raise
    except Refusal as refusal:
        return item_again(refusal, item_id, "picture")


@pages.post("/items/<int:item_id>/picture/remove")
@allow(*LEADS)
def remove_picture(item_id: int) -> AnyResponse:
    """Take an item's picture away."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.set_picture(session, item_id=item_id, picture=None, by=by, at=at)
        return url_for("catalog.item", item_id=item_id)

    return submit("catalog.set_picture", do)
