from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wms.floor.turn import Order, Tone, say
from wms.floor.worded import said as in_words
from wms.picking.dialogue import (
    Arrive,
    At,
    Drop,
    Full,
    Goods,
    Load,
    LoadCart,
    Looked,
    Pick,
    Said,
    Short,
    ShortReason,
    Skip,
    Spot,
    Step,
    Take,
    TakeOver,
    Tote,
    Trip,
    Undo,
    Want,
    hear,
    onward,
    show,
    slot_name,
)

BIN, OTHER_BIN, TOTE, OTHER_TOTE, LANE, CART = 11, 12, 21, 22, 31, 41
MUG, CLOCK = 1, 2

AT_BIN = Spot(BIN, "A-03-12", "bin")
AT_OTHER_BIN = Spot(OTHER_BIN, "A-03-11", "bin")
IN_TOTE = Spot(TOTE, "T-0042", "tote")
IN_OTHER = Spot(OTHER_TOTE, "T-0043", "tote")
IN_STRANGE = Spot(29, "T-0099", "tote")
AT_LANE = Spot(LANE, "P2", "lane")


def a_pick(**changes):
    facts = {
        "task_id": 1,
        "fo_id": 7,
        "order": "1001",
        "bin_id": BIN,
        "bin": "A-03-12",
        "item_id": MUG,
        "sku": "85123A",
        "name": "White mug",
        "done": 0,
        "of": 2,
    }
    return Pick(**facts | changes)


def a_trip(*picks, totes=None, **facts):
    mine = Tote(TOTE, "T-0042", "A1", 7)
    other = Tote(OTHER_TOTE, "T-0043", "A2", 8)
    return Trip(5, "W1-1", picks or (a_pick(),), totes or (mine, other), **facts)


def one_tote(*picks):
    return a_trip(*picks, totes=(Tote(TOTE, "T-0042", "A1", None),))


def spot(where):
    return Said(where.code, spots=(where,))


def goods(item_id=MUG, quantity=1, **facts):
    return Said("code", goods=(Goods(item_id, f"SKU{item_id}", quantity, **facts),))


def number(quantity):
    return Said(order=Order.QUANTITY, quantity=quantity)


def after(trip, at, *said):
    reply = None
    for one in said:
        reply = hear(trip, at, one)
        at = reply.at
    return reply


GO = At(Step.GO, 1)
ITEM = At(Step.ITEM, 1, bin_id=BIN)


def test_the_right_bin_leads_to_its_item():
    reply = hear(a_trip(), GO, spot(AT_BIN))

    assert (reply.at.step, reply.act, reply.tone) == (Step.ITEM, Arrive(1), Tone.GOOD)


def test_a_wrong_bin_says_where_to_go():
    reply = hear(a_trip(), GO, spot(AT_OTHER_BIN))

    assert reply.say.id == "picking.wrong_bin"
    assert reply.say.values == {"here": "A-03-11", "there": "A-03-12"}
    assert (reply.at, reply.act, reply.tone) == (GO, None, Tone.WRONG)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (goods(), "picking.bin_first"),
        (Said("nobody knows"), "picking.unknown_go"),
        (Said(order=Order.DONE), "picking.bin_first"),
        (Said(order=Order.UNREADABLE), "picking.unreadable"),
    ],
)
def test_before_the_bin_nothing_else_counts(said, sentence):
    reply = hear(a_trip(), GO, said)

    assert (reply.say.id, reply.at, reply.act) == (sentence, GO, None)


def test_a_supervisor_may_vouch_for_a_bin_whose_label_is_gone():
    reply = hear(a_trip(), GO, Said(order=Order.UNREADABLE, is_lead=True))

    assert reply.act == Arrive(1)


def test_each_scan_counts_until_the_tote_is_asked_for():
    trip = a_trip()
    first = hear(trip, ITEM, goods())
    second = hear(trip, first.at, goods())

    assert (first.at.step, first.at.count, first.say.id) == (Step.ITEM, 1, "picking.counting")
    assert (second.at.step, second.at.count, second.act) == (Step.TOTE, 2, None)


def test_the_right_tote_takes_what_is_in_hand():
    reply = after(a_trip(), ITEM, goods(), goods(), spot(IN_TOTE))

    assert reply.act == Take(1, TOTE, 2)


