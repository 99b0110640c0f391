"""Finds out whether a port can be had before the server's processes take it."""

import errno
import socket
import time

from wms.kernel.refusal import Refusal

PATIENCE_S = 2.0
"""How long to wait for a server that is just ending: its orphans notice within half a second."""

LOOK_AGAIN_S = 0.1


class PortTaken(Refusal):
    """Somebody else listens there."""

    sentence = "app.port_taken"


class AddressNotOurs(Refusal):
    """The machine does not let us listen there."""

    sentence = "app.address_not_ours"


def reserve(host: str, port: int) -> socket.socket:
    """Return a socket that keeps the port ours without listening on it; port 0 becomes a free one.

    Each process of the server listens with SO_REUSEPORT, so a second server on a taken port would start without a
    word and both would answer. The first bind, without it, fails when anybody listens.
    """
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return _reserve(host, port)
        except OSError as trouble:
            if trouble.errno != errno.EADDRINUSE:
                reason = trouble.strerror or ""
                raise AddressNotOurs(host=host, port=port, reason=reason) from trouble
            if time.monotonic() > until:
                raise PortTaken(host=host, port=port) from trouble
        time.sleep(LOOK_AGAIN_S)


def _reserve(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        number: int = probe.getsockname()[1]
    return _keep(family, str(address[0]), number)


def _keep(family: int, host: str, number: int) -> socket.socket:
    kept = socket.socket(family)
    try:
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        # Connections of a server that ended a moment ago must not hold us up, a second server must not get in.
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind((host, number))
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
    except OSError:
        kept.close()
        raise
    return kept
