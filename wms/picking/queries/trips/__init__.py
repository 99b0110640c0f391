"""The picture of a trip for the dialogue, read from the rows as they are."""

from wms.picking.queries.trips.picture import trip_of

__all__ = ["trip_of"]
