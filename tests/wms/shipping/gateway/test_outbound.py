import socket

import pytest

from tests.wms.shipping.standin.trips import KEY
from wms.shipping.gateway import Gateway, UnfitDocument
from wms.shipping.gateway.outbound import NotOutside, Outside, pair

INSIDE = [
    "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.5.5", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fd00::1", "fe80::1", "::ffff:127.0.0.1",
    "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1",
]  # fmt: skip


def resolving(monkeypatch, *addresses):
    def look_up(host, port, *given, **named):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    asked = []
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_not_called(monkeypatch, address):
    resolving(monkeypatch, address)

    with pytest.raises(NotOutside):
        Outside().addresses("labels.example", 443)


def test_one_address_inside_among_many_is_enough_to_refuse(monkeypatch):
    resolving(monkeypatch, "93.184.216.34", "10.0.0.1")

    with pytest.raises(NotOutside):
        Outside().addresses("labels.example", 443)


def test_public_addresses_are_called(monkeypatch):
    resolving(monkeypatch, "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946")

    assert Outside().addresses("labels.example", 443) == [
        "93.184.216.34",
        "2606:2800:220:1:248:1893:25c8:1946",
    ]


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch):
    asked = resolving(monkeypatch, "127.0.0.1")
    called = []
    monkeypatch.setattr(socket, "create_connection", lambda where, *_: called.append(where))
    gateway = Gateway(KEY, "http://127.0.0.1:9")

    with pytest.raises(UnfitDocument):
        gateway.document("https://labels.example/l.zpl")

    assert asked == ["labels.example"]
    assert called == []


@pytest.mark.parametrize(
    "url",
    [
        "http://labels.example/l.zpl", "ftp://labels.example/l.zpl", "file:///etc/passwd", "//labels.example",
        "https://user:pass@labels.example/", "https://", "https://labels.example:99999/", "https://[::1", "",
        "gopher://127.0.0.1:70/",
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_over_https_are_looked_at(url):
    with pytest.raises(NotOutside):
        Outside().check(url)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "017700000001", "localhost"])
def test_disguises_of_this_machine_are_seen_through(host):
    with pytest.raises((NotOutside, OSError)):
        Outside().addresses(host, 443)


def test_what_the_house_names_is_called_wherever_it_lies():
    outside = Outside(["LocalHost:8080", "[::1]:80"])

    outside.check("http://localhost:8080/x")
    assert outside.addresses("localhost", 8080)
    assert outside.allows("::1", 80)
    with pytest.raises(NotOutside):
        outside.check("http://localhost:8081/x")


def test_an_address_is_known_by_host_and_port():
    assert pair("https://api.goshippo.com") == "api.goshippo.com:443"
    assert pair("http://127.0.0.1:5000/base") == "127.0.0.1:5000"
