"""One corruption for each promise about the data: SQL that breaks it and nothing else, and the row to be named."""

from dataclasses import dataclass, field

from tests.healthy import MONDAY
from tests.lawless import copied
from wms.kernel.commands import HOUSE, command


@dataclass(frozen=True)
class Corruption:
    """Statements for both databases, or those of one kind; `names` asks the corrupted house for what must be named."""

    names: str
    sql: tuple[str, ...] = ()
    only: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def on(self, dialect: str) -> tuple[str, ...]:
        """Return the statements for one kind of database."""
        return (*self.only.get(dialect, ()), *self.sql)


def _of(names: str, *sql: str, **only: tuple[str, ...]) -> Corruption:
    return Corruption(names, sql, only)


EARLY = "'2026-01-01 00:00:00.000000'"
LATER = "'2026-01-05 23:00:00.000000'"

STRANGER = command("", by=99, at=MONDAY, key="x").uid.hex
NOBODYS = "'" + "9" * 32 + "'"
QUIET_ACT = "'" + command("", by=HOUSE, at=MONDAY, key="act 1").uid.hex + "'"
"""An act without moves."""


def _place(code: str, warehouse: int = 1) -> str:
    return f"(SELECT id FROM location WHERE code = '{code}' AND warehouse_id = {warehouse})"


def _item(sku: str) -> str:
    return f"(SELECT id FROM item WHERE sku = '{sku}')"


def _fo(number: str) -> str:
    return f"(SELECT id FROM fulfillment_order WHERE number = '{number}')"


def _fo_line(number: str) -> str:
    return f"(SELECT min(id) FROM fo_line WHERE fo_id = {_fo(number)})"


def _order_line(number: str) -> str:
    return f"(SELECT min(id) FROM order_line WHERE order_id = {_order(number)})"


def _order(number: str) -> str:
    return f"(SELECT id FROM sales_order WHERE number = '{number}')"


def _new_move(**changes: str) -> str:
    """A move from outside to outside, which changes no balance."""
    plain = {
        "id": "(SELECT max(id) + 1 FROM stock_move)",
        "command_uid": QUIET_ACT,
        "line": "0",
        "source_id": _place("SUPPLIER"),
        "target_id": _place("CUSTOMER"),
    }
    return copied("stock_move", "id = 1", **plain | changes)


def _new_event(**changes: str) -> str:
    plain = {"id": "(SELECT max(id) + 1 FROM event)", "type": "'test.Nothing'", "actor_id": "1"}
    return copied("event", "id = (SELECT max(id) FROM event)", **plain | changes)


def _new_code(code: str, kind: str, target: str) -> tuple[str, str]:
    return (
        f"INSERT INTO code (code, kind) VALUES ('{code}', '{kind}')",
        (
            "INSERT INTO code_target (code, kind, owner_id, target_id, written_as, created_at) "
            f"VALUES ('{code}', '{kind}', 1, {target}, '{code}', {LATER})"
        ),
    )


def _no_code(code: str) -> tuple[str, str]:
    return (
        f"DELETE FROM code_target WHERE code = '{code}'",
        f"DELETE FROM code WHERE code = '{code}'",
    )


def _stood(code: str, came_from: str, to: str) -> tuple[str, str]:
    return (
        f"UPDATE location SET parent_id = {to} WHERE code = '{code}'",
        (
            "INSERT INTO lpn_move (id, location_id, from_id, to_id, actor_id, occurred_at, recorded_at) "
            f"SELECT (SELECT max(id) + 1 FROM lpn_move), id, {came_from}, {to}, 1, {LATER}, {LATER} "
            f"FROM location WHERE code = '{code}'"
        ),
    )


GONE_LABEL = (
    "SELECT id AS shipment FROM shipment WHERE handed_over_at IS NOT NULL OR state = 'handed_over'"
)
DOUBT = "SELECT id AS shipment FROM shipment WHERE state = 'in_doubt'"
LAST_MOVE = "SELECT max(id) AS move FROM stock_move"
LAST_EVENT = "SELECT max(id) AS event FROM event"
DAMAGED = "status = 'damaged'"
DAMAGED_ROW = f"SELECT id AS balance FROM stock_balance WHERE {DAMAGED}"
RELEASED_ROW = "SELECT id AS promise FROM allocation WHERE state = 'released'"
FIRST_LYING = "(SELECT min(id) FROM delivery WHERE done_at IS NULL)"


def _new_balance(**changes: str) -> str:
    plain = {"id": "(SELECT max(id) + 1 FROM stock_balance)", "quantity": "0", "reserved": "0"}
    return copied("stock_balance", DAMAGED, **plain | changes)


def _task(state: str) -> str:
    return f"SELECT id AS move_task FROM move_task WHERE state = '{state}'"


def _sheet(state: str) -> str:
    return f"SELECT id AS print_job FROM print_job WHERE state = '{state}'"


def _of_the_sheet(state: str) -> str:
    return f"job_id = (SELECT id FROM print_job WHERE state = '{state}')"


def _count(state: str) -> str:
    return f"SELECT id AS count_task FROM count_task WHERE state = '{state}'"


def _of_a(state: str) -> str:
    return f"count_id = (SELECT id FROM count_task WHERE state = '{state}')"


