"""One order as a whole: what was bought, what is picked for it and from where, what stops it, and all that happened."""

from wms.desk.queries.order_story.lines import Bought, Picked, Source
from wms.desk.queries.order_story.whole import Story, story

__all__ = ["Bought", "Picked", "Source", "Story", "story"]
