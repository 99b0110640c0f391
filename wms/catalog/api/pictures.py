"""Pictures of products, for machines."""

from datetime import datetime

from flask import Response
from flask_openapi import FileStorage
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from wms.catalog import actions, pictures
from wms.catalog.api.blueprint import WRITE, WRITERS, ProductPath, api
from wms.catalog.api.products import ProductShown, product
from wms.kernel.edge import Reply, expected_version, perform, versioned
from wms.kernel.services import services
from wms.people.policy import allow


class Picture(BaseModel):
    """A file: JPEG, PNG, WebP or GIF, up to 12 MB and 50 million picture elements."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: FileStorage = Field(description="What it is called does not matter.")


@api.post(
    "/products/<int:product_id>/picture",
    summary="Give a product its picture",
    responses={200: ProductShown},
)
@allow(*WRITERS, scope=WRITE)
def set_picture(path: ProductPath, form: Picture) -> Response:
    """It takes the place of the one before."""
    expected = expected_version()
    name = pictures.keep(services().pictures, form.file.read())
    form.file.seek(0)

    def do(session: Session, by: int, at: datetime) -> Reply:
        item = actions.set_picture(
            session, item_id=path.product_id, picture=name, expected=expected, by=by, at=at
        )
        return versioned(product(session, item), item.version)

    return perform("catalog.set_picture", do)


@api.delete(
    "/products/<int:product_id>/picture",
    summary="Take a product's picture away",
    responses={200: ProductShown},
)
@allow(*WRITERS, scope=WRITE)
def remove_picture(path: ProductPath) -> Response:
    """The version in If-Match must be the one it has."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        item = actions.set_picture(
            session, item_id=path.product_id, picture=None, expected=expected, by=by, at=at
        )
        return versioned(product(session, item), item.version)

    return perform("catalog.set_picture", do)
