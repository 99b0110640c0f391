from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.kit import ADA, a_draft
from wms.orders.rules.drafts import (
    CONTACT_LIMITS,
    LIMITS,
    contact_faults,
    draft_faults,
    text_faults,
)
from wms.orders.tables import Order, OrderContact

GOOD = a_draft(1, (1, 1))


def test_a_good_order_has_no_faults():
    assert list(draft_faults(GOOD)) == []


@given(st.text(max_size=50))
def test_whatever_is_taken_can_be_kept_and_printed(text):
    taken = not list(text_faults("name", text, 40))

    if taken:
        assert len(text) <= 40
        text.encode("utf-8")
        assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in text)


@given(st.sampled_from(sorted(LIMITS)), st.integers(0, 3))
def test_a_text_is_as_long_as_its_column(name, over):
    kind = Order.__table__.columns[name].type
    limit = getattr(kind, "length", None)
    draft = replace(GOOD, **{name: "x" * (LIMITS[name] + over)})

    assert limit is None or limit == LIMITS[name]
    assert [fault.where for fault in draft_faults(draft)] == ([name] if over else [])


@given(st.sampled_from(sorted(CONTACT_LIMITS)), st.integers(0, 3))
def test_an_address_is_as_long_as_its_columns(name, over):
    kind = OrderContact.__table__.columns[name].type
    contact = replace(ADA, **{name: "x" * (CONTACT_LIMITS[name] + over)})

    assert kind.length == CONTACT_LIMITS[name]
    assert [fault.where for fault in contact_faults(contact)] == ([name] if over else [])
