"""What a packer is told, scan by scan: a picture of the bench in, a sentence and what is to be done out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wms.floor.turn import Order, Tone
from wms.kernel.words import say
from wms.packing.dialogue import (
    At,
    Bench,
    Box,
    Goods,
    Held,
    InHand,
    Item,
    Job,
    LabelState,
    Line,
    Option,
    Parcel,
    Said,
    Scale,
    Sheet,
    Spot,
    Step,
    Tote,
    Want,
    acts,
    hear,
    onward,
    show,
)
from wms.packing.lifecycle import PackageState

MUG = Item(1, "MUG", "Mug", codes=(("4006381333931", 1), ("CASE-6", 6)))
LAMP = Item(2, "LAMP", "Lamp")
TOTE, OTHER = Tote(21, "T-1"), Tote(22, "T-2")
MUGS = Want(7, "1001", 71, MUG, left=2)
LAMPS = Want(7, "1001", 72, LAMP, left=1)
BENCH = Bench(3, "Bench 1", has_scale=True, scale=Scale(2300, is_stable=True, is_fresh=True))
BOX = Box(5, "P-000005", 1, PackageState.OPEN, units=1)
HERE = At(Step.ITEM, station_id=3, tote_id=21, fo_id=7)
BOXES = (Option(31, "S", "22 × 16 × 10", 80), Option(32, "L", "60 × 40 × 40", 12))


def a_job(**changes):
    facts = {
        "bench": BENCH,
        "tote": TOTE,
        "order": InHand(7, "1001", carrier="UPS", leaves="17:30", minutes=108),
        "lines": (Line(71, MUG, 0, 2), Line(72, LAMP, 0, 1)),
        "wants": (MUGS, LAMPS),
        "options": BOXES,
    }
    return Job(**facts | changes)


def weighed(**facts):
    """A job whose box waits for its label."""
    box = replace(BOX, state=PackageState.WEIGHED, name="S", weight_g=2300, **facts)
    return a_job(wants=(), box=box)


def labelled(**facts):
    box = replace(
        BOX, state=PackageState.LABELLED, name="S", weight_g=2300, label_code="1Z999", **facts
    )
    sheet = Sheet(9, "L-000009", "sent", "Zebra P2", is_open=True)
    return a_job(wants=(), box=box, sheet=sheet)


def goods(item, quantity=1, **facts):
    return Said(code=item.sku, goods=(Goods(item.id, item.sku, quantity, **facts),))


def ordered(order, quantity=None, *, is_lead=False):
    return Said(order=order, quantity=quantity, is_lead=is_lead)


def tote(place):
    return Said(code=place.code, spots=(Spot(place.id, place.code, "tote"),))


def test_an_item_goes_into_the_box_of_its_order():
    reply = hear(a_job(), HERE, goods(MUG))

    assert reply.act == acts.Put(MUGS, 1)
    assert (reply.at.key, reply.at.counted, reply.tone) == (MUGS.key, 1, Tone.GOOD)


def test_a_case_counts_for_what_it_holds_and_never_for_more_than_is_wanted():
    many = replace(MUGS, left=8)

    right = hear(a_job(wants=(many,)), HERE, goods(MUG, 6))
    wrong = hear(a_job(), HERE, goods(MUG, 6))

    assert right.act == acts.Put(many, 6)
    assert (wrong.act, wrong.say.id, wrong.tone) == (None, "packing.too_many", Tone.WRONG)


def test_a_foreign_item_is_laid_aside():
    reply = hear(a_job(), HERE, goods(Item(9, "CLOCK", "Clock")))

    assert reply.act is None
    assert say(reply.say.id, reply.say.values) == "This is CLOCK. Lay it aside; take MUG, Mug."


def test_one_too_many_of_what_is_in_already_is_laid_aside():
    job = a_job(lines=(Line(71, MUG, 2, 2), Line(72, LAMP, 0, 1)), wants=(LAMPS,))

    assert hear(job, HERE, goods(MUG)).say.id == "packing.enough"


def test_what_lies_in_another_tote_of_the_order_is_told():
    job = a_job(wants=(LAMPS,), other_totes=(OTHER,))

    reply = hear(job, HERE, goods(MUG))

    assert (reply.say.id, reply.say.values["totes"]) == ("packing.in_other_tote", "T-2")


def test_nobody_goes_on_before_everything_is_scanned():
    for order in (Order.DONE, Order.WEIGH):
        reply = hear(a_job(), HERE, ordered(order))
        assert say(reply.say.id, reply.say.values) == "3 items are not scanned. Scan MUG."
    assert hear(a_job(), HERE, tote(TOTE)).say.id == "packing.not_scanned"


@pytest.mark.parametrize(
    ("left", "counted", "typed", "put", "told"),
    [
        (11, 1, 12, 11, "packing.all_in"),
        (11, 1, 5, 4, "packing.in_or_type"),
        (11, 1, 13, None, "packing.only_so_many"),
        (11, 3, 2, None, "packing.scanned_already"),
        (3, 1, 4, None, "packing.scan_each"),
        (11, 0, 11, None, "packing.scan_one_first"),
    ],
)
def test_a_number_says_how_many_they_are_in_all(left, counted, typed, put, told):
    want = replace(MUGS, left=left)
    at = HERE.to(Step.ITEM, key=want.key if counted else None, counted=counted)

    reply = hear(a_job(wants=(want,)), at, ordered(Order.QUANTITY, typed))

    assert (reply.act.quantity if reply.act else None, reply.say.id) == (put, told)


@given(st.lists(st.integers(0, 14), max_size=12))
def test_no_sequence_of_numbers_puts_in_more_than_there_is(numbers):
    want, at, inside = replace(MUGS, left=11), HERE.to(Step.ITEM, key=MUGS.key, counted=1), 1
    for number in numbers:
        job = a_job(wants=(want,) if want.left else ())
        reply = hear(job, at, ordered(Order.QUANTITY, number))
        if isinstance(reply.act, acts.Put):
            inside += reply.act.quantity
            want = replace(want, left=want.left - reply.act.quantity)
            at = reply.at
        assert inside + want.left == 12
        assert want.left >= 0


def test_of_two_lots_the_code_says_which():
    first, second = (replace(MUGS, lot_id=n, lot=f"L{n}", left=1) for n in (1, 2))
    job = a_job(wants=(first, second))

    assert hear(job, HERE, goods(MUG, lot="L2")).act == acts.Put(second, 1)
    assert hear(job, HERE, goods(MUG, lot="L9")).say.id == "packing.wrong_lot"
    assert hear(job, HERE, goods(MUG)).act == acts.Put(first, 1)


def test_of_two_lots_for_two_customers_the_packer_says_which():
    first = replace(MUGS, lot_id=1, lot="L1", left=1)
    second = replace(MUGS, fo_id=8, line_id=81, lot_id=2, lot="L2", left=1)
    job = a_job(order=None, lines=(), wants=(first, second))
    at = replace(HERE, fo_id=None)

    asked = hear(job, at, goods(MUG))
    answered = hear(job, asked.at, Said(code="L2"))

    assert (asked.at.step, asked.act) == (Step.LOT, None)
    assert show(job, asked.at).expects == ("L1", "L2")
    assert answered.act == acts.Put(second, 1)
    assert answered.at.fo_id == 8


def test_what_is_missing_is_asked_once_more():
    asked = hear(a_job(), HERE, ordered(Order.SHORT))
    said_yes = hear(a_job(), asked.at, ordered(Order.YES))
    said_no = hear(a_job(), asked.at, ordered(Order.NO))
    found = hear(a_job(), asked.at, goods(MUG))

    assert (asked.at.step, asked.act) == (Step.SHORT, None)
    assert isinstance(said_yes.act, acts.Missing)
    assert (said_no.at.step, said_no.act) == (Step.ITEM, None)
    assert found.act == acts.Put(MUGS, 1)


def test_of_many_that_are_missing_the_first_are_named():
    wants = tuple(replace(MUGS, line_id=71 + n) for n in range(5))

    turn = hear(a_job(wants=wants), HERE, ordered(Order.SHORT))

    told = say(turn.say.id, turn.say.values)
    assert told == (
        "10 units are not scanned (2 × MUG, 2 × MUG, 2 × MUG …). "
        "Scan all that is there first. Are these 10 missing?"
    )


def test_a_damaged_one_is_scanned():
    asked = hear(a_job(), HERE, ordered(Order.DAMAGED))

    assert hear(a_job(), asked.at, goods(LAMP)).act == acts.Damaged(LAMPS)
    assert hear(a_job(), asked.at, ordered(Order.YES)).act is None


def test_a_box_can_be_chosen_while_it_is_filled_and_closed_when_it_is_full():
    chosen = hear(a_job(), HERE, ordered(Order.BOX, 2))
    nothing = hear(a_job(), HERE, ordered(Order.FULL))
    full = hear(a_job(box=BOX), HERE, ordered(Order.FULL))

    assert chosen.at.box_type_id == 32
    assert nothing.say.id == "packing.nothing_in_yet"
    assert full.at.step is Step.BOX
    assert onward(a_job(box=BOX), full.at).step is Step.BOX


@pytest.mark.parametrize(
    ("said", "box_type_id"),
    [
        (ordered(Order.YES), 31),
        (ordered(Order.DONE), 31),
        (ordered(Order.BOX, 2), 32),
        (ordered(Order.BOX, 3), None),
        (goods(LAMP), None),
    ],
)
def test_a_yes_takes_the_best_box_and_a_figure_another(said, box_type_id):
    reply = hear(a_job(wants=(), box=BOX), HERE.to(Step.BOX), said)

    assert reply.act == (acts.Close(box_type_id) if box_type_id else None)


@pytest.mark.parametrize(
    ("scale", "said", "told"),
    [
        (None, ordered(Order.WEIGH), "packing.scale_is_silent"),
        (
            Scale(900, is_stable=True, is_fresh=False),
            ordered(Order.WEIGH),
            "packing.scale_is_silent",
        ),
        (Scale(0, is_stable=True, is_fresh=True), ordered(Order.WEIGH), "packing.scale_is_silent"),
        (Scale(900, is_stable=False, is_fresh=True), ordered(Order.WEIGH), "packing.scale_moves"),
        (None, goods(MUG), "packing.box_is_closed"),
    ],
)
def test_only_a_weight_that_stands_still_counts(scale, said, told):
    job = a_job(wants=(), bench=replace(BENCH, scale=scale))

    reply = hear(job, HERE.to(Step.WEIGH), said)

    assert (reply.act, reply.say.id) == (None, told)


@pytest.mark.parametrize(
    ("scale", "settled"),
    [
        (None, ()),
        (Scale(900, is_stable=True, is_fresh=False), ()),
        (Scale(0, is_stable=True, is_fresh=True), ()),
        (Scale(900, is_stable=False, is_fresh=True), ("packing.scale_is_silent",)),
        (
            Scale(900, is_stable=True, is_fresh=True),
            ("packing.scale_is_silent", "packing.scale_moves"),
        ),
    ],
)
def test_what_was_said_of_the_scale_goes_once_it_speaks(scale, settled):
    job = a_job(wants=(), bench=replace(BENCH, scale=scale))

    assert show(job, HERE.to(Step.WEIGH)).settled == settled


def test_the_scale_or_a_typed_figure_says_the_weight():
    job = a_job(wants=())

    scaled = hear(job, HERE.to(Step.WEIGH), ordered(Order.WEIGH))
    typed = hear(job, HERE.to(Step.WEIGH), ordered(Order.QUANTITY, 2400))

    assert scaled.act == acts.Weigh(2300, is_by_hand=False)
    assert typed.act == acts.Weigh(2400, is_by_hand=True)


def test_a_weight_that_is_off_is_counted_or_vouched_for_by_a_lead():
    at = HERE.to(Step.OFF, asked=900, is_by_hand=True)

    counted = hear(a_job(wants=()), at, ordered(Order.NO))
    packer = hear(a_job(wants=()), at, ordered(Order.YES))
    lead = hear(a_job(wants=()), at, ordered(Order.YES, is_lead=True))

    assert counted.act == acts.Reopen()
    assert (packer.act, packer.say.id) == (None, "packing.lead_says_it_is_right")
    assert lead.act == acts.Weigh(900, is_by_hand=True, is_right=True)


@pytest.mark.parametrize("state", [LabelState.NONE, LabelState.ASKED, LabelState.IN_DOUBT])
def test_whoever_waits_for_a_label_packs_nothing_again(state):
    job = weighed(label_state=state, label_words={"carrier": "USPS"})
    at = onward(job, HERE)

    reply = hear(job, at, goods(MUG))

    assert (at.step, reply.act, reply.tone) == (Step.LABEL, None, Tone.ATTENTION)
    assert show(job, at).waits


def test_a_purchase_in_doubt_is_told_as_it_is():
    job = weighed(label_state=LabelState.IN_DOUBT, label_words={"carrier": "USPS"})

    told = hear(job, onward(job, HERE), ordered(Order.DONE)).say

    assert say(told.id, told.values).startswith("USPS did not answer. Do not pack this again")


def test_a_label_that_was_refused_says_why_and_is_asked_again_by_a_yes():
    job = weighed(label_state=LabelState.REFUSED, label_words={"why": "The street is missing."})
    at = onward(job, HERE)
    turn = show(job, at)

    assert not turn.waits
    assert say(turn.say.id, turn.say.values) == "No label was bought: The street is missing."
    assert turn.expects == ("WXCYES",)
    assert hear(job, at, ordered(Order.YES)).act == acts.AskAgain()


def test_a_number_of_a_label_that_was_had_elsewhere_is_scanned():
    job = weighed(label_state=LabelState.TYPED)
    at = onward(job, HERE)

    taken = hear(job, at, Said(code="1Z5550001"))

    assert at.step is Step.NUMBER
    assert taken.act == acts.Number("1Z5550001")
    assert onward(job, taken.at).step is Step.LABEL
    assert hear(job, at, goods(MUG)).act is None
    assert hear(job, at, Said(code="12")).act is None


def test_the_scan_of_its_own_label_proves_that_it_sits_on_the_box():
    job = labelled()
    at = onward(job, HERE)
    other = Parcel(6, "P-000006", "1002", is_live=True)

    right = hear(job, at, Said(code="1Z999", is_label=True))
    wrong = hear(job, at, Said(code="1Z998", parcels=(other,)))
    unknown = hear(job, at, Said(code="XYZ"))

    assert at.step is Step.STICK
    assert right.act == acts.Stage()
    assert (wrong.act, wrong.say.id) == (None, "packing.other_label")
    assert (unknown.act, unknown.say.id) == (None, "packing.not_its_label")


def test_a_label_is_printed_again_for_a_reason():
    job = labelled()
    at = onward(job, HERE)

    asked = hear(job, at, ordered(Order.REPRINT))
    told = hear(job, asked.at, ordered(Order.QUANTITY, 2))

    assert (asked.at.step, asked.act) == (Step.REPRINT, None)
    assert told.act == acts.Reprint("packing.why_torn")
    assert hear(job, asked.at, Said(code="1Z999", is_label=True)).act == acts.Stage()


def test_where_a_printer_does_not_say_the_packer_is_asked():
    job = labelled()
    unsure = replace(job, sheet=replace(job.sheet, state="unsure"))
    at = onward(unsure, HERE)

    assert hear(unsure, at, ordered(Order.NO)).act == acts.Answer(came_out=False)
    assert hear(unsure, at, ordered(Order.YES)).act == acts.Answer(came_out=True)
    assert hear(job, at, ordered(Order.YES)).act is None
    assert {one.order for one in show(unsure, at).buttons} >= {Order.YES, Order.NO}


def test_an_empty_tote_is_seen_empty():
    job = a_job(order=None, lines=(), wants=())
    at = onward(job, replace(HERE, fo_id=None))

    assert at.step is Step.EMPTY
    assert hear(job, at, tote(TOTE)).act == acts.Emptied()
    assert hear(job, at, ordered(Order.YES)).act == acts.Emptied()
    assert hear(job, at, tote(OTHER)).act is None
    assert hear(job, at, goods(MUG)).act == acts.Leftover("MUG")


def test_an_order_in_two_totes_goes_on_in_the_second_when_the_first_is_seen_empty():
    job = a_job(wants=(), box=BOX, other_totes=(OTHER,))
    first = onward(job, HERE)
    then = onward(replace(job, tote=None), replace(first, tote_id=None))

    assert (first.step, then.step) == (Step.EMPTY, Step.MORE)
    assert hear(replace(job, tote=None), then, tote(OTHER)).act == acts.Open(
        22, "T-2", is_sure=True
    )
    assert hear(replace(job, tote=None), then, tote(Tote(29, "T-9"))).act is None


def test_what_is_in_boxes_of_a_cancelled_order_goes_back_into_a_tote():
    job = a_job(order=InHand(7, "1001", is_cancelled=True), box=BOX)
    at = onward(job, HERE)

    assert at.step is Step.BACK
    assert hear(job, at, goods(MUG)).act is None
    assert hear(job, at, tote(TOTE)).act == acts.GiveBack(21, "T-1")


def test_a_box_is_unpacked_after_a_question_only():
    job = a_job(box=BOX)

    asked = hear(job, HERE, ordered(Order.UNPACK))

    assert (asked.at.step, asked.act) == (Step.UNPACK, None)
    assert hear(job, asked.at, ordered(Order.YES)).act == acts.Unpack()
    assert hear(job, asked.at, ordered(Order.UNDO)).at.step is Step.ITEM


def test_which_one_in_the_box_is_damaged_is_scanned_or_pressed():
    mugs, lamp = Held(71, 1, "MUG", 2, 21), Held(72, 2, "LAMP", 1, 21)
    box = replace(BOX, state=PackageState.CLOSED, name="S", holds=(mugs, lamp))
    job, there = a_job(wants=(), box=box), HERE.to(Step.WEIGH)

    asked = hear(job, there, ordered(Order.DAMAGED))

    assert (asked.at.step, asked.act) == (Step.SPOILED, None)
    assert onward(job, asked.at) == asked.at
    assert hear(job, asked.at, goods(MUG)).act == acts.Spoiled(mugs)
    assert hear(job, asked.at, ordered(Order.QUANTITY, 2)).act == acts.Spoiled(lamp)
    assert hear(job, asked.at, ordered(Order.QUANTITY, 3)).act is None
    assert hear(job, asked.at, ordered(Order.YES)).act is None
    assert hear(job, asked.at, ordered(Order.NO)).at.step is Step.WEIGH
    assert show(job, asked.at).expects == ("WXCQ1", "WXCQ2")


def test_what_lay_in_the_box_is_scanned_before_what_should_be_there():
    mugs = Held(71, 1, "MUG", 2, 21)
    box = replace(BOX, state=PackageState.CLOSED, name="S", holds=(mugs,))
    job = a_job(wants=(), box=box)

    asked = hear(job, HERE.to(Step.WEIGH), ordered(Order.WRONG_ITEM))
    heard = hear(job, asked.at, goods(LAMP))

    assert (asked.at.step, heard.at.asked, heard.act) == (Step.FOREIGN, 2, None)
    assert hear(job, heard.at, ordered(Order.QUANTITY, 1)).act == acts.Foreign(mugs, 2)
    assert hear(job, asked.at, ordered(Order.QUANTITY, 1)).act == acts.Foreign(mugs, None)


def test_a_damaged_one_that_is_in_the_box_already_comes_out_of_it():
    held = Held(72, 2, "LAMP", 1, 21)
    job = a_job(wants=(MUGS,), box=replace(BOX, holds=(held,)))

    assert hear(job, HERE.to(Step.DAMAGED), goods(LAMP)).act == acts.Spoiled(held)


def test_undo_leaves_a_question_before_it_takes_anything_back():
    asked = hear(a_job(), HERE, ordered(Order.SHORT))

    assert hear(a_job(), asked.at, ordered(Order.UNDO)).act is None
    assert hear(a_job(), HERE, ordered(Order.UNDO)).act == acts.Undo()


def test_between_two_orders_totes_orders_boxes_and_benches_are_heard():
    job = Job(BENCH, offers=("T-1", "T-2"))
    at = At(Step.TOTE, 3)
    box = Parcel(6, "P-000006", "1002", is_live=True)

    assert show(job, at).target == "T-1"
    assert hear(job, at, tote(TOTE)).act == acts.Open(21, "T-1")
    assert hear(job, at, Said(code="P-000006", parcels=(box,))).act == acts.Resume(6)
    assert hear(job, at, Said(code="WXP4", stations=(4,))).act == acts.Sit(4)
    assert hear(job, at, Said(code="WXO1", orders=(("1001", "T-1"),))).say.id == (
        "packing.order_lies_in"
    )
    assert hear(job, at, goods(MUG)).tone is Tone.WRONG
    assert hear(job, at, ordered(Order.SKIP)).act is None


def test_the_fewest_scans_are_offered_first():
    many = replace(MUGS, left=8)
    at = HERE.to(Step.ITEM, key=many.key, counted=1)

    assert show(a_job(wants=(many, LAMPS)), HERE).expects[:2] == ("CASE-6", "4006381333931")
    assert show(a_job(wants=(many, LAMPS)), at).expects[0] == "WXCQ9"
    assert show(a_job(), HERE).expects == ("4006381333931", "MUG", "LAMP")


def test_without_a_scale_the_weight_is_typed():
    job = a_job(
        wants=(),
        bench=Bench(3, "Bench 1"),
        box=replace(BOX, state=PackageState.CLOSED, name="S", expected_g=2300),
    )
    at = onward(job, HERE)
    turn = show(job, at)

    assert (turn.verb.id, turn.expects) == ("packing.verb_type_weight", ("WXCQ2300",))
    assert hear(job, at, ordered(Order.WEIGH)).act is None


@pytest.mark.parametrize(
    ("minutes", "tone", "told"),
    [
        (108, Tone.QUIET, "UPS 17:30, in 1 h 48 min"),
        (12, Tone.ATTENTION, "UPS 17:30, in 0 h 12 min"),
        (-5, Tone.WRONG, "UPS 17:30, 0 h 5 min ago"),
    ],
)
def test_how_long_the_truck_waits_is_shown(minutes, tone, told):
    order = InHand(7, "1001", carrier="UPS", leaves="17:30", minutes=minutes)

    fact = show(a_job(order=order), HERE).bench.facts[0]

    assert (fact.tone, say(fact.value.id, fact.value.values)) == (tone, told)


JOBS = {
    "items": a_job(),
    "items and a box": a_job(box=BOX),
    "nothing left": a_job(wants=(), box=BOX),
    "another tote": a_job(wants=(), box=BOX, other_totes=(OTHER,)),
    "closed": a_job(wants=(), box=replace(BOX, state=PackageState.CLOSED, name="S")),
    "weighed": weighed(),
    "refused": weighed(label_state=LabelState.REFUSED),
    "labelled": labelled(),
    "cancelled": a_job(order=InHand(7, "1001", is_cancelled=True), box=BOX),
    "between": Job(BENCH, offers=("T-1",)),
    "no bench": Job(offers=("WXP3",)),
}
PARCELS = [
    Parcel(6, "P-000006", "1002", is_live=True),
    Parcel(8, "P-000008", "1003", is_live=False, label="1Z888"),
    Parcel(9, "P-000009", "1004", is_live=False, state=PackageState.HANDED_OVER),
    Parcel(10, "P-000010", "1005", is_live=False, state=PackageState.VOID),
]
SCANS = st.one_of(
    st.sampled_from([Said(code=one.number, parcels=(one,)) for one in PARCELS]),
    st.sampled_from([Said(code="1Z888"), Said(code="1Z777", is_void_label=True)]),
    st.sampled_from([Said(code="WXP3", stations=(3,))]),
    st.sampled_from([ordered(order) for order in Order]),
    st.builds(lambda n: ordered(Order.QUANTITY, n), st.integers(0, 40)),
    st.builds(lambda n: ordered(Order.BOX, n), st.integers(0, 7)),
    st.sampled_from([goods(MUG), goods(LAMP), goods(MUG, 6), tote(TOTE), tote(OTHER)]),
    st.builds(lambda code: Said(code=code), st.text(max_size=12)),
)


@given(st.sampled_from(sorted(JOBS)), st.lists(SCANS, max_size=8))
def test_whatever_is_scanned_there_is_an_answer_in_words(name, scans):
    job = JOBS[name]
    at = onward(job, HERE if job.tote else At(Step.TOTE, 3))
    for said in scans:
        reply = hear(job, at, said)
        turn = show(job, onward(job, reply.at), reply.say, reply.tone)
        for sentence in (turn.verb, turn.say, turn.title):
            assert sentence is None or say(sentence.id, sentence.values)
        for button in (*turn.buttons, *turn.problems):
            assert say(button.label, button.values) != button.label
        for fact in turn.bench.facts:
            assert say(fact.value.id, fact.value.values) != fact.value.id
        at = onward(job, reply.at)


@given(st.sampled_from(["between", "no bench"]), st.lists(SCANS, max_size=8))
def test_only_the_box_that_was_asked_about_is_opened_again_and_its_label_counts_until_then(
    name, scans
):
    job = JOBS[name]
    at = onward(job, At(Step.AGAIN, 3, asked=8, old_label="1Z888"))
    for said in scans:
        reply = hear(job, at, said)
        if isinstance(reply.act, acts.OpenAgain):
            assert (at.step, reply.act) == (Step.AGAIN, acts.OpenAgain(8))
            return
        if isinstance(reply.act, acts.Undo):
            assert not reply.at.old_label
        at = onward(job, reply.at)
        assert not at.void_label


@pytest.mark.parametrize("name", JOBS)
def test_a_void_label_is_thrown_away_unless_any_number_may_be_told(name):
    at = onward(JOBS[name], HERE if JOBS[name].tote else At(Step.TOTE, 3))

    reply = hear(JOBS[name], at, Said(code="1Z777777", is_void_label=True))

    assert (reply.at, reply.act, reply.tone) == (at, None, Tone.WRONG)
    assert (reply.say.id, reply.say.values) == ("packing.label_is_void", {"ends": "777777"})


def test_a_number_that_was_had_elsewhere_may_be_one_that_was_void_here():
    job = weighed(label_state=LabelState.TYPED)

    reply = hear(job, onward(job, HERE), Said(code="1Z777777", is_void_label=True))

    assert reply.act == acts.Number("1Z777777")


def test_a_box_that_is_to_be_opened_is_opened_at_a_bench():
    asked = At(Step.AGAIN, asked=8, old_label="1Z888")
    nowhere, here = Job(offers=("WXP3",)), Job(BENCH)
    lost = onward(nowhere, asked)

    unclear = hear(nowhere, lost, ordered(Order.YES))
    label = hear(nowhere, lost, Said(code="1Z888", parcels=(PARCELS[1],)))
    sat = hear(nowhere, lost, Said(code="WXP3", stations=(3,)))

    assert (lost.step, lost.void_label) == (Step.BENCH, "")
    assert [one.say.id for one in (unclear, label)] == ["packing.scan_bench"] * 2
    assert (sat.at.step, sat.act, sat.say.id) == (Step.AGAIN, None, "packing.open_here")
    assert hear(here, sat.at, ordered(Order.YES)).act == acts.OpenAgain(8)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (PackageState.HANDED_OVER, "Box P-000009 of 1004 has left the house."),
        (
            PackageState.VOID,
            "Box P-000009 of 1004 was given up. Take its label off and throw it away.",
        ),
    ],
)
def test_a_box_with_which_nothing_can_be_done_is_told_of(state, told):
    parcel = Parcel(9, "P-000009", "1004", is_live=False, state=state)

    reply = hear(Job(BENCH), At(Step.TOTE, 3), Said(code="P-000009", parcels=(parcel,)))

    assert (reply.act, say(reply.say.id, reply.say.values)) == (None, told)


@pytest.mark.parametrize("name", JOBS)
def test_where_somebody_stood_is_kept_between_two_scans(name):
    at = onward(JOBS[name], HERE.to(Step.ITEM, key=(1, 2, 3), counted=4, asked=5))

    assert At.from_data(at.step.value, at.data()) == at
