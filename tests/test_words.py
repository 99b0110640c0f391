"""Whatever the house says is worded in every language, with the values that are there, by a calm colleague."""

import re

import pytest

from tests import words
from wms.kernel.words import LANGUAGES, SLICES, say

COLD = re.compile(
    r"\b(invalid|failed|failure|errors?|please|oops|successfully|records?|entit(?:y|ies))\b|!",
    re.IGNORECASE,
)
"""What no calm colleague says."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_can_be_said_has_words(language):
    known = words.catalog(language)

    missing = {
        f"{said.sentence} ({said.where})"
        for said in words.sentences()
        if said.sentence not in known
    }

    assert sorted(missing) == []


def test_every_sentence_gets_the_values_it_speaks_of():
    known = words.catalog("en")

    short = {
        f"{said.where}: {said.sentence} lacks {', '.join(sorted(lacks))}"
        for said in words.sentences()
        if said.values is not None and said.sentence in known
        for text in words.texts_of(known[said.sentence])
        if (lacks := words.places(text) - said.values - {"n"})
    }

    assert sorted(short) == []


def test_both_languages_speak_of_the_same_values():
    english, german = words.catalog("en"), words.catalog("de")

    apart = []
    for name, message in german.items():
        asked = words.texts_of(english[name]) if name in english else (name,)
        wanted = frozenset().union(*map(words.places, asked)) - {"n", "num"}
        got = frozenset().union(*map(words.places, words.texts_of(message))) - {"n", "num"}
        if wanted != got:
            apart.append(f"{name}: {sorted(wanted)} and {sorted(got)}")

    assert apart == []


def test_both_languages_hold_the_same_sentences():
    english = {name for name in words.catalog("en") if words.SENTENCE.fullmatch(name)}
    german = {name for name in words.catalog("de") if words.SENTENCE.fullmatch(name)}

    assert english ^ german == set()


def test_every_text_of_a_page_has_german_words():
    german = words.catalog("de")

    missing = sorted(
        f"{where}: {text}" for text, where in words.page_texts().items() if text not in german
    )

    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_can_be_said(language):
    for name, message in words.catalog(language).items():
        for text in words.texts_of(message):
            assert text, name
            assert text % dict.fromkeys(words.places(text), "7"), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_lists_word_the_same_differently(language):
    assert words.twice(language) == []


def test_nobody_is_spoken_to_coldly():
    english = words.catalog("en")
    said = [text for message in english.values() for text in words.texts_of(message)]

    assert [text for text in [*said, *words.page_texts()] if COLD.search(text)] == []


def test_one_and_many_are_worded_each():
    assert say("app.unreadable", {"n": 1}, "en") == "One field does not fit its description."
    assert say("app.unreadable", {"n": 2}, "de") == "2 Felder passen nicht zu ihrer Beschreibung."


def test_every_slice_with_words_is_read():
    assert {file.parent.parent.name for file in SLICES.glob("*/words/en.po")} >= {"kernel", "app"}
