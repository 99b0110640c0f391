"""The lives of things, drawn: every state of every machine of the house is in the picture."""

from html import unescape

from wms import wiring


def test_every_state_and_verb_of_every_life_is_drawn(picker):
    text = unescape(picker.get("/house/lifecycles").text)

    assert len(wiring.LIFECYCLES) >= 4
    for life in wiring.LIFECYCLES:
        picture = text.partition(f"<title>{life.thing}</title>")[2].partition("</svg>")[0]
        for state, verbs in life.moves.items():
            assert f">{state}</text>" in picture
            assert all(f">{verb}</tspan>" in picture for verb in verbs)


def test_the_same_is_told_as_a_list_for_those_who_hear_the_page(picker):
    text = picker.get("/house/lifecycles").text

    assert "<li>soft → hard: promote</li>" in text
