"""A scan goes to whom it is for: the open question, the floor, the process the person is in, or the look-up card."""

from dataclasses import replace

import pytest

from tests import kit, visitors
from tests.floor_bells import a_floor
from wms.bins.places import Kind as PlaceKind
from wms.bins.tables import Location
from wms.codes import actions as codes
from wms.codes.queries import Kind
from wms.codes.tables import Owner
from wms.floor.actions import scan
from wms.floor.actions.scanning import NotYourWork
from wms.floor.here import Puzzle
from wms.floor.looking import look
from wms.floor.process import Card, Offer, Stand
from wms.floor.queries import here
from wms.floor.tables import Dialogue
from wms.floor.turn import Button, Order, Thing, say
from wms.kernel.refusal import Refusal
from wms.people.policy import Role


class Hands:
    """Somebody who scans, each scan a command of its own."""

    def __init__(self, house, floor, worker):
        self.house, self.floor, self.worker = house, floor, worker

    def does(self, code="", **more):
        at = self.house.clock.now()
        return visitors.done(
            self.house,
            lambda s: scan(s, self.floor, worker=self.worker, code=code, **more, at=at),
        )

    def is_told(self, code="", **more):
        turn = self.does(code, **more)["turn"]
        return turn["say"]["id"], turn["tone"]

    @property
    def stand(self):
        with self.house.database.read() as session:
            stand = here(session, self.floor, self.worker.id).stand
        return stand.process, stand.step, stand.ref


@pytest.fixture
def mia(house, worker, bells):
    return Hands(house, a_floor(bells), worker)


@pytest.fixture
def bea(mia):
    lead = visitors.a_person(mia.house, Role.SUPERVISOR, name="Bea")
    return Hands(
        mia.house, mia.floor, replace(mia.worker, id=lead, roles=frozenset({"supervisor"}))
    )


def test_get_work_takes_the_first_work_that_the_roles_allow(mia):
    answer = mia.does(order=Order.WORK)

    assert (answer["taken_for"], mia.stand) == ("command", ("bells", "bin", 0))


@pytest.mark.parametrize("code", ["WXCWORK", "wxcnext", "CMD:WORK"])
def test_work_can_be_asked_for_by_scan(mia, code):
    assert mia.does(code)["turn"]["process"] == "bells"


def test_nobody_gets_work_of_other_roles(mia):
    packer = replace(mia.worker, roles=frozenset({"packer"}))

    told = Hands(mia.house, mia.floor, packer).is_told(order=Order.WORK)

    assert told == ("floor.nothing_waits", "attention")
    with pytest.raises(NotYourWork):
        Hands(mia.house, mia.floor, packer).does(order=Order.WORK, process="bells")


def test_a_scan_in_work_goes_to_its_process_with_all_it_means(mia, bells):
    mia.does(order=Order.WORK)

    answer = mia.does("WXLA-01-01-1")

    assert (answer["taken_for"], mia.stand) == ("location", ("bells", "item", 0))
    assert [meaning.kind for meaning in bells.heard[-1].meanings] == [Kind.LOCATION]


def test_a_quantity_code_is_a_number(mia, bells):
    mia.does(order=Order.WORK)
    mia.does("A-01-01-1")

    answer = mia.does("WXCQ2")

    assert (answer["taken_for"], bells.heard[-1].quantity) == ("number", 2)
    assert answer["turn"]["amount"] == {"done": 2, "of": 3}


def test_a_lost_person_goes_on_where_they_left(mia):
    mia.does(order=Order.WORK)
    mia.does("A-01-01-1")
    mia.does("BELL")

    with mia.house.database.read() as session:
        found = here(session, mia.floor, mia.worker.id)

    assert (found.stand.step, found.stand.data) == ("item", {"rung": 1})


@pytest.mark.parametrize(
    ("is_in_hand", "told"), [(True, "floor.work_is_kept"), (False, "floor.tile_leads_back")]
)
def test_the_menu_leads_home_and_says_what_leads_back(mia, bells, is_in_hand, told):
    mia.does(order=Order.WORK)
    bells.is_in_hand = is_in_hand

    assert (mia.is_told("WXCMENU")[0], mia.stand[0]) == (told, "")
    assert mia.does(order=Order.WORK, process="bells")["turn"]["process"] == "bells"


def test_what_was_said_is_said_still_until_it_holds_no_longer(mia, bells):
    mia.does(order=Order.WORK)
    mia.does("BELL")

    def said():
        with mia.house.database.read() as session:
            turn = look(session, mia.floor, mia.worker, kit.NOON)
        return turn.say.id if turn.say else None, turn.tone

    assert said() == ("floor.unknown_code", "wrong")
    bells.settled = ("floor.unknown_code",)
    assert said() == (None, "quiet")


