"""What is urgent goes out by mail, once in effect, and a letter that cannot be sent makes no more letters."""

import socketserver
import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from tests.visitors import done
from wms import wiring
from wms.cases import actions
from wms.cases.worker import mailer
from wms.kernel import courier
from wms.kernel.call_lifecycle import Verb
from wms.kernel.courier import Duties
from wms.kernel.tables import OutboxCall


class _Talk(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs to hand over one letter."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self._say(b"354 go on")
                letter = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    letter += part
                self.server.letters.append(letter.decode())
                self._say(b"250 taken")
            elif word == b"RCPT":
                self._say(self.server.to_recipients)
            elif word == b"QUIT":
                self._say(b"221 bye")
                return
            else:
                self._say(b"250 ok")

    def _say(self, words):
        self.wfile.write(words + b"\r\n")


@contextmanager
def post_office(to_recipients=b"250 ok"):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.letters, server.to_recipients = [], to_recipients
        at_work = threading.Thread(target=server.serve_forever, daemon=True)
        at_work.start()
        yield server, f"smtp://127.0.0.1:{server.server_address[1]}?from=wms@shop.example"
        server.shutdown()
        at_work.join()


def open_case(house, kind, values=None):
    return done(
        house,
        lambda s: (
            actions.open_case(
                s,
                kind=kind,
                subject="device",
                subject_id=7,
                sentence="cases.help",
                values=values or {},
                by=0,
                at=house.clock.now(),
            ).id
        ),
    )


def work_off(house, url, to="shift@shop.example"):
    duties = Duties(wiring.REACTIONS, {}, {"mail": mailer(url, to)})
    while courier.step(house.database, duties, house.clock):
        pass


def asked(house):
    with house.database.read() as session:
        return list(session.execute(select(OutboxCall.kind, OutboxCall.state)))


def test_an_urgent_case_is_mailed_once(lite_house):
    with post_office() as (server, url):
        open_case(lite_house, "printer_down")
        open_case(lite_house, "printer_down")
        work_off(lite_house, url)

        [letter] = server.letters
        assert "To: shift@shop.example" in letter
        assert "From: wms@shop.example" in letter
        assert "Message-ID: <case-" in letter
        assert "asks for help" in letter


def test_what_can_wait_stays_on_the_page(lite_house):
    with post_office() as (server, url):
        open_case(lite_house, "guessing")
        work_off(lite_house, url)

        assert server.letters == []


def test_without_an_address_nobody_is_written_to(lite_house):
    open_case(lite_house, "printer_down")

    work_off(lite_house, "", "")

    assert asked(lite_house) == [("mail", "done")]


def test_a_letter_that_nobody_takes_is_told_on_the_page_and_by_no_other_letter(lite_house):
    with post_office(b"550 nobody here") as (server, url):
        open_case(lite_house, "printer_down")
        work_off(lite_house, url)

        assert server.letters == []
    assert asked(lite_house) == [("mail", "dead")]


@pytest.mark.parametrize(
    ("answer", "verb"),
    [
        (b"450 later", Verb.RETRYABLE),
        (b"550 nobody here", Verb.DEFINITE_NO),
        (b"250 ok", Verb.OK),
    ],
)
def test_what_the_server_says_decides_whether_it_is_asked_again(answer, verb):
    told = {"subject": "device", "about": 7, "sentence": "cases.help", "values": {}}

    with post_office(answer) as (_, url):
        outcome = mailer(url, "shift@shop.example").make("case:1", told)

    assert outcome.verb is verb


def test_a_server_that_is_away_is_asked_again():
    told = {"subject": "device", "about": 7, "sentence": "cases.help", "values": {}}
    with post_office() as (server, url):
        gone = url
    outcome = mailer(gone, "shift@shop.example").make("case:1", told)

    assert outcome.verb is Verb.RETRYABLE
    assert server.letters == []
