"""What texts mean by their looks."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wms.codes.rules import ONLY_BY_PREFIX, PREFIXES, Kind, guesses, kinds_of, normal, shown, unfit

ANY_TEXT = st.text(st.characters(), max_size=300)


@pytest.mark.parametrize(
    ("scanned", "compared"),
    [
        ("  a-03-12 ", "A-03-12"),
        ("wxcdone", "WXCDONE"),
        ("cmd:short", "WXCSHORT"),
        ("]C1WXLA-03-12", "WXLA-03-12"),
        ("]E04006381333931", "04006381333931"),
        ("4006381333931", "04006381333931"),
        ("036000291452", "00036000291452"),
        ("96385074", "00000096385074"),
        ("4006381333932", "4006381333932"),
        ("Gro\u0308ße", "GRößE"),
        ("https://id.example/01/Ab", "https://id.example/01/Ab"),
    ],
)
def test_the_same_thing_scanned_in_different_ways_is_one_code(scanned, compared):
    assert normal(scanned) == compared


@given(ANY_TEXT)
@example("i̇")
@example("]C1]C1x")
@example("cmd:cmd:x")
def test_the_normal_form_of_a_normal_form_is_itself(text):
    assert normal(normal(text)) == normal(text)


@given(st.from_regex(r"[0-9]{7}|[0-9]{11,13}", fullmatch=True))
def test_a_number_of_goods_has_fourteen_digits_whatever_it_is_printed_as(payload):
    weights = [3 if place % 2 == 0 else 1 for place in range(len(payload))]
    check = (
        -sum(int(sign) * weight for sign, weight in zip(reversed(payload), weights, strict=True))
        % 10
    )

    assert normal(f"{payload}{check}") == f"{payload}{check}".zfill(14)


@pytest.mark.parametrize(("prefix", "kind"), PREFIXES.items())
def test_our_own_prefixes_mean_one_kind_only(prefix, kind):
    assert kinds_of(f"{prefix.lower()}7") == {kind}


@given(ANY_TEXT)
def test_without_its_prefix_nothing_signs_in_or_confirms(text):
    if normal(text)[:3] not in {"WXC", "WXU"}:
        assert not kinds_of(text) & ONLY_BY_PREFIX


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("", Kind.ITEM, "codes.empty"),
        (" \t", Kind.ITEM, "codes.empty"),
        ("x" * 256, Kind.ITEM, "codes.too_long"),
        ("x" * 4096, Kind.ITEM, "codes.too_long"),
        ("AB\x00C", Kind.ITEM, "codes.unseen_sign"),
        ("AB\x1dC", Kind.ITEM, "codes.unseen_sign"),
        ("AB\ud800", Kind.ITEM, "codes.unseen_sign"),
        ("AB\u200b", Kind.ITEM, "codes.unseen_sign"),
        ("WXUtoken", Kind.ITEM, "codes.reserved"),
        ("wxcYES", Kind.ITEM, "codes.reserved"),
        ("cmd:yes", Kind.ITEM, "codes.reserved"),
        ("]C1WXCYES", Kind.ITEM, "codes.reserved"),
        ("WXLA-01", Kind.LPN, "codes.reserved"),
        ("A-01", Kind.BADGE, "codes.prefix_missing"),
    ],
)
def test_a_text_that_cannot_be_a_code_is_told_why(text, kind, sentence):
    wrong = unfit(text, kind)

    assert wrong is not None
    assert wrong.sentence == sentence


@given(ANY_TEXT)
def test_every_code_that_may_be_registered_is_found_by_scanning_it(text):
    if unfit(text, Kind.ITEM) is None:
        assert any(
            guess.code == normal(text) and Kind.ITEM in guess.kinds for guess in guesses(text)
        )


@given(ANY_TEXT)
def test_what_a_sentence_repeats_can_be_kept_and_is_short(text):
    said = shown(text)

    assert len(said) <= 41
    assert said.encode().decode() == said


def test_a_bin_label_leads_to_the_bare_code_of_a_bin_and_of_nothing_else():
    codes = {guess.code: guess.kinds for guess in guesses("WXLa-03-12")}

    assert codes == {"WXLA-03-12": {Kind.LOCATION}, "A-03-12": {Kind.LOCATION}}


def test_a_badge_or_a_command_has_no_bare_code():
    assert [guess.code for guess in guesses("WXCYES")] == ["WXCYES"]
    assert [guess.code for guess in guesses("WXUtoken")] == ["WXUTOKEN"]
