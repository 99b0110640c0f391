"""Where a device is reached: `KIND[.CODEC]+TRANSPORT://place`, as people write it on the devices page.

`zebra+tcp://10.0.0.7:9100`, `zebra+file:///dev/usb/lp0`, `scale.toledo8217+serial:///dev/ttyUSB1?baud=9600`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit


class Kind(StrEnum):
    """What a device is, and so what is said to it."""

    ZEBRA = "zebra"
    ESCPOS = "escpos"
    EPL2 = "epl2"
    TSPL = "tspl"
    PDF = "pdf"
    SCANNER = "scanner"
    SCALE = "scale"


class Transport(StrEnum):
    """How bytes reach a device."""

    TCP = "tcp"
    SERIAL = "serial"
    RFC2217 = "rfc2217"
    FILE = "file"
    QUEUE = "queue"
    HID = "hid"
    EVDEV = "evdev"
    VIRTUAL = "virtual"


PORTS = {Kind.ZEBRA: 9100, Kind.ESCPOS: 9100, Kind.EPL2: 9100, Kind.TSPL: 9100}
"""The TCP port that printers listen on where the address names none."""

NETWORK = frozenset({Transport.TCP, Transport.RFC2217})
"""These need a host."""

ON_DISK = frozenset({Transport.SERIAL, Transport.FILE, Transport.HID, Transport.EVDEV})
"""These need an absolute path on this machine."""

LENGTH_LIMIT = 400
"""Longest address we look at: no device needs more, and a hostile one gets no further."""

PORT_LIMIT = 65_535

CODEC = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
OPTION = re.compile(r"[a-z][a-z0-9_]{0,31}")
HOST = re.compile(r"[A-Za-z0-9._:%-]{1,253}")
NAME = re.compile(r"[A-Za-z0-9._-]{1,127}")

Options = tuple[tuple[str, str], ...]


class UnfitAddress(ValueError):
    """This names no device: `reason` says what is there, `cure` what to write instead."""

    def __init__(self, reason: str, cure: str) -> None:
        super().__init__(f"{reason}; {cure}")
        self.reason, self.cure = reason, cure


class NoDriver(Exception):
    """The address is sound, but nothing here knows how to speak to such a device yet."""


@dataclass(frozen=True)
class Address:
    """A device's place. `host` of a queue or a virtual device is its name; `port` 0 means there is none."""

    kind: Kind
    codec: str
    transport: Transport
    host: str = ""
    port: int = 0
    path: str = ""
    options: Options = ()

    def option(self, name: str, default: str = "") -> str:
        """Return what the address says after the question mark under that name."""
        return dict(self.options).get(name, default)

    def __str__(self) -> str:
        kind = f"{self.kind}.{self.codec}" if self.codec else self.kind
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port else ""
        options = f"?{urlencode(self.options)}" if self.options else ""
        return f"{kind}+{self.transport}://{host}{port}{quote(self.path)}{options}"


def parse(text: str) -> Address:
    """Return the place that a text names. Raises UnfitAddress."""
    if len(text) > LENGTH_LIMIT or not text.isprintable():
        _unfit(
            "the address is too long or has signs that nobody sees", "write it in one short line"
        )
    scheme, mark, _ = text.partition("://")
    who, plus, transport = scheme.lower().partition("+")
    if not (mark and plus):
        _unfit("the address names no way to the device", "write it as in zebra+tcp://10.0.0.7:9100")
    kind, dot, codec = who.partition(".")
    if (dot and not CODEC.fullmatch(codec)) or (codec and not dot):
        _unfit(f"“{codec}” is no name of a protocol", "write it as in scale.toledo8217+serial://")
    return _placed(_kind(kind), codec, _transport(transport), text)


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        _unfit(f"“{text}” is no kind of device", f"begin with one of {', '.join(Kind)}")


def _transport(text: str) -> Transport:
    try:
        return Transport(text)
    except ValueError:
        _unfit(
            f"“{text}” is no way to a device",
            f"after the plus, write one of {', '.join(Transport)}",
        )


def _placed(kind: Kind, codec: str, transport: Transport, text: str) -> Address:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port or 0
    except ValueError:
        _unfit("host and port cannot be told apart", "write the port as a number after a colon")
    if parts.username is not None or parts.fragment:
        _unfit("the address has an @ or a #", "leave them out: devices know no users")
    path, options = unquote(parts.path), _options(parts.query)
    if transport in NETWORK:
        return _on_network(Address(kind, codec, transport, host, port, path, options))
    if transport in ON_DISK:
        return _on_disk(Address(kind, codec, transport, parts.netloc, 0, path, options))
    return _by_name(Address(kind, codec, transport, unquote(parts.netloc), 0, path, options))


def _options(query: str) -> Options:
    found = tuple(parse_qsl(query, keep_blank_values=True))
    names = [name for name, _ in found]
    if len(set(names)) < len(names) or not all(map(OPTION.fullmatch, names)):
        _unfit("what follows the question mark is no list of settings", "write it as in ?baud=9600")
    return found


def _on_network(address: Address) -> Address:
    port = address.port or PORTS.get(address.kind, 0)
    if not HOST.fullmatch(address.host):
        _unfit("there is no host", "write the device's address after the two slashes")
    if address.path not in {"", "/"}:
        _unfit("a network address ends with its port", "leave out what follows it")
    if not port:
        _unfit("there is no port", "write it after a colon, as in 10.0.0.7:9100")
    return Address(
        address.kind, address.codec, address.transport, address.host, port, "", address.options
    )


def _on_disk(address: Address) -> Address:
    is_sound = address.path.startswith("/") and "\0" not in address.path and len(address.path) > 1
    if address.host or not is_sound:
        _unfit("there is no path", "write three slashes and the path, as in file:///dev/usb/lp0")
    return address


def _by_name(address: Address) -> Address:
    if not NAME.fullmatch(address.host) or address.path not in {"", "/"}:
        _unfit(
            "there is no name",
            "write the queue's name after the two slashes: letters, figures, . _ -",
        )
    return Address(
        address.kind, address.codec, address.transport, address.host, 0, "", address.options
    )


def _unfit(reason: str, cure: str) -> NoReturn:
    raise UnfitAddress(reason, cure)
