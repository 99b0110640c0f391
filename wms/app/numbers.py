"""Numbers in addresses."""

from werkzeug.routing import IntegerConverter, Map

from wms.kernel.paging import NUMBER_LIMIT


class HouseNumber(IntegerConverter):
    """A number as the house gives them out. A larger one is no page of ours, and no database could look it up."""

    def __init__(self, known: Map) -> None:
        super().__init__(known, max=NUMBER_LIMIT)
