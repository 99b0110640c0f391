"""The sheet that carries the label of a box, on its way through the printer."""

from sqlalchemy.orm import Session

from wms.packing.dialogue import Sheet
from wms.packing.tables import Package
from wms.printing import queries as printing


def label_sheet(session: Session, package: Package) -> Sheet | None:
    """Return the newest sheet that carries the label of a box."""
    if not package.label_code:
        return None
    found = printing.on_its_way(session, package.label_code)
    if found is None:
        return None
    return Sheet(
        job_id=found.job_id,
        number=found.number,
        state=found.state,
        printer=found.printer,
        condition=found.stopped_by,
        is_open=not found.is_over,
        picture=f"/printers/jobs/{found.job_id}/picture",
    )
