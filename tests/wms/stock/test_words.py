"""Every word that a row of stock can hold is said in both languages."""

import pytest

from wms.kernel.words import LANGUAGES, say
from wms.stock.moves import Reason, StockStatus

WORDS = [f"stock.reason_{reason}" for reason in Reason] + [
    f"stock.status_{status}" for status in StockStatus
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", WORDS)
def test_reasons_and_conditions_have_words(word, language):
    assert say(word, language=language) != word
