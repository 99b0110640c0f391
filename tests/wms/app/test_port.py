"""A port is ours before the server starts, or we say why not."""

import socket
import threading

import pytest

from wms.app import port
from wms.app.port import AddressNotOurs, PortTaken, reserve


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(port, "PATIENCE_S", 0.3)


def test_port_zero_becomes_a_free_one_that_stays_ours():
    with reserve("127.0.0.1", 0) as kept:
        number = kept.getsockname()[1]

        with pytest.raises(PortTaken):
            reserve("127.0.0.1", number)


def test_the_processes_of_the_server_can_listen_on_the_kept_port():
    with reserve("127.0.0.1", 0) as kept:
        number = kept.getsockname()[1]
        with socket.socket() as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            door.bind(("127.0.0.1", number))
            door.listen()
            with socket.create_connection(("127.0.0.1", number)) as caller:
                assert caller.getpeername()[1] == number


def test_a_port_that_somebody_listens_on_is_taken_even_if_they_would_share_it():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()

        number = other.getsockname()[1]
        with pytest.raises(PortTaken) as no:
            reserve("127.0.0.1", number)

    assert no.value.values == {"host": "127.0.0.1", "port": number}


def test_a_port_that_was_used_a_moment_ago_is_free():
    with socket.create_server(("127.0.0.1", 0)) as door:
        number = door.getsockname()[1]
        caller = socket.create_connection(("127.0.0.1", number))
        answered, _ = door.accept()
        answered.close()  # who closes first keeps the port in TIME_WAIT
        caller.close()

    reserve("127.0.0.1", number).close()


def test_an_address_that_is_not_this_machines_is_said_so():
    with pytest.raises(AddressNotOurs):
        reserve("192.0.2.1", 0)


def test_a_port_that_is_just_being_given_up_is_waited_for(monkeypatch):
    monkeypatch.setattr(port, "PATIENCE_S", 10)
    with socket.create_server(("127.0.0.1", 0)) as door:
        number = door.getsockname()[1]
        threading.Timer(0.3, door.close).start()

        reserve("127.0.0.1", number).close()
