"""The picture of a life shows all of its table, stands on the paper without overlaps, and carries no styles."""

import pkgutil
from enum import StrEnum
from importlib import import_module
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

import wms
from wms.kernel.arrows import Paper
from wms.kernel.drawing import draw, mermaid, verbs_by_edge
from wms.kernel.layered import Node, crossings, distances, lay_out, settle
from wms.kernel.lifecycle import Lifecycle

SVG = "{http://www.w3.org/2000/svg}"


def lives():
    """Every lifecycle of the house."""
    names = [module.name for module in pkgutil.walk_packages(wms.__path__, "wms.")]
    found = {
        id(value): value
        for name in names
        if name.rpartition(".")[2].endswith("lifecycle")
        for value in vars(import_module(name)).values()
        if isinstance(value, Lifecycle)
    }
    return sorted(found.values(), key=lambda life: life.thing)


def made_up():
    """A life with everything that is hard to draw: a way back, over several columns, beside, and to itself."""
    state = StrEnum("state", ["A", "B", "C", "D", "E", "F"])
    verb = StrEnum("verb", ["GO", "SKIP", "BACK", "AGAIN", "BESIDE", "ALL", "LAST", "HOME"])
    moves = {
        state.A: {verb.GO: state.B, verb.SKIP: state.C},
        state.B: {verb.BACK: state.A, verb.AGAIN: state.B, verb.BESIDE: state.C, verb.GO: state.D},
        state.C: {verb.GO: state.D, verb.BESIDE: state.B},
        state.D: {verb.LAST: state.E, verb.HOME: state.A, verb.AGAIN: state.D, verb.ALL: state.E},
        state.E: {verb.LAST: state.F, verb.BACK: state.B},
        state.F: {},
    }
    return Lifecycle("<made & up>", moves)


LIVES = [*lives(), made_up()]
EACH = pytest.mark.parametrize("life", LIVES, ids=lambda life: life.thing)


def test_the_house_has_lives_to_draw():
    assert {"outside call", "promise"} <= {life.thing for life in LIVES}


@EACH
def test_every_state_and_verb_of_the_table_is_in_the_picture(life):
    picture = ET.fromstring(draw(life))

    states = [text.text for text in picture.iterfind(f".//{SVG}g/{SVG}text")]
    verbs = [line.text for line in picture.iterfind(f".//{SVG}tspan")]
    assert sorted(states) == sorted(life.moves)
    assert sorted(verbs) == sorted(verb for row in life.moves.values() for verb in row)


@EACH
def test_where_a_life_ends_stands_in_bold(life):
    picture = ET.fromstring(draw(life))

    bold = {
        text.text
        for text in picture.iterfind(f".//{SVG}g/{SVG}text")
        if text.get("font-weight") == "700"
    }
    assert bold == life.ends


@EACH
def test_a_picture_carries_neither_styles_nor_scripts(life):
    picture = ET.fromstring(draw(life))

    assert {part.tag.removeprefix(SVG) for part in picture.iter()} <= {
        "svg", "title", "g", "rect", "text", "tspan", "path", "polygon", "circle"
    }  # fmt: skip
    assert not [
        part for part in picture.iter() if "style" in part.attrib or "onload" in part.attrib
    ]


@EACH
def test_nothing_hides_a_state_and_all_is_on_the_paper(life):
    paper = Paper(life.start.value, verbs_by_edge(life), list(life.moves))
    words = [arrow.label for arrow in paper.arrows]

    for one, other in combinations(paper.boxes.values(), 2):
        assert one.shared(other) == 0
    for box in (*paper.boxes.values(), *words):
        assert 0 <= box.left <= box.right <= paper.width
        assert 0 <= box.top <= box.top + box.height <= paper.height
    for word in words:
        assert sum(word.shared(box) for box in paper.boxes.values()) == 0


@EACH
def test_words_hide_each_other_at_most_a_little(life):
    paper = Paper(life.start.value, verbs_by_edge(life), list(life.moves))

    for one, other in combinations([arrow.label for arrow in paper.arrows], 2):
        assert one.shared(other) <= 0.25 * min(one.width * one.height, other.width * other.height)


def test_states_stand_by_their_distance_from_the_beginning():
    life = made_up()
    paper = Paper("a", verbs_by_edge(life), list(life.moves))
    left = {name: box.x for name, box in paper.boxes.items()}

    assert left["a"] < left["b"] == left["c"] < left["d"] < left["e"] < left["f"]


def test_the_same_table_gives_the_same_picture():
    assert draw(made_up()) == draw(made_up())


def test_a_mermaid_diagram_tells_the_same():
    lines = mermaid(LIVES[[life.thing for life in LIVES].index("outside call")]).splitlines()

    assert lines[0] == "stateDiagram-v2"
    assert "    [*] --> pending" in lines
    assert "    in_flight --> in_doubt: no_answer, lease_expired" in lines
    assert "    done --> [*]" in lines
    assert not [line for line in lines if line.endswith("dead --> [*]")]


def test_distances_count_steps_and_forgive_who_cannot_be_reached():
    assert distances("a", {"a": ["b"], "b": ["a", "c"], "c": [], "lost": ["a"]}) == {
        "a": 0,
        "b": 1,
        "c": 2,
        "lost": 0,
    }


def test_a_layout_untangles_what_can_be_untangled():
    moves = {"s": ["a", "b", "c"], "a": ["z"], "b": ["y"], "c": ["x"], "x": [], "y": [], "z": []}

    layout = lay_out("s", moves)

    assert crossings(layout.columns, layout.paths) == 0


def test_settled_nodes_keep_their_order_and_distance():
    layout = lay_out("a", {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": ["a"]})
    sizes = {node: 30.0 for column in layout.columns for node in column}

    middles = settle(layout, sizes, 10.0)

    for column in layout.columns:
        for above, below in pairwise(column):
            assert middles[below] - middles[above] >= 40.0 - 1e-6
    assert middles[Node("a")] == pytest.approx(middles[Node("d")], abs=60)