def test_another_slot_is_sent_to_the_right_one():
    reply = after(a_trip(), ITEM, goods(), goods(), spot(IN_OTHER))

    assert reply.say.id == "picking.other_slot"
    assert reply.say.values == {"here": "A2", "tote": "T-0042", "slot": "A1"}
    assert reply.act is None


def test_a_case_counts_all_its_units():
    trip = a_trip(a_pick(of=12))
    reply = after(trip, ITEM, goods(quantity=6), goods(quantity=6))

    assert (reply.at.step, reply.at.count) == (Step.TOTE, 12)


def test_more_than_asked_is_to_be_put_back():
    reply = hear(a_trip(), ITEM, goods(quantity=3))

    assert (reply.say.id, reply.at, reply.tone) == ("picking.too_many", ITEM, Tone.WRONG)


def test_one_more_before_the_tote_is_to_be_put_back():
    reply = after(a_trip(a_pick(of=6, done=4)), ITEM, goods(), goods(), goods())

    assert reply.say.id == "picking.enough"
    assert reply.say.values["already"] == 6
    assert reply.at.count == 2


def test_another_item_is_named_with_the_right_one():
    reply = hear(a_trip(), ITEM, goods(CLOCK))

    assert reply.say.values == {"here": "SKU2", "sku": "85123A", "name": "White mug"}
    assert reply.at == ITEM


def test_a_few_units_are_scanned_one_by_one():
    reply = after(a_trip(a_pick(of=5)), ITEM, goods(), number(5))

    assert (reply.say.id, reply.at.count) == ("picking.scan_each", 1)


def test_many_units_are_typed_once_one_was_scanned():
    trip = a_trip(a_pick(of=40))

    assert hear(trip, ITEM, number(40)).say.id == "picking.scan_one_first"
    typed = after(trip, ITEM, goods(), number(40))
    assert (typed.at.step, typed.at.count) == (Step.TOTE, 40)


def test_more_than_asked_cannot_be_typed():
    reply = after(a_trip(a_pick(of=40)), ITEM, goods(), number(41))

    assert (reply.say.id, reply.tone) == ("picking.too_many", Tone.WRONG)


def test_a_count_is_corrected_before_the_tote():
    reply = after(a_trip(a_pick(of=40)), ITEM, goods(), number(40), number(39))

    assert (reply.at.step, reply.at.count) == (Step.ITEM, 39)


def test_a_single_goes_straight_into_the_only_tote():
    reply = hear(one_tote(a_pick(of=1)), ITEM, goods())

    assert reply.act == Take(1, TOTE, 1)


def test_several_into_the_only_tote_are_confirmed():
    trip = one_tote(a_pick(of=6))
    counted = hear(trip, ITEM, goods(quantity=6))

    assert (counted.at.step, counted.act) == (Step.TOTE, None)
    assert hear(trip, counted.at, Said(order=Order.DONE)).act == Take(1, TOTE, 6)


def test_with_a_choice_of_totes_a_yes_is_not_enough():
    reply = after(a_trip(), ITEM, goods(), goods(), Said(order=Order.YES))

    assert (reply.act, reply.say.id) == (None, "picking.tote_first")


def test_a_tote_may_take_a_part():
    reply = after(a_trip(), ITEM, goods(), spot(IN_TOTE))

    assert reply.act == Take(1, TOTE, 1)


def test_the_last_count_in_hand_is_taken_back_first():
    trip = a_trip(a_pick(of=12))
    reply = after(trip, ITEM, goods(), goods(quantity=6), Said(order=Order.UNDO))

    assert (reply.at.count, reply.act) == (1, None)
    assert hear(trip, ITEM, Said(order=Order.UNDO)).act == Undo()


def test_nothing_there_is_short_at_once():
    assert hear(a_trip(), ITEM, Said(order=Order.EMPTY)).act == Short(1, ShortReason.EMPTY)


def test_what_is_in_hand_goes_into_the_tote_and_the_rest_is_short():
    reply = after(a_trip(), ITEM, goods(), Said(order=Order.DAMAGED), spot(IN_TOTE))

    assert reply.act == Take(1, TOTE, 1, ShortReason.DAMAGED)


