"""What must always hold of labels, parcels and trucks: money is spent once, and nothing leaves without a label."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.codes.queries import normal
from wms.kernel.invariants import LEFT_LYING, Invariant, Row, never
from wms.packing.queries import PackageState
from wms.packing.tables import Package
from wms.shipping.lifecycle import LIVE, PURCHASE, State, Tracking
from wms.shipping.means import Means
from wms.shipping.tables import Shipment


def _of_labels(name: str, says: str, sql: str) -> Invariant:
    return never(f"shipping.{name}", says, sql, over="shipment")


_STATES = ", ".join(f"'{state.value}'" for state in State)
_LIVE = ", ".join(f"'{state.value}'" for state in sorted(LIVE))
_ENDED = ", ".join(
    f"'{state.value}'" for state in sorted(PURCHASE.ends) if state is not State.HANDED_OVER
)
_WAYS = ", ".join(f"'{state.value}'" for state in Tracking)
_MEANS = ", ".join(f"'{means.value}'" for means in Means)


def forgotten_purchases(session: Session) -> Iterator[Row]:
    """Yield labels that are being bought by their state, by nobody, while others were bought."""
    latest = session.scalar(select(func.max(Shipment.bought_at)))
    if latest is None:
        return
    lying = select(Shipment.id).where(
        Shipment.state == State.BUYING, Shipment.lease_until < latest - LEFT_LYING
    )
    for number in session.scalars(lying.order_by(Shipment.id)):
        yield {"shipment": number}


def labels_fit_their_packages(session: Session) -> Iterator[Row]:
    """Yield packages that wear a label which is not the one that was bought for them."""
    bought = Shipment.state.in_((State.BOUGHT, State.HANDED_OVER))
    labelled = (PackageState.LABELLED, PackageState.STAGED, PackageState.HANDED_OVER)
    worn = (
        select(Package.id, Package.label_code, Shipment.tracking_number)
        .outerjoin(Shipment, (Shipment.package_id == Package.id) & bought)
        .where(Package.state.in_(labelled))
        .order_by(Package.id)
        .execution_options(yield_per=1_000)
    )
    for package_id, code, number in session.execute(worn):
        if number is None or normal(number) != code:
            yield {"package": package_id, "label": code}


INVARIANTS = (
    _of_labels(
        "labels_are_in_a_known_state",
        "A label is in a state of its life, says how it comes about, and when that life ended.",
        f"""
        SELECT id AS shipment, state AS state FROM shipment
        WHERE state NOT IN ({_STATES}) OR tracking NOT IN ({_WAYS})
          OR means NOT IN ({_MEANS}, '')
          OR (state IN ({_ENDED})) <> (ended_at IS NOT NULL)
        ORDER BY id
        """,  # noqa: S608 - our own words
    ),
    _of_labels(
        "packages_have_one_live_label",
        "A package has at most one label that counts.",
        f"""
        SELECT package_id AS package, count(*) AS labels FROM shipment
        WHERE state IN ({_LIVE}) GROUP BY package_id HAVING count(*) > 1 ORDER BY package_id
        """,  # noqa: S608
    ),
    _of_labels(
        "purchases_were_asked_for",
        "What is being bought, or in doubt, says for which rate and since when.",
        """
        SELECT id AS shipment, state AS state FROM shipment
        WHERE state IN ('buying', 'in_doubt')
          AND (asked_at IS NULL OR rate_id = '' OR means <> 'shippo')
        ORDER BY id
        """,
    ),
    Invariant(
        "shipping.no_purchase_is_left_lying",
        "No label is being bought by a worker that died long ago, while others are bought.",
        "shipment",
        forgotten_purchases,
    ),
    _of_labels(
        "bought_labels_are_known_to_the_carrier",
        "A label that was bought has the number of its purchase, its tracking number and when it was bought.",
        """
        SELECT id AS shipment, state AS state FROM shipment
        WHERE state IN ('bought', 'handed_over', 'void_requested', 'void_refused')
          AND (tracking_number IS NULL OR bought_at IS NULL
            OR (means = 'shippo' AND (transaction_id IS NULL OR carrier = '')))
        ORDER BY id
        """,
    ),
    Invariant(
        "shipping.labelled_packages_have_a_bought_label",
        "A package that wears a label, or left with one, has a label that is ours, under the number that it wears.",
        "package",
        labels_fit_their_packages,
    ),
    _of_labels(
        "parcels_leave_with_their_package",
        "A label is handed over when its package is, in one truck.",
        """
        SELECT s.id AS shipment, s.state AS state, p.state AS package FROM shipment s
        JOIN package p ON p.id = s.package_id
        LEFT JOIN manifest_parcel m ON m.shipment_id = s.id
        WHERE (s.state = 'handed_over') <> (m.shipment_id IS NOT NULL)
          OR (s.state = 'handed_over') <> (s.handed_over_at IS NOT NULL)
          OR (s.state = 'handed_over' AND p.state <> 'handed_over')
        ORDER BY s.id
        """,
    ),
    _of_labels(
        "second_labels_name_the_first",
        "A label that stands for another is for the same package, and that one is over.",
        f"""
        SELECT n.id AS shipment, o.id AS replaces FROM shipment n JOIN shipment o ON o.id = n.replaces_id
        WHERE n.package_id <> o.package_id OR o.state IN ({_LIVE}) ORDER BY n.id
        """,  # noqa: S608
    ),
    _of_labels(
        "money_is_asked_back_for_strays_alone",
        "A purchase whose money was asked back as a stray's is no label that counts.",
        """
        SELECT s.id AS shipment, s.state AS state FROM shipment s
        JOIN outbox_call c ON c.key = 'label_refund:' || s.transaction_id
        WHERE s.state IN ('bought', 'handed_over') ORDER BY s.id
        """,
    ),
    never(
        "shipping.trucks_take_parcels_of_their_lane",
        "A truck takes parcels of its carrier, while it is being loaded.",
        """
        SELECT m.id AS manifest, s.id AS shipment FROM manifest_parcel a
        JOIN manifest m ON m.id = a.manifest_id JOIN shipment s ON s.id = a.shipment_id
        JOIN carrier_lane l ON l.id = m.lane_id
        WHERE (s.carrier <> '' AND lower(s.carrier) <> lower(l.carrier))
          OR (m.closed_at IS NOT NULL AND a.loaded_at > m.closed_at)
        ORDER BY s.id
        """,
        over="manifest",
    ),
    never(
        "shipping.carriers_are_believed_forwards",
        "Where a parcel is agrees with what its carrier said: delivered is never taken back by an older word.",
        """
        SELECT s.id AS shipment, s.tracking AS tracking FROM shipment s
        WHERE (s.tracking <> 'unknown' AND NOT EXISTS (
            SELECT 1 FROM tracking_event e WHERE e.shipment_id = s.id AND e.status = s.tracking))
          OR (s.tracking NOT IN ('delivered', 'returned') AND EXISTS (
            SELECT 1 FROM tracking_event e WHERE e.shipment_id = s.id AND e.status = 'delivered'))
        ORDER BY s.id
        """,
        over="shipment",
    ),
)
