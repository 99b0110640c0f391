"""Plain HTTP: cookies and badges could be read on the way, so it is for this machine, or where the house allows it."""

from ipaddress import ip_address

from flask import request

from wms.kernel.refusal import Refusal
from wms.kernel.services import services


class PlainHttp(Refusal):
    """The request came over plain HTTP from another machine, and the house was not told to allow that."""

    sentence = "people.plain_http"
    status = 403
    kept = False


def is_plain() -> bool:
    """Tell whether what is sent can be read on the way."""
    return not request.is_secure and not stays_here()


def refuse_plain() -> None:
    """Raise PlainHttp unless `WMS_ALLOW_HTTP_LAN` is set."""
    if is_plain() and not services().settings.allow_http_lan:
        raise PlainHttp


def _host_name() -> str:
    host = request.host
    return host[1 : host.find("]")] if host.startswith("[") else host.partition(":")[0]


def stays_here() -> bool:
    """Tell whether the browser was told a name that leads to its own machine."""
    name = _host_name()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