@pytest.mark.parametrize(
    ("found", "act", "step"),
    [(0, Short(1, ShortReason.FEWER), Step.ITEM), (4, None, Step.TOTE), (6, None, Step.ITEM)],
)
def test_fewer_asks_how_many_there_are(found, act, step):
    reply = after(a_trip(a_pick(of=6)), ITEM, Said(order=Order.SHORT), number(found))

    assert (reply.act, reply.at.step) == (act, step)


def test_a_lot_among_others_is_looked_at():
    trip = a_trip(a_pick(lot="L1", asks_lot=True))

    assert hear(trip, ITEM, goods()).at.step is Step.LOT
    assert after(trip, ITEM, goods(), Said(order=Order.YES)).at.count == 1
    assert after(trip, ITEM, goods(), Said("L1")).at.count == 1
    assert after(trip, ITEM, goods(), Said(order=Order.NO)).say.id == "picking.wrong_lot"
    assert hear(trip, ITEM, goods(lot="L2")).say.id == "picking.other_lot"
    assert hear(trip, ITEM, goods(lot="L1")).at.count == 1


def test_another_piece_than_the_promised_one_is_put_back():
    reply = hear(a_trip(a_pick(serial="S1")), ITEM, goods(serial="S2"))

    assert (reply.say.id, reply.at.count) == ("picking.wrong_serial", 0)


def test_a_task_is_put_off_twice_and_then_a_supervisor_is_asked():
    skip = Said(order=Order.SKIP)

    assert hear(a_trip(), GO, skip).act == Skip(1)
    assert hear(a_trip(a_pick(skips=2)), GO, skip).say.id == "picking.skipped_enough"
    lead = replace(skip, is_lead=True)
    assert hear(a_trip(a_pick(skips=2)), GO, lead).act == Skip(1)


def test_units_in_hand_are_put_back_before_a_task_is_put_off():
    reply = after(a_trip(), ITEM, goods(), Said(order=Order.SKIP))

    assert (reply.say.id, reply.act) == ("picking.put_back_first", None)


def test_a_full_tote_is_followed_by_another_and_the_hand_stays_full():
    trip = a_trip()
    counted = after(trip, ITEM, goods(), goods())
    full = hear(trip, counted.at, Said(order=Order.FULL))
    wanting = replace(trip, wants=(Want(7, "1001", "B1"),))

    assert full.act == Full(TOTE)
    load = onward(wanting, full.at)
    assert (load.step, load.count) == (Step.LOAD, 2)
    assert onward(trip, load).step is Step.TOTE


def test_each_order_gets_a_tote_before_the_walk():
    trip = replace(a_trip(), totes=(), wants=(Want(7, "1001", "A1"), Want(8, "1002", "A2")))
    at = onward(trip, At(Step.GO))

    assert at.step is Step.LOAD
    assert hear(trip, at, spot(IN_TOTE)).act == Load(TOTE, 7)
    assert hear(trip, at, spot(Spot(CART, "C-1", "cart"))).act == LoadCart(CART)
    assert hear(trip, at, spot(AT_BIN)).say.id == "picking.scan_tote"


def test_a_tote_of_another_trip_is_taken_over_with_the_second_scan():
    trip = replace(a_trip(), totes=(), wants=(Want(7, "1001", "A1"),))
    taken = Spot(TOTE, "T-0042", "tote", run_id=9)
    first = hear(trip, At(Step.LOAD), spot(taken))

    assert (first.act, first.say.id) == (None, "picking.take_over")
    assert hear(trip, first.at, spot(taken)).act == TakeOver(9)


def test_an_empty_bin_is_looked_at():
    at = At(Step.ZERO, bin_id=BIN)

    assert hear(a_trip(), at, Said(order=Order.YES)).act == Looked(BIN, is_empty=True)
    assert hear(a_trip(), at, spot(AT_BIN)).act == Looked(BIN, is_empty=True)
    assert hear(a_trip(), at, Said(order=Order.NO)).act == Looked(BIN, is_empty=False)
    assert hear(a_trip(), at, goods()).act is None


