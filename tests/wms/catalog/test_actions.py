"""Writing down what is stored."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from wms.catalog import actions, queries
from wms.catalog.queries import BarcodeKind, BoxFacts, ItemFacts
from wms.catalog.tables import Item, ItemBarcode, Lot
from wms.codes.actions import CodeTaken, UnfitCode, register
from wms.codes.queries import Kind, resolve
from wms.codes.tables import CodeTarget
from wms.kernel.commands import command
from wms.kernel.refusal import Refusal, Stale
from wms.kernel.tables import StoredEvent

AT = datetime(2026, 11, 12, 14, 2, tzinfo=UTC)
EAN = "4006381333931"
BOX = BoxFacts(name="S", length_mm=200, width_mm=150, height_mm=100, weight_g=80, max_weight_g=5000)


def write(database, do):
    return database.write(command("test", by=1, at=AT), do).value


def create(database, sku="85123A", name="White hanging heart", **facts):
    return write(
        database, lambda s: actions.create_item(s, sku=sku, name=name, **facts, by=1, at=AT).id
    )


def add(database, item_id, code, quantity=1, kind=BarcodeKind.UNIT):
    return write(
        database,
        lambda s: (
            actions.add_barcode(
                s, item_id=item_id, code=code, quantity_per_scan=quantity, kind=kind, by=1, at=AT
            ).id
        ),
    )


def edit(database, item_id, *, expected=None, **changes):
    def do(session):
        facts = replace(queries.facts_of(queries.item(session, item_id)), **changes)
        return actions.edit_item(
            session, item_id=item_id, facts=facts, expected=expected, by=1, at=AT
        ).version

    return write(database, do)


def scanned(database, text):
    with database.read() as session:
        return [(m.target_id, queries.units_per_scan(session, m)) for m in resolve(session, text)]


def told(database):
    with database.read() as session:
        return list(session.scalars(select(StoredEvent.type).order_by(StoredEvent.id)))


def faults(refused):
    return [(fault.where, fault.sentence) for fault in refused.value.faults]


def test_a_new_item_is_known_by_its_sku(database):
    item_id = create(database, weight_g=140, origin_country="de", hs_code="9405.40")

    assert scanned(database, "85123a") == [(item_id, 1)]
    assert told(database) == ["catalog.ItemCreated"]
    with database.read() as session:
        item = queries.item(session, item_id)
        assert (item.weight_g, item.origin_country, item.hs_code) == (140, "DE", "940540")
        assert queries.item_by_sku(session, " 85123a", owner_id=1) == item


def test_everything_wrong_with_an_item_is_told_at_once(lite_house):
    with pytest.raises(actions.WrongFacts) as refused:
        create(
            lite_house.database,
            sku=" ",
            name="x" * 201,
            weight_g=0,
            length_mm=1_000_000_000,
            hs_code="abc",
            origin_country="ZZ",
            note="half \ud800",
        )

    assert refused.value.status == 422
    assert faults(refused) == [
        ("sku", "catalog.sku_empty"),
        ("name", "catalog.too_long"),
        ("weight_g", "catalog.g_range"),
        ("length_mm", "catalog.mm_range"),
        ("hs_code", "catalog.hs_code"),
        ("origin_country", "catalog.country"),
        ("note", "catalog.unseen_sign"),
    ]


def test_a_sku_is_given_once_and_the_holder_is_named(database):
    create(database)

    with pytest.raises(CodeTaken) as refused:
        create(database, sku="85123a", name="Another")

    [fault] = refused.value.faults
    assert (fault.where, fault.sentence) == ("sku", "catalog.code_taken")
    assert fault.values["name"] == "White hanging heart"


def test_a_sku_that_is_the_code_of_a_bin_is_refused(database):
    write(database, lambda s: register(s, code="A-03-12", kind=Kind.LOCATION, target_id=1, at=AT))

    with pytest.raises(CodeTaken) as refused:
        create(database, sku="A-03-12")

    assert faults(refused) == [("sku", "codes.taken_by_location")]


@pytest.mark.parametrize("sku", ["WXU-token", "wxcYES", "CMD:YES"])
def test_no_item_can_be_called_like_a_badge_or_a_command(lite_house, sku):
    with pytest.raises(UnfitCode) as refused:
        create(lite_house.database, sku=sku)

    assert faults(refused) == [("sku", "codes.reserved")]
    with lite_house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Item)) == 0


def test_each_barcode_stands_for_its_own_number_of_units(database):
    item_id = create(database)
    add(database, item_id, EAN)
    add(database, item_id, "14006381333938", 6, BarcodeKind.PACK)
    add(database, item_id, "CASE-1", 48, BarcodeKind.CASE)

    assert scanned(database, EAN) == [(item_id, 1)]
    assert scanned(database, "14006381333938") == [(item_id, 6)]
    assert scanned(database, "(01)14006381333938(10)L7") == [(item_id, 6)]
    assert scanned(database, f"(01)0{EAN}(30)5") == [(item_id, 5)]
    assert scanned(database, "case-1") == [(item_id, 48)]
    with database.read() as session:
        assert [its.code for its in queries.barcodes(session, [item_id])[item_id]] == [
            EAN,
            "14006381333938",
            "CASE-1",
        ]


@pytest.mark.parametrize(
    ("quantity", "kind", "sentence"),
    [
        (2, BarcodeKind.UNIT, "catalog.unit_is_one"),
        (1, BarcodeKind.CASE, "catalog.pack_range"),
        (0, BarcodeKind.PACK, "catalog.pack_range"),
        (-4, BarcodeKind.UNIT, "catalog.unit_is_one"),
        (1_000_000_000, BarcodeKind.CASE, "catalog.pack_range"),
    ],
)
def test_a_barcode_that_stands_for_a_strange_number_is_refused(
    lite_house, quantity, kind, sentence
):
    item_id = create(lite_house.database)

    with pytest.raises(actions.WrongFacts) as refused:
        add(lite_house.database, item_id, EAN, quantity, kind)

    assert faults(refused) == [("quantity_per_scan", sentence)]


def test_a_barcode_of_another_item_is_refused_and_its_holder_named(database):
    first, second = create(database), create(database, sku="21071", name="Mug")
    add(database, first, EAN)

    with pytest.raises(CodeTaken) as refused:
        add(database, second, f"0{EAN}")

    assert refused.value.faults[0].values["sku"] == "85123A"


def test_the_same_barcode_twice_on_one_item_is_told(database):
    item_id = create(database)
    add(database, item_id, EAN)

    with pytest.raises(actions.BarcodeKnown):
        add(database, item_id, EAN, 6, BarcodeKind.PACK)


def test_an_item_has_room_for_a_hundred_barcodes(lite_house):
    database = lite_house.database
    item_id = create(database)

    def fill(session):
        session.add_all(
            ItemBarcode(
                item_id=item_id, code=f"C{n}", quantity_per_scan=1, kind="unit", created_at=AT
            )
            for n in range(100)
        )

    write(database, fill)

    with pytest.raises(actions.TooManyBarcodes):
        add(database, item_id, EAN)


def test_a_removed_barcode_means_nothing_and_may_go_to_another_item(database):
    first, second = create(database), create(database, sku="21071", name="Mug")
    barcode_id = add(database, first, EAN)

    write(
        database,
        lambda s: actions.remove_barcode(s, item_id=first, barcode_id=barcode_id, by=1, at=AT),
    )
    assert scanned(database, EAN) == []

    add(database, second, EAN)
    assert scanned(database, EAN) == [(second, 1)]


def test_removing_a_barcode_that_is_also_the_sku_leaves_the_sku(database):
    item_id = create(database, sku=EAN)
    barcode_id = add(database, item_id, EAN)

    write(
        database,
        lambda s: actions.remove_barcode(s, item_id=item_id, barcode_id=barcode_id, by=1, at=AT),
    )

    assert scanned(database, EAN) == [(item_id, 1)]


def test_the_barcode_of_another_item_cannot_be_removed_by_its_number(lite_house):
    first, second = create(lite_house.database), create(lite_house.database, sku="21071")
    barcode_id = add(lite_house.database, first, EAN)

    with pytest.raises(queries.NoSuchBarcode):
        write(
            lite_house.database,
            lambda s: actions.remove_barcode(s, item_id=second, barcode_id=barcode_id, by=1, at=AT),
        )


def test_a_changed_item_says_what_is_different(database):
    item_id = create(database, weight_g=100)

    assert edit(database, item_id, expected=1, weight_g=140, name="Heart") == 2

    with database.read() as session:
        event = session.scalars(
            select(StoredEvent).where(StoredEvent.type == "catalog.ItemChanged")
        ).one()
        assert event.data == {"item_id": item_id, "fields": ["name", "weight_g"]}


def test_saying_the_same_again_is_no_change(database):
    item_id = create(database)

    assert edit(database, item_id) == 1
    assert told(database) == ["catalog.ItemCreated"]


def test_who_edits_an_old_version_is_told_so(database):
    item_id = create(database)
    edit(database, item_id, expected=1, name="Heart")

    with pytest.raises(Stale):
        edit(database, item_id, expected=1, name="Star")


def test_a_new_sku_is_scanned_and_the_old_one_is_free(database):
    item_id = create(database)

    edit(database, item_id, sku="85123B")

    assert scanned(database, "85123A") == []
    assert scanned(database, "85123B") == [(item_id, 1)]
    assert create(database) != item_id


def test_a_sku_that_only_changes_its_case_stays_the_same_code(database):
    item_id = create(database)

    edit(database, item_id, sku="85123a")

    assert scanned(database, "85123A") == [(item_id, 1)]
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(CodeTarget)) == 1


def test_an_old_sku_that_is_printed_as_a_barcode_is_still_scanned(database):
    item_id = create(database, sku=EAN)
    add(database, item_id, EAN)

    edit(database, item_id, sku="85123A")

    assert scanned(database, EAN) == [(item_id, 1)]


def test_an_archived_item_leaves_the_list_and_is_still_known_by_its_codes(database):
    item_id = create(database)

    def archive(session):
        return actions.archive_item(session, item_id=item_id, expected=1, by=1, at=AT).version

    assert write(database, archive) == 2
    with database.read() as session:
        assert session.scalars(queries.items()).all() == []
        assert [row.id for row in session.scalars(queries.items(archived=True))] == [item_id]
    assert scanned(database, "85123A") == [(item_id, 1)]

    write(database, lambda s: actions.unarchive_item(s, item_id=item_id, by=1, at=AT).id)
    with database.read() as session:
        assert [row.id for row in session.scalars(queries.items())] == [item_id]
    assert told(database) == [
        "catalog.ItemCreated",
        "catalog.ItemArchived",
        "catalog.ItemUnarchived",
    ]


def test_an_item_that_nobody_knows_cannot_be_changed(lite_house):
    with pytest.raises(queries.NoSuchItem):
        write(lite_house.database, lambda s: actions.archive_item(s, item_id=77, by=1, at=AT).id)


def test_a_lot_is_made_once_and_learns_its_date(database):
    item_id = create(database)

    def lot(code, expires_on=None):
        return write(
            database,
            lambda s: actions.lot(s, item_id=item_id, code=code, expires_on=expires_on, at=AT).id,
        )

    first = lot(" L7 ")
    assert lot("L7", date(2027, 11, 30)) == first
    assert lot("L7", date(2027, 11, 30)) == lot("L7") == first
    assert lot("l7") != first
    with database.read() as session:
        assert queries.lot(session, first).expires_on == date(2027, 11, 30)

    with pytest.raises(actions.LotHasOtherDate):
        lot("L7", date(2028, 1, 1))


def test_a_serial_number_is_made_once_for_each_item(database):
    first, second = create(database), create(database, sku="21071")

    def serial(item_id):
        return write(database, lambda s: actions.serial(s, item_id=item_id, code="S-1", at=AT).id)

    assert serial(first) == serial(first)
    assert serial(first) != serial(second)


@pytest.mark.parametrize("code", ["", "  ", "x" * 65, "a\x00"])
def test_a_lot_without_a_readable_code_is_refused(lite_house, code):
    item_id = create(lite_house.database)

    with pytest.raises(actions.WrongFacts):
        write(lite_house.database, lambda s: actions.lot(s, item_id=item_id, code=code, at=AT).id)

    with lite_house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Lot).where(Lot.id > 0)) == 0


def test_a_box_is_written_down_changed_and_taken_out_of_use(database):
    box_id = write(database, lambda s: actions.create_box_type(s, facts=BOX, by=1, at=AT).id)

    def widen(session):
        facts = replace(BOX, width_mm=160)
        return actions.edit_box_type(
            session, box_type_id=box_id, facts=facts, expected=1, by=1, at=AT
        ).version

    assert write(database, widen) == 2
    write(database, lambda s: actions.archive_box_type(s, box_type_id=box_id, by=1, at=AT).id)
    with database.read() as session:
        assert session.scalars(queries.box_types()).all() == []
        assert queries.box_type(session, box_id).width_mm == 160
    write(database, lambda s: actions.unarchive_box_type(s, box_type_id=box_id, by=1, at=AT).id)
    assert told(database) == [
        "catalog.BoxTypeCreated",
        "catalog.BoxTypeChanged",
        "catalog.BoxTypeArchived",
        "catalog.BoxTypeUnarchived",
    ]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"name": ""}, ["name"]),
        ({"length_mm": 0}, ["length_mm"]),
        ({"weight_g": -1}, ["weight_g"]),
        ({"max_weight_g": 80}, ["max_weight_g"]),
    ],
)
def test_a_box_that_cannot_be_is_refused(lite_house, changes, fields):
    with pytest.raises(actions.WrongFacts) as refused:
        write(
            lite_house.database,
            lambda s: actions.create_box_type(s, facts=replace(BOX, **changes), by=1, at=AT).id,
        )

    assert [fault.where for fault in refused.value.faults] == fields


def test_two_boxes_cannot_have_one_name(lite_house):
    write(lite_house.database, lambda s: actions.create_box_type(s, facts=BOX, by=1, at=AT).id)

    with pytest.raises(Refusal) as refused:
        write(
            lite_house.database,
            lambda s: actions.create_box_type(s, facts=replace(BOX, name="s"), by=1, at=AT).id,
        )

    assert faults(refused) == [("name", "catalog.box_name_taken")]


def test_facts_are_kept_tidy():
    from wms.catalog.rules import tidy

    facts = tidy(
        ItemFacts(
            sku=" a ", name=" b ", hs_code=" 94.05 ", origin_country=" gb ", note=" up\r\ndown "
        )
    )

    assert facts == ItemFacts(
        sku="a", name="b", hs_code="9405", origin_country="GB", note="up\ndown"
    )
