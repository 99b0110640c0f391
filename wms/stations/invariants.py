"""What must always hold of devices: what was revoked opens nothing, and every invitation let in one device."""

from wms.kernel.invariants import never

INVARIANTS = (
    never(
        "stations.revoked_means_out",
        "Nobody is signed in on a device that was revoked.",
        """
        SELECT s.id AS session, d.name AS device FROM user_session s JOIN device d ON d.id = s.device_id
        WHERE s.ended_at IS NULL AND d.revoked_at IS NOT NULL ORDER BY s.id
        """,
        over="user_session",
    ),
    never(
        "stations.sessions_are_on_known_devices",
        "Whoever signed in on a device did so on one that the house knows.",
        """
        SELECT s.id AS session, s.device_id AS device FROM user_session s
        LEFT JOIN device d ON d.id = s.device_id
        WHERE s.device_id IS NOT NULL AND d.id IS NULL ORDER BY s.id
        """,
        over="user_session",
    ),
    never(
        "stations.revoked_devices_hold_no_token",
        "The token of a device that was revoked opens nothing.",
        """
        SELECT t.id AS token, d.name AS device FROM api_token t JOIN device d ON d.id = t.device_id
        WHERE t.revoked_at IS NULL AND d.revoked_at IS NOT NULL ORDER BY t.id
        """,
        over="api_token",
    ),
    never(
        "stations.invitations_let_in_one_device",
        "An invitation that was used says which device it let in.",
        """
        SELECT id AS enrolment, device_name AS device FROM enrolment
        WHERE (used_at IS NULL) <> (device_id IS NULL) ORDER BY id
        """,
        over="enrolment",
    ),
)