def test_totes_are_put_down_where_totes_wait():
    trip = replace(a_trip(holds_units=True), picks=())
    at = onward(trip, At(Step.ITEM, 1, bin_id=BIN))

    assert at.step is Step.DROP
    assert hear(trip, at, spot(AT_LANE)).act == Drop(LANE)
    assert hear(trip, at, spot(AT_BIN)).say.id == "picking.scan_place"


def test_the_screen_names_the_place_where_totes_are_put_down():
    trip = replace(a_trip(holds_units=True, offers=("STAGE-1", "BENCH-1")), picks=())

    shown = show(trip, At(Step.DROP))
    anywhere = show(replace(trip, offers=()), At(Step.DROP))

    assert (shown.target, shown.say.id) == ("STAGE-1", "picking.put_them_down")
    assert shown.say.values == {"totes": "A1, A2", "place": "STAGE-1"}
    assert (anywhere.verb.id, anywhere.target) == ("picking.verb_drop_anywhere", "A1, A2")


def test_a_tote_is_asked_for_by_its_slot_on_the_cart():
    trip = replace(a_trip(wants=(Want(9, "1003", "B1"),)), totes=())

    shown = show(trip, At(Step.LOAD))

    assert (shown.target, shown.say.id) == ("B1", "picking.scan_tote")
    assert shown.say.values == {"order": "1003", "slot": "B1"}


@pytest.mark.parametrize(
    ("shorts", "skus", "told", "tone"),
    [
        (0, (), "picking.sum_nothing_short", Tone.QUIET),
        (1, ("22720",), "picking.sum_short_of", Tone.ATTENTION),
        (4, ("1", "2", "3", "4"), "picking.sum_short", Tone.ATTENTION),
    ],
)
def test_the_end_of_a_trip_tells_its_figures_whatever_is_said(shorts, skus, told, tone):
    trip = a_trip(done=38, of=38, units=71, minutes=46, metres=412, shorts=shorts, short_skus=skus)

    shown = show(replace(trip, picks=()), At(Step.DONE), say("picking.put_down", n=4, place="P2"))

    assert shown.say.id == "picking.put_down"
    assert [in_words(fact.value) for fact in shown.facts] == ["38", "46 min", "412 m", str(shorts)]
    assert (shown.facts[-1].label.id, shown.facts[-1].tone) == (told, tone)


def test_a_walk_that_no_plan_measured_is_not_told():
    trip = replace(a_trip(done=1, of=1, units=1), picks=())

    assert "picking.sum_metres" not in [fact.label.id for fact in show(trip, At(Step.DONE)).facts]


def test_the_next_task_in_the_same_bin_needs_no_second_bin_scan():
    trip = a_trip(a_pick(task_id=2, fo_id=8), a_pick(task_id=3, bin_id=OTHER_BIN))

    assert onward(trip, At(Step.TOTE, 1, bin_id=BIN)) == At(Step.ITEM, 2, bin_id=BIN)
    assert onward(trip, At(Step.TOTE, 1, bin_id=99)) == At(Step.GO, 2)


def test_slots_are_named_as_they_stand():
    assert [slot_name(n) for n in (0, 1, 2, 3, 51, 52)] == ["A1", "A2", "B1", "B2", "Z2", "AA1"]


SAIDS = st.one_of(
    st.sampled_from([AT_BIN, AT_OTHER_BIN, IN_TOTE, IN_OTHER, IN_STRANGE, AT_LANE]).map(spot),
    st.builds(
        goods,
        st.sampled_from([MUG, CLOCK]),
        st.integers(-1, 14),
        lot=st.sampled_from([None, "L1", "L2"]),
        serial=st.sampled_from([None, "S1"]),
    ),
    st.builds(
        Said,
        code=st.text(max_size=5),
        order=st.sampled_from(Order),
        quantity=st.one_of(st.none(), st.integers(-2, 60)),
        is_lead=st.booleans(),
    ),
    st.text(max_size=8).map(Said),
)

TRIPS = st.builds(
    lambda of, more, lot, shared: (one_tote if shared else a_trip)(
        a_pick(of=of, lot=lot, asks_lot=bool(lot)),
        a_pick(task_id=2, item_id=CLOCK, fo_id=7 if shared else 8, of=more),
        a_pick(task_id=3, bin_id=OTHER_BIN, bin="A-03-11", of=1),
    ),
    st.integers(1, 40),
    st.integers(1, 7),
    st.sampled_from(["", "L1"]),
    st.booleans(),
)