def _line(state: str) -> str:
    return f"SELECT id AS count_line FROM count_line WHERE {_of_a(state)}"


CORRUPTIONS: dict[str, Corruption] = {
    "database.rows_point_somewhere": _of(
        "SELECT '99/0' AS working_hours",
        "INSERT INTO working_hours (warehouse_id, weekday, opens, closes) "
        "VALUES (99, 0, '08:00:00.000000', '17:00:00.000000')",
    ),
    "database.rows_keep_their_rules": _of(
        "SELECT '1' AS item", "UPDATE item SET weight_g = -1 WHERE id = 1"
    ),
    "database.the_past_cannot_be_changed": _of(
        "SELECT 'lpn_move' AS \"table\", 'DELETE' AS open_to",
        sqlite=("DROP TRIGGER lpn_move_no_delete",),
        postgresql=("ALTER TABLE lpn_move DISABLE TRIGGER lpn_move_no_delete",),
    ),
    "kernel.acts_keep_their_number": _of(
        f"SELECT 'other' AS key, {QUIET_ACT} AS command",
        f"UPDATE command SET key = 'other' WHERE uid = {QUIET_ACT}",
    ),
    "kernel.refused_acts_left_nothing": _of(
        f"SELECT id AS event FROM event WHERE command_uid = {QUIET_ACT}",
        f"UPDATE command SET refused = TRUE WHERE uid = {QUIET_ACT}",
    ),
    "kernel.facts_have_an_act": _of(LAST_EVENT, _new_event(command_uid=NOBODYS)),
    "kernel.deliveries_follow_their_fact": _of(
        "SELECT 1 AS delivery", "UPDATE delivery SET subject_id = 99 WHERE id = 1"
    ),
    "kernel.no_fact_is_left_lying": _of(
        f"SELECT {FIRST_LYING} AS delivery",
        f"UPDATE delivery SET due_at = {EARLY}, lease_until = {EARLY} WHERE id = {FIRST_LYING}",
    ),
    "kernel.no_call_is_left_lying": _of(
        "SELECT 'call 2' AS key",
        f"UPDATE outbox_call SET state = 'in_flight', lease_until = {EARLY} WHERE key = 'call 2'",
    ),
    "kernel.calls_end_with_an_answer": _of(
        "SELECT id AS call FROM outbox_call WHERE key = 'call 1'",
        "UPDATE outbox_call SET answer = NULL WHERE key = 'call 1'",
    ),
    "kernel.facts_are_told": _of(LAST_EVENT, _new_event(type="'stock.StockMoved'")),
    "kernel.decisions_stand": _of(
        "SELECT 1 AS decision", "UPDATE decision SET choice = '{}' WHERE id = 1"
    ),
    "codes.codes_can_be_found": _of(
        "SELECT id AS code_target FROM code_target WHERE code = 'MUG'",
        "UPDATE code_target SET written_as = 'CUP' WHERE code = 'MUG'",
    ),
    "codes.codes_are_what_they_look_like": _of(
        "SELECT 'WXU7' AS code",
        *_new_code("WXU7", "item", "1"),
        "INSERT INTO item_barcode (item_id, code, quantity_per_scan, kind, created_at) "
        f"VALUES (1, 'WXU7', 1, 'unit', {LATER})",
    ),
    "codes.codes_stand_for_something": _of(
        "SELECT 'FREE' AS code", "INSERT INTO code (code, kind) VALUES ('FREE', 'item')"
    ),
    "people.acts_have_a_name": _of(
        f"SELECT '{STRANGER}' AS command",
        "INSERT INTO command (uid, actor_id, key, name, body_hash, refused, answer, occurred_at, "
        f"recorded_at) VALUES ('{STRANGER}', 99, 'x', 'test', '', FALSE, 'null', {LATER}, {LATER})",
    ),
    "people.facts_have_a_name": _of(LAST_EVENT, _new_event(actor_id="99")),
    "people.choices_have_a_name": _of(
        "SELECT 1 AS decision", "UPDATE decision SET actor_id = 99 WHERE id = 1"
    ),
    "people.roles_are_known": _of(
        "SELECT 'wizard' AS role", "INSERT INTO user_role (user_id, role) VALUES (2, 'wizard')"
    ),
    "people.disabled_means_out": _of(
        "SELECT id AS session FROM user_session WHERE ended_at IS NULL",
        f"UPDATE user_account SET disabled_at = {LATER} WHERE name = 'Pia'",
    ),
    "people.machines_do_not_sign_in": _of(
        "SELECT id AS session FROM user_session WHERE ended_at IS NOT NULL",
        "UPDATE user_account SET is_machine = TRUE WHERE name = 'Gus'",
    ),
    "people.one_person_at_a_device": _of(
        "SELECT max(id) AS session FROM user_session",
        copied(
            "user_session",
            "ended_at IS NULL",
            id="(SELECT max(id) + 1 FROM user_session)",
            token_hash="'other'",
        ),
    ),
    "people.sessions_end_for_a_reason": _of(
        "SELECT id AS session FROM user_session WHERE ended_at IS NOT NULL",
        "UPDATE user_session SET ended_because = NULL",
    ),
    "people.badges_are_found": _of(
        "SELECT 1 AS badge",
        "DELETE FROM code_target WHERE kind = 'badge' AND target_id = 1",
        "DELETE FROM code WHERE NOT EXISTS (SELECT 1 FROM code_target t WHERE t.code = code.code)",
    ),
    "people.badge_codes_lead_to_badges": _of(
        "SELECT max(id) AS code_target FROM code_target", *_new_code("WXU#7", "badge", "1")
    ),
    "floor.dialogues_are_of_people": _of(
        "SELECT id AS worker, name FROM user_account WHERE is_machine = TRUE",
        "UPDATE dialogue SET worker_id = (SELECT id FROM user_account WHERE is_machine = TRUE)",
    ),
    "floor.dialogues_name_a_process": _of(
        "SELECT worker_id AS worker, 'juggling' AS process FROM dialogue",
        "UPDATE dialogue SET process = 'juggling'",
    ),
    "stations.revoked_means_out": _of(
        "SELECT id AS session FROM user_session WHERE ended_at IS NULL",
        f"UPDATE device SET revoked_at = {LATER} WHERE name = 'Tablet 1'",
    ),
    "stations.sessions_are_on_known_devices": _of(
        "SELECT id AS session FROM user_session WHERE ended_at IS NULL",
        "UPDATE user_session SET device_id = 99 WHERE ended_at IS NULL",
    ),
    "stations.revoked_devices_hold_no_token": _of(
        "SELECT id AS token FROM api_token",
        "UPDATE api_token SET device_id = (SELECT id FROM device WHERE revoked_at IS NOT NULL)",
    ),
    "stations.invitations_let_in_one_device": _of(
        "SELECT max(id) AS enrolment FROM enrolment",
        "INSERT INTO enrolment (code_hash, device_name, kind, invited_by, invited_at, ends_at, used_at) "
        f"VALUES ('h', 'Tablet 9', 'tablet', 1, {EARLY}, {EARLY}, {EARLY})",
    ),
    "catalog.items_are_found_by_their_sku": _of("SELECT 1 AS item", *_no_code("MUG")),
    "catalog.barcodes_are_found": _of(
        "SELECT max(id) AS barcode FROM item_barcode",
        "INSERT INTO item_barcode (item_id, code, quantity_per_scan, kind, created_at) "
        f"VALUES (1, 'OTHER', 1, 'unit', {LATER})",
    ),
    "catalog.codes_lead_to_what_carries_them": _of(
        "SELECT max(id) AS code_target FROM code_target", *_new_code("STRAY", "item", "1")
    ),
    "catalog.a_scan_stands_for_units": _of(
        "SELECT 1 AS barcode", "UPDATE item_barcode SET quantity_per_scan = 0"
    ),
    "bins.places_are_found_by_their_code": _of(
        f"SELECT {_place('A-5')} AS place", *_no_code("A-5")
    ),
    "bins.codes_lead_to_what_carries_them": _of(
        "SELECT max(id) AS code_target FROM code_target",
        *_new_code("STRAY", "location", _place("A-5")),
    ),
    "bins.warehouses_have_an_outside": _of(
        "SELECT 2 AS warehouse, 'TRANSIT' AS missing",
        "UPDATE location SET code = 'GONE' WHERE code = 'TRANSIT' AND warehouse_id = 2",
    ),
    "bins.places_sell_what_their_kind_says": _of(
        f"SELECT {_place('DOCK')} AS place",
        "UPDATE location SET holds_sellable = NOT holds_sellable WHERE code = 'DOCK'",
    ),
    "bins.what_moves_has_its_papers": _of(
        f"SELECT {_place('T-3')} AS place",
        f"UPDATE lpn SET kind = 'carton' WHERE location_id = {_place('T-3')}",
    ),
    "bins.only_what_moves_stands_in_something": _of(
        f"SELECT {_place('A-5')} AS place",
        f"UPDATE location SET parent_id = {_place('DOCK')} WHERE code = 'A-5'",
    ),
    "bins.nothing_stands_in_itself": _of(
        f"SELECT {_place('T-1')} AS place", *_stood("T-1", _place("BENCH"), _place("T-2"))
    ),
    "bins.layers_end": _of(
        f"SELECT {_place('T-3')} AS place", *_stood("T-3", "NULL", _place("T-5"))
    ),
    "bins.things_stand_where_they_were_put": _of(
        f"SELECT {_place('T-5')} AS place",
        "UPDATE location SET parent_id = NULL WHERE code = 'T-5'",
    ),
    "bins.things_leave_from_where_they_stood": _of(
        f"SELECT max(id) AS lpn_move FROM lpn_move WHERE location_id = {_place('T-1')}",
        f"UPDATE lpn_move SET from_id = NULL WHERE location_id = {_place('T-1')}",
    ),
    "bins.zones_hold_places_of_their_warehouse": _of(
        f"SELECT {_place('A-5')} AS place",
        "UPDATE location SET zone_id = (SELECT id FROM zone WHERE code = 'FAR') WHERE code = 'A-5'",
    ),
    "bins.parcels_wait_in_lanes": _of(
        "SELECT 1 AS lane", f"UPDATE carrier_lane SET location_id = {_place('DOCK')}"
    ),
    "bins.stations_stand_somewhere": _of(
        "SELECT 1 AS station", "UPDATE station SET location_id = 999"
    ),
    "bins.things_were_moved_by_somebody": _of(
        "SELECT 1 AS lpn_move", "UPDATE lpn_move SET actor_id = 99 WHERE id = 1"
    ),
    "stock.moves_carry_units": _of(LAST_MOVE, _new_move(quantity="0")),
    "stock.moves_go_somewhere": _of(LAST_MOVE, _new_move(target_id=_place("SUPPLIER"))),
    "stock.moves_stay_in_their_warehouse": _of(
        LAST_MOVE, _new_move(target_id=_place("CUSTOMER", warehouse=2))
    ),
    "stock.moves_name_lots_of_their_item": _of(LAST_MOVE, _new_move(lot_id="1")),
    "stock.moves_are_of_the_items_owner": _of(LAST_MOVE, _new_move(owner_id="2")),
    "stock.moves_have_an_act": _of(LAST_MOVE, _new_move(command_uid=NOBODYS)),
    "stock.acts_have_all_their_lines": _of(LAST_MOVE, _new_move(line="7")),
    "stock.moves_say_who": _of(LAST_MOVE, _new_move(actor_id="99")),
    "stock.moves_say_why": _of(LAST_MOVE, _new_move(reason="'whim'")),
    "stock.moves_know_the_status": _of(
        LAST_MOVE, _new_move(status_from="'shiny'", status_to="'shiny'")
    ),
    "stock.reversals_mirror_their_move": _of(LAST_MOVE, _new_move(reverses_id="2")),
    "stock.balances_are_the_sum_of_moves": _of(
        DAMAGED_ROW, f"UPDATE stock_balance SET quantity = quantity + 1 WHERE {DAMAGED}"
    ),
    "stock.no_unit_is_lost": _of(
        "SELECT 'A-2' AS place, 'damaged' AS status",
        f"DELETE FROM stock_balance WHERE {DAMAGED}",
    ),
    "stock.no_place_holds_less_than_nothing": _of(
        DAMAGED_ROW, f"UPDATE stock_balance SET quantity = -1 WHERE {DAMAGED}"
    ),
    "stock.no_place_promises_more_than_it_holds": _of(
        DAMAGED_ROW, f"UPDATE stock_balance SET reserved = 9 WHERE {DAMAGED}"
    ),
    "stock.one_balance_for_one_thing_in_one_place": _of(
        "SELECT max(id) AS balance FROM stock_balance",
        _new_balance(),
        sqlite=(
            "CREATE TABLE loose AS SELECT * FROM stock_balance",
            "DROP TABLE stock_balance",
            "ALTER TABLE loose RENAME TO stock_balance",
        ),
        postgresql=("ALTER TABLE stock_balance DROP CONSTRAINT uq_stock_balance_key",),
    ),
    "stock.a_single_piece_is_in_one_place": _of(
        "SELECT max(id) AS balance FROM stock_balance",
        "DROP INDEX ix_stock_balance_serial_once",
        _new_balance(
            item_id="3",
            serial_id="1",
            location_id=_place("BENCH"),
            status="'available'",
            quantity="1",
        ),
        _new_move(item_id="3", serial_id="1", target_id=_place("BENCH"), quantity="1"),
    ),
    "stock.nothing_is_counted_outside": _of(
        "SELECT max(id) AS balance FROM stock_balance",
        _new_balance(location_id=_place("CUSTOMER")),
    ),
    "stock.archived_places_are_empty": _of(
        "SELECT 'A-4' AS place", f"UPDATE location SET archived_at = {LATER} WHERE code = 'A-4'"
    ),
    "stock.reserved_units_are_promised_units": _of(
        "SELECT min(id) AS balance FROM stock_balance WHERE reserved > 0",
        "UPDATE stock_balance SET reserved = reserved + 1 "
        "WHERE id = (SELECT min(id) FROM stock_balance WHERE reserved > 0)",
    ),
    "stock.what_can_be_sold_lies_on_shelves": _of(
        "SELECT 2 AS item_id", "UPDATE item_availability SET sellable = 99 WHERE item_id = 2"
    ),
    "stock.soft_promises_are_counted": _of(
        "SELECT 1 AS item_id", "UPDATE item_availability SET soft = soft + 1 WHERE item_id = 1"
    ),
    "stock.hard_promises_are_counted": _of(
        "SELECT 1 AS item_id", "UPDATE item_availability SET hard = hard + 1 WHERE item_id = 1"
    ),
    "stock.nothing_is_sold_twice": _of(
        "SELECT 1 AS item_id",
        "UPDATE allocation SET quantity = quantity + 1000 WHERE state = 'soft'",
        "UPDATE item_availability SET soft = soft + 1000 WHERE item_id = 1",
    ),
    "stock.only_available_units_are_promised": _of(
        "SELECT max(id) AS promise FROM allocation",
        copied(
            "allocation",
            "state = 'hard' AND id = (SELECT min(id) FROM allocation WHERE state = 'hard')",
            id="(SELECT max(id) + 1 FROM allocation)",
            balance_id=f"(SELECT id FROM stock_balance WHERE {DAMAGED})",
            quantity="1",
        ),
        f"UPDATE stock_balance SET reserved = 1 WHERE {DAMAGED}",
        "UPDATE item_availability SET hard = hard + 1 WHERE item_id = 1",
    ),
    "stock.promises_name_what_lies_there": _of(
        RELEASED_ROW, "UPDATE allocation SET item_id = 1 WHERE state = 'released'"
    ),
    "stock.promises_are_in_a_known_state": _of(
        RELEASED_ROW, "UPDATE allocation SET ended_at = NULL WHERE state = 'released'"
    ),
    "stock.promises_give_what_they_said": _of(
        RELEASED_ROW, "UPDATE allocation SET consumed = 99 WHERE state = 'released'"
    ),
    "stock.soft_promises_end_by_themselves": _of(
        "SELECT id AS promise FROM allocation WHERE state = 'soft'",
        "UPDATE allocation SET expires_at = NULL WHERE state = 'soft'",
    ),
    "moving.moves_are_in_a_known_state": _of(
        _task("cancelled"), "UPDATE move_task SET ended_at = NULL WHERE state = 'cancelled'"
    ),
    "moving.moves_in_work_are_somebodys": _of(
        _task("assigned"), "UPDATE move_task SET worker_id = NULL WHERE state = 'assigned'"
    ),
    "moving.moves_are_done_by_people_of_the_house": _of(
        _task("assigned"), "UPDATE move_task SET worker_id = 99 WHERE state = 'assigned'"
    ),
    "moving.moves_carry_no_more_than_was_asked": _of(
        _task("in_hand"), "UPDATE move_task SET moved = 1 WHERE state = 'in_hand'"
    ),
    "moving.moves_stay_in_their_warehouse": _of(
        _task("queued"),
        f"UPDATE move_task SET target_id = {_place('R-1', warehouse=2)} WHERE state = 'queued'",
    ),
    "moving.what_is_in_hand_is_in_hands": _of(
        _task("in_hand"), "UPDATE move_task SET status = 'damaged' WHERE state = 'in_hand'"
    ),
    "printing.sheets_are_in_a_known_state": _of(
        _sheet("confirmed"), "UPDATE print_job SET ended_at = NULL WHERE state = 'confirmed'"
    ),
    "printing.what_is_sent_was_tried": _of(
        _sheet("unsure"), f"DELETE FROM print_attempt WHERE {_of_the_sheet('unsure')}"
    ),
    "printing.sheets_are_sent_once_at_a_time": _of(
        _sheet("sent"), f"UPDATE print_attempt SET ended_at = NULL WHERE {_of_the_sheet('sent')}"
    ),
    "printing.nothing_is_left_on_its_way": _of(
        _sheet("sending"), f"UPDATE print_job SET lease_until = {EARLY} WHERE state = 'sending'"
    ),
    "printing.reprints_say_what_they_repeat": _of(
        _sheet("queued"), "UPDATE print_job SET reason = '' WHERE generation = 2"
    ),
    "printing.sheets_come_out_of_printers": _of(
        _sheet("cancelled"),
        "UPDATE print_job SET printer_id = (SELECT min(id) FROM device WHERE kind = 'tablet') "
        "WHERE state = 'cancelled'",
    ),
    "counting.counts_are_in_a_known_state": _of(
        _count("posted"), "UPDATE count_task SET ended_at = NULL WHERE state = 'posted'"
    ),
    "counting.nobody_counts_for_nothing": _of(
        _count("submitted"), "UPDATE count_task SET state = 'submitted' WHERE state = 'in_review'"
    ),
    "counting.one_open_count_a_place": _of(
        "SELECT max(id) AS count_task FROM count_task",
        "DROP INDEX ix_count_task_open",
        copied("count_task", "state = 'requested'", id="(SELECT max(id) + 1 FROM count_task)"),
    ),
    "counting.counts_under_way_are_somebodys": _of(
        _count("requested"), "UPDATE count_task SET worker_id = 1 WHERE state = 'requested'"
    ),
    "counting.booked_counts_say_of_when": _of(
        _count("posted"), "UPDATE count_task SET counted_at = NULL WHERE state = 'posted'"
    ),
    "counting.counts_stay_in_their_warehouse": _of(
        _count("requested"), "UPDATE count_task SET warehouse_id = 2 WHERE state = 'requested'"
    ),
    "counting.counts_are_by_people_of_the_house": _of(
        _line("posted"), f"UPDATE count_line SET counted_by = 99 WHERE {_of_a('posted')}"
    ),
    "counting.rounds_are_counted_by_different_people": _of(
        _count("in_review"),
        f"UPDATE count_line SET counted_by = 2 WHERE round = 2 AND {_of_a('in_review')}",
    ),
    "counting.what_was_handed_in_says_what_was_expected": _of(
        _line("posted"), f"UPDATE count_line SET expected = NULL WHERE {_of_a('posted')}"
    ),
    "waves.orders_are_in_one_wave": _of(
        "SELECT fo_id AS fo, 2 AS waves FROM wave_member WHERE wave_id = 1",
        "DROP INDEX ix_wave_member_live",
        copied("wave_member", "wave_id = 1", wave_id="2"),
    ),
    "waves.what_is_over_holds_nobody": _of(
        "SELECT wave_id AS wave, fo_id AS fo FROM wave_member WHERE wave_id = 4",
        "UPDATE wave_member SET left_at = NULL WHERE left_at IS NOT NULL",
    ),
    "waves.what_goes_on_has_orders": _of(
        "SELECT id AS wave, state AS state FROM wave WHERE state = 'draft'",
        f"UPDATE wave_member SET left_at = {LATER} WHERE wave_id = 1",
    ),
    "waves.states_have_their_times": _of(
        "SELECT id AS wave, state AS state FROM wave WHERE state = 'planned'",
        "UPDATE wave SET planned_at = NULL WHERE state = 'planned'",
    ),
    "waves.plans_are_of_members": _of(
        "SELECT 3 AS wave, fo_id AS fo FROM wave_member WHERE wave_id = 2",
        "UPDATE wave_member SET wave_id = 5 - wave_id WHERE wave_id IN (2, 3)",
    ),
    "orders.orders_are_in_a_known_state": _of(
        f"SELECT {_order('H-2')} AS sales_order",
        "UPDATE sales_order SET payment = 'maybe' WHERE number = 'H-2'",
    ),
    "orders.orders_want_something": _of(
        f"SELECT {_order('H-2')} AS sales_order",
        f"DELETE FROM order_contact WHERE order_id = {_order('H-2')}",
    ),
    "orders.what_waits_is_stopped_by_something": _of(
        f"SELECT {_order('H-1')} AS sales_order",
        f"UPDATE order_hold SET state = 'lifted', closed_by = 1, closed_at = {LATER} "
        f"WHERE order_id = {_order('H-1')}",
    ),
    "orders.orders_can_be_scanned": _of(
        "SELECT 6 AS sales_order, 'H-2' AS number", *_no_code("WXO6")
    ),
    "orders.every_order_was_looked_at": _of(
        f"SELECT {_order('H-2')} AS sales_order",
        f"DELETE FROM decision WHERE rule = 'orders.check' AND subject_id = {_order('H-2')}",
    ),
    "orders.merged_orders_are_over": _of(
        f"SELECT {_order('H-6')} AS sales_order",
        f"UPDATE order_line SET cancelled = 0 WHERE order_id = {_order('H-6')}",
    ),
    "orders.holds_are_in_a_known_state": _of(
        "SELECT id AS hold FROM order_hold WHERE state = 'lifted'",
        "UPDATE order_hold SET closed_at = NULL WHERE state = 'lifted'",
    ),
    "orders.nothing_waits_for_orders_that_are_over": _of(
        "SELECT id AS hold, 'H-4' AS number FROM order_hold WHERE kind = 'payment'",
        f"UPDATE order_hold SET order_id = {_order('H-4')} WHERE kind = 'payment'",
    ),
    "catalog.kits_are_made_of_plain_items": _of(
        f"SELECT {_item('PAIR')} AS kit, {_item('LAMP')} AS part",
        f"INSERT INTO kit_part (kit_id, part_id, quantity) SELECT {_item('LAMP')}, {_item('MUG')}, 1",
    ),
    "stock.kits_are_never_stocked": _of(
        f"SELECT {_item('VASE')} AS kit",
        f"INSERT INTO kit_part (kit_id, part_id, quantity) SELECT {_item('VASE')}, {_item('MUG')}, 1",
    ),
    "orders.fos_are_in_a_known_state": _of(
        f"SELECT {_fo('H-2-1')} AS fo, 'H-2-1' AS number",
        f"DELETE FROM fo_line WHERE fo_id = {_fo('H-2-1')}",
    ),
    "orders.promised_units_are_counted": _of(
        f"SELECT {_fo_line('W-1-1')} AS line, 1 AS counted, 0 AS stands",
        f"DELETE FROM line_allocation WHERE fo_line_id = {_fo_line('W-1-1')}",
    ),
    "orders.picked_units_are_counted": _of(
        f"SELECT {_fo_line('H-4-1')} AS line, 1 AS counted, 0 AS taken",
        f"UPDATE fo_line SET picked = 1 WHERE id = {_fo_line('H-4-1')}",
    ),
    "orders.every_unit_is_accounted_for": _of(
        f"SELECT {_fo_line('H-2-1')} AS line, 'backordered' AS state",
        f"UPDATE fo_line SET short = 1 WHERE id = {_fo_line('H-2-1')}",
    ),
    "orders.somebody_has_what_the_floor_has": _of(
        f"SELECT {_fo('W-3-1')} AS fo", f"DELETE FROM involvement WHERE fo_id = {_fo('W-3-1')}"
    ),
    "orders.what_is_taken_back_waits_for_somebody": _of(
        f"SELECT {_fo('H-4-1')} AS fo",
        "UPDATE sales_order SET state = 'in_fulfillment' WHERE number = 'H-4'",
        "UPDATE fulfillment_order SET state = 'revoking' WHERE number = 'H-4-1'",
    ),
    "orders.every_wanted_unit_is_worked_on": _of(
        "SELECT 'H-2' AS number, 3 AS wanted, 2 AS worked_on",
        f"UPDATE order_line SET quantity = 3 WHERE order_id = {_order('H-2')}",
    ),
    "orders.promises_are_for_their_item": _of(
        f"SELECT {_fo_line('H-2-1')} AS line",
        "INSERT INTO line_allocation (allocation_id, fo_line_id) "
        f"SELECT min(id), {_fo_line('H-2-1')} FROM allocation WHERE state = 'released'",
    ),
    "orders.orders_follow_their_work": _of(
        f"SELECT {_order('H-2')} AS sales_order, 'accepted' AS follows",
        "UPDATE sales_order SET state = 'in_fulfillment' WHERE number = 'H-2'",
    ),
    "picking.tasks_count_their_moves": _of(
        "SELECT id AS task, 2 AS picked, 0 AS moved FROM pick_task WHERE state = 'at_bin'",
        f"UPDATE pick_act SET undone_at = {LATER} "
        "WHERE verb = 'take' AND task_id = (SELECT id FROM pick_task WHERE state = 'at_bin')",
    ),
    "picking.lines_count_their_tasks": _of(
        f"SELECT {_fo_line('H-2-1')} AS line, 0 AS picked, 2 AS by_tasks",
        f"UPDATE pick_task SET fo_line_id = {_fo_line('H-2-1')} WHERE state = 'at_bin'",
    ),
    "picking.tasks_add_up": _of(
        "SELECT id AS task FROM pick_task WHERE state = 'at_bin'",
        f"UPDATE pick_task SET ended_at = {LATER} WHERE state = 'at_bin'",
    ),
    "picking.no_task_outlives_its_trip": _of(
        f"SELECT id AS task FROM pick_task WHERE fo_id = {_fo('W-3-1')}",
        f"UPDATE pick_run SET state = 'cancelled', ended_at = {LATER} WHERE state = 'queued'",
    ),
    "picking.trips_are_somebodys_or_nobodys": _of(
        "SELECT id AS run FROM pick_run WHERE state = 'queued'",
        "UPDATE pick_run SET worker_id = 1 WHERE state = 'queued'",
    ),
    "picking.tasks_take_what_is_promised": _of(
        "SELECT id AS task FROM pick_task WHERE state = 'at_bin'",
        f"UPDATE pick_task SET location_id = {_place('A-1')} WHERE state = 'at_bin'",
    ),
    "picking.bound_totes_are_in_use": _of(
        f"SELECT b.id AS binding, 'P-2' AS tote FROM tote_binding b WHERE b.tote_id = {_place('P-2')}",
        f"UPDATE lpn SET state = 'free' WHERE location_id = {_place('P-2')}",
    ),
    "picking.totes_hold_what_they_are_for": _of(
        f"SELECT b.id AS binding FROM tote_binding b WHERE b.tote_id = {_place('P-1')}",
        f"UPDATE tote_binding SET fo_id = {_fo('W-7-1')} WHERE tote_id = {_place('P-1')}",
    ),
    "returns.returned_within_shipped": _of(
        f"SELECT {_order_line('W-9')} AS order_line, 4 AS arrived, 3 AS shipped",
        "UPDATE return_unit SET quantity = 3 WHERE grade = 'B'",
        f"UPDATE return_line SET arrived = 4, quarantined = 3 "
        f"WHERE order_line_id = {_order_line('W-9')}",
    ),
    "returns.lines_count_their_units": _of(
        f"SELECT id AS line, 3 AS arrived FROM return_line WHERE order_line_id = {_order_line('W-9')}",
        f"UPDATE return_line SET arrived = 3 WHERE order_line_id = {_order_line('W-9')}",
    ),
    "returns.what_comes_back_is_ungraded": _of(LAST_MOVE, _new_move(reason="'return'")),
    "returns.units_have_one_fate": _of(
        "SELECT id AS unit, '' AS grade FROM return_unit WHERE disposition = 'restock'",
        "UPDATE return_unit SET grade = '' WHERE disposition = 'restock'",
    ),
    "returns.returns_are_in_a_known_state": _of(
        "SELECT id AS return_id, 'disposed' AS state FROM goods_return WHERE order_id IS NOT NULL",
        "UPDATE goods_return SET ended_at = NULL WHERE order_id IS NOT NULL",
    ),
    "returns.what_is_over_is_graded": _of(
        "SELECT id AS unit FROM return_unit WHERE disposition = ''",
        "UPDATE goods_return SET state = 'announced', worker_id = NULL WHERE order_id IS NULL",
    ),
    "returns.lines_are_of_their_order": _of(
        f"SELECT id AS line FROM return_line WHERE order_line_id = {_order_line('W-9')}",
        f"UPDATE goods_return SET order_id = {_order('W-8')} WHERE order_id = {_order('W-9')}",
    ),
    "packing.boxes_have_their_facts": _of(
        f"SELECT id AS package FROM package WHERE fo_id = {_fo('W-7-1')}",
        f"UPDATE package SET closed_at = NULL WHERE fo_id = {_fo('W-7-1')}",
    ),
    "packing.boxes_hold_what_was_put_in": _of(
        f"SELECT id AS package, 3 AS counted, 2 AS lies FROM package WHERE fo_id = {_fo('W-7-1')}",
        f"UPDATE package_item SET quantity = 3 WHERE fo_line_id = {_fo_line('W-7-1')}",
        f"UPDATE fo_line SET packed = 3 WHERE id = {_fo_line('W-7-1')}",
    ),
    "packing.what_is_no_box_holds_nothing": _of(
        "SELECT id AS package FROM package WHERE state = 'void'",
        "UPDATE location SET archived_at = NULL WHERE id = "
        "(SELECT location_id FROM package WHERE state = 'void')",
    ),
    "packing.every_parcel_place_is_a_box": _of(
        f"SELECT location_id AS place FROM package WHERE fo_id = {_fo('W-7-1')}",
        f"UPDATE package SET number = 'Q-1' WHERE fo_id = {_fo('W-7-1')}",
    ),
    "packing.lines_count_their_boxes": _of(
        f"SELECT {_fo_line('W-7-1')} AS line, 1 AS packed",
        f"UPDATE fo_line SET packed = 1 WHERE id = {_fo_line('W-7-1')}",
    ),
    "packing.orders_are_as_far_as_their_boxes": _of(
        "SELECT 'W-8-1' AS number, 'closed' AS state",
        f"UPDATE package SET state = 'closed', weight_g = NULL "
        f"WHERE fo_id = {_fo('W-8-1')} AND state = 'weighed'",
    ),
    "packing.what_is_packed_is_in_boxes": _of(
        f"SELECT {_fo_line('W-7-1')} AS line",
        "UPDATE fulfillment_order SET state = 'packed' WHERE number = 'W-7-1'",
    ),
    "packing.packers_are_known_to_their_orders": _of(
        f"SELECT id AS package FROM package WHERE fo_id = {_fo('W-7-1')}",
        f"UPDATE involvement SET settled_at = {LATER} "
        f"WHERE party = 'packing' AND fo_id = {_fo('W-7-1')}",
    ),
    "shipping.labels_are_in_a_known_state": _of(
        GONE_LABEL, "UPDATE shipment SET means = 'dove' WHERE state = 'handed_over'"
    ),
    "shipping.packages_have_one_live_label": _of(
        "SELECT package_id AS package, 2 AS labels FROM shipment WHERE state = 'in_doubt'",
        "DROP INDEX ix_shipment_live",
        copied(
            "shipment",
            "state = 'in_doubt'",
            id="(SELECT max(id) + 1 FROM shipment)",
            uid="'x'",
            state="'draft'",
        ),
    ),
    "shipping.purchases_were_asked_for": _of(
        DOUBT, "UPDATE shipment SET asked_at = NULL WHERE state = 'in_doubt'"
    ),
    "shipping.no_purchase_is_left_lying": _of(
        "SELECT id AS shipment FROM shipment WHERE state = 'buying'",
        f"UPDATE shipment SET state = 'buying', lease_until = {EARLY} WHERE state = 'in_doubt'",
    ),
    "shipping.bought_labels_are_known_to_the_carrier": _of(
        GONE_LABEL, "UPDATE shipment SET bought_at = NULL WHERE state = 'handed_over'"
    ),
    "shipping.labelled_packages_have_a_bought_label": _of(
        "SELECT id AS package, 'NOBODYS' AS label FROM package WHERE state = 'handed_over'",
        "UPDATE package SET label_code = 'NOBODYS' WHERE state = 'handed_over'",
    ),
    "shipping.parcels_leave_with_their_package": _of(
        GONE_LABEL, "UPDATE shipment SET handed_over_at = NULL WHERE state = 'handed_over'"
    ),
    "shipping.second_labels_name_the_first": _of(
        DOUBT,
        "UPDATE shipment SET replaces_id = (SELECT id FROM shipment WHERE state = 'handed_over') "
        "WHERE state = 'in_doubt'",
    ),
    "shipping.money_is_asked_back_for_strays_alone": _of(
        GONE_LABEL,
        "UPDATE shipment SET transaction_id = 'stray' WHERE state = 'handed_over'",
        "UPDATE outbox_call SET key = 'label_refund:stray' WHERE key = 'call 1'",
    ),
    "shipping.trucks_take_parcels_of_their_lane": _of(
        GONE_LABEL, "UPDATE shipment SET carrier = 'GLS' WHERE state = 'handed_over'"
    ),
    "shipping.carriers_are_believed_forwards": _of(
        GONE_LABEL, "UPDATE shipment SET tracking = 'delivered' WHERE state = 'handed_over'"
    ),
    "stock.settled_moves_are_sealed": _of(
        LAST_MOVE,
        "DELETE FROM ledger_seal_row WHERE position = (SELECT max(position) FROM ledger_seal_row)",
    ),
    "stock.seals_follow_each_other": _of(
        "SELECT 2 AS seal", "UPDATE ledger_seal SET first_position = 2 WHERE id = 2"
    ),
    "stock.sealed_places_are_in_their_block": _of(
        "SELECT max(position) AS position FROM ledger_seal_row",
        "UPDATE ledger_seal_row SET seal_id = 1",
    ),
    "stock.the_chain_is_whole": _of(
        "SELECT 3 AS move", "UPDATE stock_move SET note = 'nothing of note' WHERE id = 3"
    ),
}