@pytest.mark.parametrize("order", [Order.PAUSE, Order.OUT])
def test_whoever_pauses_leaves_and_stands_where_they_stood(mia, order):
    mia.does(order=Order.WORK)

    answer = mia.does(order=order)

    assert (answer["leaves"], mia.stand) == (True, ("bells", "bin", 0))


def test_a_refusal_leaves_everything_as_it_was(mia):
    mia.does(order=Order.WORK)

    with pytest.raises(Refusal):
        mia.does(order=Order.SHORT)

    assert mia.stand == ("bells", "bin", 0)


def test_the_end_of_a_piece_of_work_is_home_with_the_last_word(mia):
    mia.does(order=Order.WORK)
    for code in ("A-01-01-1", "WXCQ3", "A-01-02-1"):
        mia.does(code)

    answer = mia.does("WXCQ3")

    assert (mia.stand[0], answer["turn"]["tone"], answer["turn"]["step"]) == ("", "task", "home")


def test_a_key_that_came_home_leads_back_until_other_work_is_taken(mia, bells):
    mia.does(order=Order.WORK)
    for code in ("A-01-01-1", "WXCQ3", "A-01-02-1", "WXCQ3"):
        mia.does(code)
    looked = mia.does("BELL")["turn"]
    asked = mia.does(order=Order.FULL)["turn"]

    back = mia.does(order=Order.UNDO)["turn"]

    assert [[key["order"] for key in turn["buttons"]] for turn in (looked, asked)] == [["undo"]] * 2
    assert (looked["step"], asked["say"]["id"]) == ("card", "floor.take_work_first")
    assert (mia.stand, back["step"]) == (("bells", "item", 1), "item")
    assert bells.heard[-1].order is Order.UNDO


def test_a_key_at_home_that_leads_nowhere_does_nothing(mia):
    assert mia.is_told(order=Order.UNDO) == ("floor.take_work_first", "attention")


def test_between_work_an_unknown_code_says_what_to_do(mia):
    assert mia.is_told("4006381333931") == ("floor.unknown_code", "wrong")


def test_in_work_an_unknown_code_is_for_the_process_which_may_know_its_lot(mia, bells):
    mia.does(order=Order.WORK)

    told = mia.is_told("LOT-7")

    assert told == ("floor.unknown_code", "wrong")
    assert (bells.heard[-1].code, bells.heard[-1].meanings) == ("LOT-7", ())


def test_in_work_a_lead_is_not_asked_about_the_number_of_a_lot(bea, bells):
    bea.does(order=Order.WORK)

    bea.does("A-12")

    assert bells.heard[-1].code == "A-12"


def test_unknown_commands_and_badges_are_told_what_they_are(mia):
    assert mia.is_told("WXCDANCE") == ("floor.unknown_command", "wrong")
    assert mia.is_told("WXU0123456789ABCDEF") == ("floor.badge_at_the_door", "attention")
    assert mia.is_told("WXCUNDO") == ("floor.take_work_first", "attention")


def test_a_picker_is_not_asked_whether_to_make_a_bin(mia):
    assert mia.is_told("WXLA-09-09-1") == ("floor.unknown_code", "wrong")


def test_a_lead_makes_the_bin_of_an_unknown_label_by_scanning_it_again(bea):
    asked = bea.is_told("WXLA-09-09-1")
    made = bea.is_told("A-09-09-1")

    assert (asked[0], made) == ("floor.new_bin", ("floor.bin_made", "good"))
    with bea.house.database.read() as session:
        assert session.query(Location).filter_by(code="A-09-09-1").one().kind == PlaceKind.BIN


def test_a_no_makes_no_bin_and_another_scan_goes_on(bea):
    bea.does("A-09-09-1")
    assert bea.is_told("WXCNO")[0] == "floor.left_it"
    bea.does("A-09-09-1")
    assert bea.does("BELL")["turn"]["step"] == "card"

    with bea.house.database.read() as session:
        assert session.query(Location).filter_by(code="A-09-09-1").count() == 0


def test_a_question_in_the_middle_of_work_leads_back_into_it(bea):
    bea.does(order=Order.WORK)
    asked = bea.does("WXLA-09-09-1")["turn"]
    made = bea.does(order=Order.YES)["turn"]

    assert (asked["step"], made["step"], made["say"]["id"]) == (
        Puzzle.NEW_BIN,
        "bin",
        "floor.bin_made",
    )
    assert bea.does("A-01-01-1")["turn"]["step"] == "item"


def test_in_two_warehouses_a_number_says_where(bea):
    reno = kit.a_warehouse(bea.house.database, "RNO", name="Reno")
    assert bea.is_told("A-09-09-1")[0] == "floor.new_bin_where"

    assert bea.is_told("WXCQ2")[0] == "floor.bin_made"

    with bea.house.database.read() as session:
        assert session.query(Location).filter_by(code="A-09-09-1").one().warehouse_id == reno