class Floor:
    """What the acts of the dialogue would do, in the plainest words."""

    def __init__(self, trip):
        self.trip, self.asked = trip, {pick.task_id: pick.of for pick in trip.picks}
        self.taken = dict.fromkeys(self.asked, 0)

    def do(self, act):
        match act:
            case Take(task_id, tote_id, quantity, rest):
                pick = self.trip.pick(task_id)
                assert quantity > 0
                assert tote_id in {tote.id for tote in self.trip.open_totes(pick.fo_id)}
                self.taken[task_id] += quantity
                self._change(task_id, 0 if rest else None)
            case Short(task_id, _):
                self._change(task_id, 0)
            case Skip(task_id):
                rest = [pick for pick in self.trip.picks if pick.task_id != task_id]
                self.trip = replace(self.trip, picks=(*rest, self.trip.pick(task_id)))
            case Full(tote_id):
                totes = tuple(
                    replace(tote, is_full=True) if tote.id == tote_id else tote
                    for tote in self.trip.totes
                )
                fo_id = self.trip.tote(tote_id).fo_id
                self.trip = replace(self.trip, totes=totes, wants=(Want(fo_id, "1001", "B1"),))
            case Load(tote_id, fo_id):
                tote = Tote(tote_id, f"T-{tote_id}", "B1", fo_id)
                self.trip = replace(self.trip, totes=(*self.trip.totes, tote), wants=())
            case _:
                pass

    def _change(self, task_id, left):
        picks = []
        for pick in self.trip.picks:
            if pick.task_id != task_id:
                picks.append(pick)
            elif left is None and self.taken[task_id] < pick.of:
                picks.append(replace(pick, done=self.taken[task_id]))
        self.trip = replace(self.trip, picks=tuple(picks), holds_units=any(self.taken.values()))


def test_what_went_into_the_tote_before_all_was_counted_is_not_in_the_hand_any_more():
    trip = a_trip(a_pick(of=4))

    part = after(trip, ITEM, goods(quantity=3), spot(IN_TOTE))
    there = onward(a_trip(a_pick(of=4, done=3)), part.at)

    assert (part.act, part.say.id) == (Take(1, TOTE, 3), "picking.part_in")
    assert (there.step, there.count) == (Step.ITEM, 0)


@given(TRIPS, st.lists(SAIDS, max_size=40))
def test_whatever_is_scanned_nobody_takes_more_than_is_asked(trip, saids):
    floor = Floor(trip)
    at = onward(trip, At(Step.GO))

    for said in saids:
        reply = hear(floor.trip, at, said)
        floor.do(reply.act)
        at = onward(floor.trip, reply.at) if reply.act else reply.at
        turn = show(floor.trip, at, reply.say, reply.tone)

        assert At.from_data(turn.step, at.data()) == at
        assert all(floor.taken[task] <= asked for task, asked in floor.asked.items())
        pick = floor.trip.pick(at.task_id)
        assert at.count <= (pick.left if pick else 0)
        assert (reply.say is None) or reply.say.id.startswith("picking.")


@given(TRIPS)
def test_whoever_does_what_the_screen_says_gets_everything_picked(trip):
    floor = Floor(trip)
    at = onward(trip, At(Step.GO))

    for _ in range(200):
        pick = floor.trip.pick(at.task_id)
        match at.step:
            case Step.GO:
                said = Said(pick.bin, spots=(Spot(pick.bin_id, pick.bin, "bin"),))
            case Step.ITEM:
                said = goods(pick.item_id)
            case Step.LOT:
                said = Said(order=Order.YES)
            case Step.TOTE:
                tote = floor.trip.open_totes(pick.fo_id)[0]
                said = Said(tote.code, spots=(Spot(tote.id, tote.code, "tote"),))
            case _:
                break
        reply = hear(floor.trip, at, said)
        assert reply.tone is not Tone.WRONG
        floor.do(reply.act)
        at = onward(floor.trip, reply.at) if reply.act else reply.at

    assert at.step is Step.DROP
    assert floor.taken == floor.asked
