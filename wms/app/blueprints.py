"""Every page and every API of every slice, in the order of the house. A new slice adds its line."""

from flask import Blueprint

from wms.app import api as app_api
from wms.bins import api as bins_api
from wms.bins import web as bins
from wms.cases import api as cases_api
from wms.catalog import api as catalog_api
from wms.catalog import web as catalog
from wms.channels import web as channels
from wms.counting import api as counting_api
from wms.counting import web as counting
from wms.desk import web as desk
from wms.floor import api as floor_api
from wms.floor import web as floor
from wms.kernel.blueprint import ApiBlueprint
from wms.moving import api as moving_api
from wms.moving import web as moving
from wms.orders import api as orders_api
from wms.orders import web as orders
from wms.packing import api as packing_api
from wms.packing import web as packing
from wms.people import api as people_api
from wms.people import web as people
from wms.picking import api as picking_api
from wms.picking import web as picking
from wms.printing import api as printing_api
from wms.printing import web as printing
from wms.returns import api as returns_api
from wms.returns import web as returns
from wms.shipping import api as shipping_api
from wms.shipping import web as shipping
from wms.stations import api as stations_api
from wms.stations import web as stations
from wms.stock import api as stock_api
from wms.stock import web as stock
from wms.waves import api as waves_api
from wms.waves import web as waves

APIS: tuple[ApiBlueprint, ...] = (
    people_api.api,
    stations_api.api,
    cases_api.api,
    catalog_api.api,
    bins_api.api,
    printing_api.api,
    stock_api.api,
    moving_api.api,
    counting_api.api,
    orders_api.api,
    waves_api.api,
    picking_api.api,
    packing_api.api,
    shipping_api.api,
    returns_api.api,
    floor_api.api,
    app_api.api,
)

PAGES: tuple[Blueprint, ...] = (
    people.pages,
    stations.pages,
    catalog.pages,
    bins.pages,
    printing.pages,
    stock.pages,
    floor.pages,
    moving.pages,
    counting.pages,
    channels.pages,
    waves.pages,
    picking.pages,
    packing.pages,
    shipping.pages,
    returns.pages,
    orders.pages,
    desk.pages,
)

HOOKS: tuple[Blueprint, ...] = (shipping.hooks.hooks,)
"""Where others call in who prove themselves otherwise than people and tokens do."""