@pytest.fixture
def twice(house, built):
    """Two owners have an item of the same SKU."""

    def client(session):
        owner = Owner(name="Client", created_at=house.clock.now())
        session.add(owner)
        session.flush()
        return owner.id

    owner = visitors.done(house, client)
    return kit.an_item(house.database, "BELL", name="Silver bell", owner_id=owner)


def test_a_code_of_two_things_asks_which_and_a_number_answers(mia, twice):
    asked = mia.does("BELL")
    card = mia.does("WXCQ2")

    assert (asked["taken_for"], asked["turn"]["say"]["id"]) == ("item", "floor.which")
    assert [button["values"]["name"] for button in asked["turn"]["buttons"]] == [
        "BELL · Brass bell",
        "BELL · Silver bell",
    ]
    assert card["turn"]["thing"]["name"] == "Silver bell"


def test_what_the_work_expects_is_not_asked_about(mia, bells, twice):
    mia.does(order=Order.WORK)
    mia.does("A-01-01-1")

    mia.does("BELL")

    assert len(bells.heard[-1].meanings) == 2


def test_between_work_a_scan_shows_what_it_is(mia):
    item = mia.does("BELL")["turn"]
    place = mia.does("WXLA-01-02-1")["turn"]

    assert (item["thing"]["name"], item["thing"]["more"]) == ("Brass bell", ["A-01-02-1 × 7"])
    assert place["say"] == {
        "id": "floor.place_holds",
        "values": {"code": "A-01-02-1", "n": 7, "promised": 0},
    }


def test_what_slices_above_know_they_tell(mia, house):
    at = house.clock.now()
    visitors.done(
        house, lambda s: codes.register(s, code="WXO10460", kind=Kind.ORDER, target_id=1, at=at)
    )
    assert mia.is_told("WXO10460")[0] == "floor.no_card"
    tell = Card(Thing("Order 10460", "10460"), say("floor.left_it"))
    knowing = replace(mia.floor, look_ups={Kind.ORDER: lambda _session, _meaning: tell})

    card = Hands(house, knowing, mia.worker).does("WXO10460")["turn"]

    assert card["thing"]["name"] == "Order 10460"


@pytest.fixture
def offering(mia, house):
    """Somebody for whom the label of an order leads to the second bell."""
    at = house.clock.now()
    visitors.done(
        house, lambda s: codes.register(s, code="WXO10460", kind=Kind.ORDER, target_id=1, at=at)
    )
    stand = Stand("bells", "item", 1, {"rung": 0})
    key = Button(Order.YES, "floor.make_it")
    offer = Offer(key, stand, say("floor.left_it"), ("WXO10460",))
    tell = Card(Thing("Order 10460", "10460"), say("floor.look_up"), offer)
    knowing = replace(mia.floor, look_ups={Kind.ORDER: lambda _session, _meaning: tell})
    return Hands(house, knowing, mia.worker)


@pytest.mark.parametrize("answer", ["WXCYES", "WXO10460"])
def test_what_may_be_done_with_a_thing_is_done_by_a_key_or_by_the_same_scan(offering, answer):
    card = offering.does("WXO10460")["turn"]
    at_home = offering.stand[0]

    offering.does(answer)

    assert (card["say"]["id"], [key["order"] for key in card["buttons"]]) == (
        "floor.left_it",
        ["yes"],
    )
    assert (at_home, offering.stand) == ("", ("bells", "item", 1))


def test_an_answer_goes_with_its_card(offering):
    offering.does("WXO10460")
    other = offering.does("BELL")["turn"]

    assert other["buttons"] == []
    assert offering.is_told("WXCYES") == ("floor.take_work_first", "attention")


def test_who_does_other_work_is_told_only_what_a_thing_is(offering):
    offering.worker = replace(offering.worker, roles=frozenset({"packer"}))

    card = offering.does("WXO10460")["turn"]

    assert (card["say"]["id"], card["buttons"]) == ("floor.look_up", [])


def test_whoever_stands_in_work_that_is_gone_is_at_home(mia):
    mia.does(order=Order.WORK)

    with mia.house.database.read() as session:
        found = here(session, replace(mia.floor, processes={}), mia.worker.id)

    assert found.stand.process == ""


def test_help_comes_to_an_enrolled_tablet_only(mia):
    assert mia.is_told(order=Order.HELP) == ("floor.help_where", "attention")
    device, _ = visitors.a_device(mia.house)
    at_tablet = Hands(mia.house, mia.floor, replace(mia.worker, device_id=device))

    assert at_tablet.is_told(order=Order.HELP) == ("floor.help_comes", "good")
    assert len(visitors.events(mia.house, "stations.HelpCalled")) == 1


def test_one_person_has_one_place(mia):
    for _ in range(3):
        mia.does("BELL")

    with mia.house.database.read() as session:
        assert session.query(Dialogue).count() == 1
