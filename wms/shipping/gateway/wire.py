"""One HTTP call to the outside: always with limits of time and size, never redirected, its raw answer kept.

The SDK decodes answers strictly and dies on small surprises after money was spent. So this session hands every answer
over as it came, before the SDK can look at it, by raising `Answered`.
"""

import io
import socket
import time
from collections.abc import Callable
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
)

from wms.shipping.gateway.heard import Answer, Answered, Lost, NotSent
from wms.shipping.gateway.outbound import Outside

CHUNK = 65_536
LARGEST = 8 * 1024 * 1024
"""No answer is longer: a label as a picture has some hundred thousand bytes."""
TOO_LATE = "it came too late to be sent"
BEFORE_SENDING = (NewConnectionError, ConnectTimeoutError, NameResolutionError)


class Wire(requests.Session):
    """For one call: nothing is kept open, so that no purchase is tried on a connection that has died meanwhile."""

    def __init__(
        self,
        outside: Outside,
        *,
        connect_s: float,
        read_s: float,
        is_late: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__()
        self.trust_env = False
        self.outside = outside
        self.connect_s = connect_s
        self.read_s = read_s
        self.is_late = is_late
        adapter = Guarded(outside)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """Send, and raise what came of it: Answered, NotSent, Lost, or NotOutside for where we do not go."""
        options.update(
            timeout=(self.connect_s, self.read_s), allow_redirects=False, stream=True, verify=True
        )
        until = time.monotonic() + self.connect_s + self.read_s
        try:
            self.outside.check(request.url or "")
            if self.is_late is not None and self.is_late():
                raise NotSent(TOO_LATE)
            with super().send(request, **options) as got:
                raise Answered(_read(got, until))
        except requests.RequestException as trouble:
            raise _sorted(trouble) from trouble
        except (HTTPError, OSError) as trouble:
            raise Lost(_reason(trouble)) from trouble


class Guarded(HTTPAdapter):
    """Connects to addresses that were looked at, and to no others."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        super().__init__(max_retries=0)

    def init_poolmanager(self, *given: Any, **options: Any) -> None:
        super().init_poolmanager(*given, **options)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = _pools(self._outside)


def _pools(outside: Outside) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, outside)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, outside)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _connect(connection: HTTPConnection, outside: Outside) -> socket.socket:
    """Connect to the first of the addresses that answers."""
    try:
        addresses = outside.addresses(connection.host, connection.port)
    except socket.gaierror as trouble:
        raise NameResolutionError(connection.host, connection, trouble) from trouble
    tried: OSError | None = None
    for address in addresses:
        try:
            wire = socket.create_connection((address, connection.port), _limit(connection))
        except OSError as trouble:
            tried = trouble
        else:
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return wire
    raise NewConnectionError(connection, str(tried)) from tried


def _limit(connection: HTTPConnection) -> float | None:
    return connection.timeout if isinstance(connection.timeout, int | float) else None


def _read(got: requests.Response, until: float) -> Answer:
    """Take the body in, within limits. What came of a body that breaks off is lost, whatever its status said."""
    kept = io.BytesIO()
    while chunk := got.raw.read1(
        CHUNK, decode_content=True
    ):  # whatever is there, without waiting for more
        kept.write(chunk)
        if kept.tell() > LARGEST:
            raise Lost(f"the answer is longer than {LARGEST} bytes")
        if time.monotonic() > until:
            raise Lost("the answer took too long")
    if got.raw.length_remaining:
        raise Lost("the answer broke off")
    wait = got.headers.get("Retry-After", "")
    after_s = float(wait) if wait.isascii() and wait.isdigit() else None
    return Answer(got.status_code, kept.getvalue(), after_s)


def _sorted(trouble: requests.RequestException) -> NotSent | Lost:
    """Tell a door that was never opened from one that closed behind us."""
    if isinstance(trouble, requests.ConnectTimeout):
        return NotSent(_reason(trouble))
    cause = trouble.args[0] if trouble.args else None
    if isinstance(cause, MaxRetryError) and isinstance(cause.reason, BEFORE_SENDING):
        return NotSent(_reason(trouble))
    return Lost(_reason(trouble))


def _reason(trouble: Exception) -> str:
    """Word a trouble without the address that was asked: it may hold a signature."""
    cause = trouble.args[0] if trouble.args else trouble
    named = cause.reason if isinstance(cause, MaxRetryError) and cause.reason else trouble
    return type(named).__name__
