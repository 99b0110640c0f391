"""The picture of a bench for the dialogue, read from the rows as they are."""

from wms.packing.showing.boxes import box_in_hand
from wms.packing.showing.picture import job_of

__all__ = ["box_in_hand", "job_of"]
