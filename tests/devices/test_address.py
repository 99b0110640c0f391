"""A device's address is read once, kept as it was meant, and refused in words that help."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.address import (
    NETWORK,
    ON_DISK,
    PORTS,
    Address,
    Kind,
    Transport,
    UnfitAddress,
    parse,
)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "zebra+tcp://10.0.0.7:9100",
            Address(Kind.ZEBRA, "", Transport.TCP, "10.0.0.7", 9100),
        ),
        ("zebra+tcp://p1", Address(Kind.ZEBRA, "", Transport.TCP, "p1", 9100)),
        ("ZEBRA+TCP://[fd00::7]:9100/", Address(Kind.ZEBRA, "", Transport.TCP, "fd00::7", 9100)),
        (
            "zebra+file:///dev/usb/lp0",
            Address(Kind.ZEBRA, "", Transport.FILE, path="/dev/usb/lp0"),
        ),
        (
            "zebra+file:///srv/my%20labels",
            Address(Kind.ZEBRA, "", Transport.FILE, path="/srv/my labels"),
        ),
        (
            "escpos+serial:///dev/ttyUSB0?baud=9600",
            Address(
                Kind.ESCPOS,
                "",
                Transport.SERIAL,
                path="/dev/ttyUSB0",
                options=(("baud", "9600"),),
            ),
        ),
        ("pdf+queue://Office_2", Address(Kind.PDF, "", Transport.QUEUE, "Office_2")),
        (
            "scanner.ssi+serial:///dev/ttyACM0",
            Address(Kind.SCANNER, "ssi", Transport.SERIAL, path="/dev/ttyACM0"),
        ),
        (
            "scale.toledo8217+serial:///dev/ttyUSB1",
            Address(Kind.SCALE, "toledo8217", Transport.SERIAL, path="/dev/ttyUSB1"),
        ),
        ("scanner+virtual://bench-2", Address(Kind.SCANNER, "", Transport.VIRTUAL, "bench-2")),
        (
            "scanner+tcp://10.0.0.9:2001?suffix=cr",
            Address(Kind.SCANNER, "", Transport.TCP, "10.0.0.9", 2001, options=(("suffix", "cr"),)),
        ),
    ],
)
def test_every_way_to_a_device_is_understood(text, address):
    assert parse(text) == address


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no way to the device"),
        ("10.0.0.7:9100", "no way to the device"),
        ("zebra://10.0.0.7", "no way to the device"),
        ("zebra+tcp://", "no host"),
        ("zebra+tcp:///dev/usb/lp0", "no host"),
        ("zebra+tcp://p1:99999", "cannot be told apart"),
        ("zebra+tcp://p1:abc", "cannot be told apart"),
        ("zebra+tcp://p1/tray", "ends with its port"),
        ("zebra+tcp://me:secret@p1:9100", "an @ or a #"),
        ("zebra+tcp://p1:9100#2", "an @ or a #"),
        ("scanner+tcp://p1", "no port"),
        ("toaster+tcp://p1:1", "no kind of device"),
        ("zebra+pigeon://p1", "no way to a device"),
        ("zebra.+tcp://p1", "no name of a protocol"),
        ("zebra.a b+tcp://p1", "no name of a protocol"),
        ("zebra+file://usb/lp0", "no path"),
        ("zebra+file:///", "no path"),
        ("pdf+queue://", "no name"),
        ("pdf+queue://one/two", "no name"),
        ("pdf+queue://a%20b", "no name"),
        ("zebra+tcp://p1?a=1&a=2", "no list of settings"),
        ("zebra+tcp://p1?=2", "no list of settings"),
        ("zebra+tcp://p1:9100\n", "signs that nobody sees"),
        ("zebra+tcp://" + "p" * 400, "too long"),
    ],
)
def test_what_names_no_device_is_refused_with_a_cure(text, says):
    with pytest.raises(UnfitAddress) as found:
        parse(text)

    assert says in found.value.reason
    assert found.value.cure


def test_options_have_defaults():
    address = parse("scale.toledo8217+serial:///dev/ttyUSB1?baud=9600")

    assert address.option("baud") == "9600"
    assert address.option("parity", "even") == "even"


def test_an_option_that_stands_alone_counts_as_empty():
    assert parse("zebra+tcp://p1?quiet").options == (("quiet", ""),)


names = st.from_regex(r"[A-Za-z0-9._-]{1,30}", fullmatch=True)
hosts = st.one_of(
    st.from_regex(r"[a-z0-9]([a-z0-9.-]{0,20}[a-z0-9])?", fullmatch=True),
    st.ip_addresses().map(str),
)
paths = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="\0"), max_size=30
).map("/x".__add__)
options = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True),
    st.text(st.characters(exclude_categories=["C"]), max_size=9),
    max_size=3,
).map(lambda found: tuple(found.items()))


@st.composite
def addresses(draw):
    kind, transport = draw(st.sampled_from(Kind)), draw(st.sampled_from(Transport))
    codec = draw(st.sampled_from(["", "ssi", "toledo8217", "mt-sics"]))
    if transport in NETWORK:
        host, port = draw(hosts), draw(st.integers(1, 65_535))
        return Address(kind, codec, transport, host, port, options=draw(options))
    if transport in ON_DISK:
        return Address(kind, codec, transport, path=draw(paths), options=draw(options))
    return Address(kind, codec, transport, draw(names), options=draw(options))


@given(addresses())
def test_an_address_is_written_as_it_is_read(address):
    text = str(address)

    if len(text) <= 400:
        assert parse(text) == address


@given(st.text(max_size=60) | st.from_regex(r"zebra\+(tcp|file|queue)://.{0,30}"))
def test_no_text_is_more_than_refused(text):
    try:
        address = parse(text)
    except UnfitAddress:
        return
    assert parse(str(address)) == address


def test_printers_have_a_usual_port():
    assert all(parse(f"{kind}+tcp://p1").port == 9100 for kind in PORTS)
