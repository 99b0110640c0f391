"""Every table of the house, gathered in one metadata."""

import wms.bins.tables
import wms.cases.tables
import wms.catalog.tables
import wms.channels.tables
import wms.codes.tables
import wms.counting.tables
import wms.floor.tables
import wms.kernel.tables
import wms.moving.tables
import wms.orders.tables
import wms.packing.tables
import wms.people.tables
import wms.picking.tables
import wms.printing.tables
import wms.returns.tables
import wms.shipping.tables
import wms.stations.tables
import wms.stock.tables
import wms.waves.tables  # noqa: F401 - importing a module adds its tables
from wms.kernel.columns import Table

__all__ = ["Table"]
