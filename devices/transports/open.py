"""Opens the wire that an address names."""

from devices.address import Address, NoDriver, Transport
from devices.transports import file, memory, tcp
from devices.transports.wire import Wire


def open_wire(address: Address, seconds: float) -> Wire:
    """Open a wire; each step on it takes no longer than that. Raises NothingSent or NoDriver."""
    match address.transport:
        case Transport.TCP:
            return tcp.connect(address.host, address.port, seconds)
        case Transport.FILE:
            return file.open_path(address.path, seconds)
        case Transport.VIRTUAL:
            return memory.connect(address.host)
        case _:
            raise NoDriver(f"no device is reached by {address.transport} yet: use tcp or file")
