"""Which addresses we may be sent to: the platform tells us where a label lies, and must not point into our own network.

Names are looked up once, every address found must be public, and the connection goes to the address that was looked at:
a name that changes its mind in between gains nothing.
"""

import socket
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

PORTS = {"https": 443, "http": 80}
TRANSLATED = ip_network("64:ff9b::/96")
"""IPv6 addresses that a gateway turns into IPv4 ones (RFC 6052): any address may hide behind them."""


class NotOutside(ValueError):
    """An address that we do not call. Says which and why."""


@dataclass(frozen=True)
class Outside:
    """All public addresses, over HTTPS; and whatever is allowed by name, over either."""

    allowed: Collection[str] = ()
    """`host:port` pairs."""

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(_bare(pair) for pair in self.allowed)

    def allows(self, host: str, port: int) -> bool:
        """Tell whether the house itself named this place."""
        return _bare(f"{host}:{port}") in self._known

    def check(self, url: str) -> None:
        """Look at an address before anything is looked up. Raises NotOutside."""
        host, port, scheme = origin(url)
        if scheme != "https" and not self.allows(host, port):
            raise NotOutside(f"{scheme}://{host}:{port} is not reached over HTTPS")

    def addresses(self, host: str, port: int) -> list[str]:
        """Look a name up, and all of what comes back at. Raises NotOutside; OSError when the name is unknown."""
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if self.allows(host, port):
            return addresses
        for address in addresses:
            if not _is_public(address):
                raise NotOutside(f"{host}:{port} leads to {address}, which is not a public address")
        return addresses


def origin(url: str) -> tuple[str, int, str]:
    """Take host, port and scheme from an address. Raises NotOutside when it is no address of the web."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as trouble:
        raise NotOutside("this is no address of the web") from trouble
    if parts.scheme not in PORTS or not host or "@" in parts.netloc:
        raise NotOutside("this is no address of the web")
    return host, port if port is not None else PORTS[parts.scheme], parts.scheme


def pair(url: str) -> str:
    """Write an address's place as `host:port`."""
    host, port, _ = origin(url)
    return f"{host}:{port}"


def _bare(pair: str) -> str:
    return pair.lower().translate({ord("["): None, ord("]"): None})


def _is_public(address: str) -> bool:
    """Tell whether the whole world reaches it there; an IPv4 address in IPv6 clothes is undressed first."""
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return _is_public(str(parsed.ipv4_mapped))
        if parsed.sixtofour or parsed.teredo or parsed in TRANSLATED:
            return False
    return parsed.is_global and not parsed.is_multicast
