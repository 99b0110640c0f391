"""Printers for a house that is looked at: one at work, one out of labels; sheets in doubt, waiting and out."""

from typing import Any

from sqlalchemy.orm import Session

from labels.designs.house_label import house_label
from tests.visitors import done
from wms.kernel.services import Services
from wms.printing import actions as printing
from wms.printing.actions import attempting
from wms.printing.rules import Condition, Outcome
from wms.stations import actions as stations
from wms.stations.rules import DeviceKind, Part, StationKind

NOBODY_LISTENS = "zebra+tcp://127.0.0.1:9"

LABEL = house_label(
    service="OWN COURIER",
    lane="L-3",
    to=("Ada Byron", "12 St James's Square", "Dayton, OH 45402"),
    sender=("Binwave practice house", "1 Dock Road", "Dayton, OH 45404"),
    code="WXSP-000012",
    about="Order 10482",
    weight="1.20 kg",
)

CARRIER_LABEL = b"""^XA^CI28^PW812^LL1218
^FO30,30^A0N,60,60^FDUPS GROUND^FS^FO30,110^GB752,4,4^FS
^FO30,150^A0N,40,40^FDAda Byron^FS^FO30,200^A0N,40,40^FD12 St James's Square^FS
^FO30,250^A0N,40,40^FDDayton, OH 45402^FS^FO30,330^GB752,4,4^FS
^FO90,420^BY3^BCN,260,Y,N,N^FD1Z999AA10123456784^FS^XZ"""


def fill(house: Services) -> None:
    """Let sheets be asked for at two printers, and some of them be sent."""
    done(house, lambda session: _ask(session, {"by": 0, "at": house.clock.now()}))
    _send(house, Outcome.CONFIRMED, Condition.READY)
    _send(house, Outcome.BAD, Condition.PAPER_OUT)


def _ask(session: Session, who: dict[str, Any]) -> None:
    bench = stations.add_station(
        session, name="Bench with printers", kind=StationKind.PACKING, location_id=None, **who
    )
    for name in ("Zebra P1", "Zebra P2"):
        printer = stations.add_device(
            session, name=name, kind=DeviceKind.PRINTER, address=NOBODY_LISTENS, **who
        )
        stations.bind(session, station_id=bench.id, device_id=printer.id, part=Part.LABELS, **who)
        facts = {"printer_id": printer.id, "station_id": bench.id, **who}
        printing.ask(
            session,
            kind="carrier_label",
            title="Label of P-000014",
            document=CARRIER_LABEL,
            media_type="application/zpl",
            expects="1Z999AA10123456784",
            **facts,
        )
        for number in ("P-000012", "P-000013"):
            title = f"Label of {number}"
            printing.ask(session, kind="house_label", title=title, label=LABEL, **facts)


def _send(house: Services, outcome: Outcome, condition: Condition) -> None:
    """Let the next sheet be tried, with what came of it."""
    at = house.clock.now()

    def do(session: Session) -> None:
        claimed = attempting.claim_next(session, at=at)
        assert claimed is not None
        attempting.record(
            session,
            attempt_id=claimed.attempt_id,
            outcome=outcome,
            condition=condition,
            evidence={"why": f"{condition}, 1 waiting"},
            by=0,
            at=at,
        )

    done(house, do)
