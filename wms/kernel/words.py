"""Sentences: ids and values inside the house, words in the reader's language at its edges.

Each slice brings its own words in `words/en.po` and `words/de.po`. Sentence ids (`stock.not_enough`) have an entry
in both, with `%(name)s` where a value goes; texts of pages are English in the template, with an entry in German only.
"""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import has_request_context
from flask_babel import Domain, get_locale

LANGUAGES = ("en", "de")
"""The first is what we speak when nobody says otherwise."""

SLICES = Path(__file__).resolve().parents[1]


@cache
def catalog(language: str) -> Translations:
    """Return all words of one language, of all slices."""
    whole = Catalog(locale=language)
    for file in sorted(SLICES.glob(f"*/words/{language}.po")):
        with file.open("rb") as words:
            for message in read_po(words, locale=language):
                if message.id:
                    whole[message.id] = message
    packed = BytesIO()
    write_mo(packed, whole)
    packed.seek(0)
    return Translations(packed)


def say(sentence: str, values: Mapping[str, Any] | None = None, language: str | None = None) -> str:
    """Word a sentence. A value named `n` chooses between its singular and its plural."""
    values = values or {}
    words = catalog(language if language in LANGUAGES else current_language())
    count = values.get("n")
    text = (
        words.ungettext(sentence, sentence, count)
        if isinstance(count, int)
        else words.ugettext(sentence)
    )
    return text % values if values else text


def current_language() -> str:
    """Return the language of whoever is being answered; English outside a request."""
    locale = get_locale() if has_request_context() else None
    return locale.language if locale and locale.language in LANGUAGES else LANGUAGES[0]


class HouseWords(Domain):  # type: ignore[misc]
    """Gives flask-babel our words instead of compiled files."""

    def get_translations(self) -> NullTranslations:
        """Return the words of the current language."""
        return catalog(current_language())
