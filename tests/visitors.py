"""Words for tests that come to the house's door: people with accounts, browsers, machines with tokens, tablets."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, TypeVar

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from wms import wiring
from wms.app import factory
from wms.app.house import secret_key
from wms.kernel.commands import HOUSE, command
from wms.kernel.services import Services
from wms.people import actions
from wms.people.door import limiter
from wms.people.policy import SCOPES, Role
from wms.people.rules import idle_for
from wms.people.secret import Hasher, fresh_badge, fresh_token
from wms.stations import actions as stations
from wms.stations.rules import DeviceKind

T = TypeVar("T")

PASSWORD = "a few words in a row"
PIN = "482915"

QUICK = Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""Hashes that anybody could guess: the parameters are the only thing that differs from the house's own."""

CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
CODE = re.compile(r"WXU[0-9A-Z]{16}")


_apps: list[Flask] = []
"""The one application that the tests of this process share: to build one takes longer than most tests."""


def open_app(house: Services) -> Flask:
    """The whole application, at work for this house, with quick hashes and nobody turned away for knocking too often.

    It is the same one for every test: who changes it, or serves two houses at once, takes `new_app`.
    """
    if not _apps:
        _apps.append(factory.create(house))
    [app] = _apps
    app.config["SECRET_KEY"] = secret_key(house.settings)
    app.extensions |= {"wms": house, "names": wiring.NAMES, "floor": wiring.FLOOR}
    return _quick(app)


def new_app(house: Services) -> Flask:
    """An application of one's own."""
    return _quick(factory.create(house))


def _quick(app: Flask) -> Flask:
    app.extensions["hasher"] = QUICK
    limiter.reset()
    return app


def done(house: Services, do: Callable[[Session], T]) -> T:
    """Do something in one write transaction of the house's own."""
    return house.database.write(command("test", by=HOUSE, at=house.clock.now()), do).value


def a_person(
    house: Services,
    *roles: Role,
    name: str = "Mia",
    login: str | None = None,
    pin: str | None = None,
) -> int:
    """Make an account; with a login it has the password of all tests."""

    def do(session: Session) -> int:
        return actions.add_user(
            session,
            name=name,
            login=login,
            roles=roles or [Role.PICKER],
            password_hash=QUICK.keep(PASSWORD) if login else None,
            pin_hash=QUICK.keep(pin) if pin else None,
            by=HOUSE,
            at=house.clock.now(),
        ).id

    return done(house, do)


def a_badge(house: Services, user_id: int) -> str:
    """Give somebody a badge and return what is printed on it."""
    code = fresh_badge()

    def do(session: Session) -> int:
        return actions.issue_badge(
            session, user_id=user_id, code=code, by=HOUSE, at=house.clock.now()
        ).id

    done(house, do)
    return code


def a_token(house: Services, user_id: int, scopes: Collection[str] = SCOPES, **facts: Any) -> str:
    """Give somebody a token and return it."""
    token = fresh_token()

    def do(session: Session) -> int:
        return actions.issue_token(
            session,
            user_id=user_id,
            name="test",
            token=token,
            scopes=scopes,
            by=HOUSE,
            at=house.clock.now(),
            **facts,
        ).id

    done(house, do)
    return token


def a_device(house: Services, name: str = "Tablet T-07") -> tuple[int, str]:
    """Enrol a tablet; returns its number and the token in its cookie."""
    token = fresh_token()

    def do(session: Session) -> int:
        at = house.clock.now()
        stations.invite(
            session,
            code=f"{hash(name) % 10**6:06}",
            name=name,
            kind=DeviceKind.TABLET,
            station_id=None,
            by=HOUSE,
            at=at,
        )
        known = stations.enrol(
            session, code=f"{hash(name) % 10**6:06}", name=None, token=token, at=at
        )
        assert known
        return known.device_id

    return done(house, do), token


@dataclass
class Visitor:
    """A browser: keeps its cookies and sends the form token that its pages carry."""

    client: FlaskClient
    base: str = "http://localhost"
    address: str = "127.0.0.1"
    guarded: str = field(default="", repr=False)

    def get(self, path: str, **more: Any) -> TestResponse:
        """Open a page, and remember its form token."""
        answer = self.client.get(
            path, base_url=self.base, environ_base=self._from(), buffered=True, **more
        )
        if found := CSRF.search(answer.get_data().decode(errors="replace")):
            self.guarded = found[1]
        return answer

    def post(self, path: str, *, guard: bool = True, **fields: Any) -> TestResponse:
        """Send a form as a page of ours sends it."""
        if guard and not self.guarded:
            self.get("/enrol")
        sent = {"csrf_token": self.guarded, **fields} if guard else fields
        answer = self.client.post(
            path, data=sent, base_url=self.base, environ_base=self._from(), buffered=True
        )
        if found := CSRF.search(answer.get_data().decode(errors="replace")):
            self.guarded = found[1]
        if any("binwave-form=" in said for said in answer.headers.getlist("Set-Cookie")):
            self.guarded = found[1] if found else ""
        return answer

    def cookie(self, name: str = "binwave") -> str | None:
        """What the browser keeps under a name."""
        kept = self.client.get_cookie(name)
        return kept.value if kept else None

    def carry(self, name: str, value: str) -> "Visitor":
        """Put a cookie into the browser."""
        self.client.set_cookie(name, value, secure=self.base.startswith("https"))
        return self

    def _from(self) -> dict[str, str]:
        return {"REMOTE_ADDR": self.address}


def a_browser(app: Flask, **more: Any) -> Visitor:
    """A browser that nobody has signed in on."""
    return Visitor(app.test_client(), **more)


def a_tablet(app: Flask, house: Services, name: str = "Tablet T-07") -> tuple[Visitor, int]:
    """A browser that is an enrolled tablet, and its number."""
    device_id, token = a_device(house, name)
    return a_browser(app).carry("binwave-device", token), device_id


def signed_in(app: Flask, house: Services, user_id: int, *roles: Role) -> Visitor:
    """A browser in which somebody is signed in at a desk."""
    token = fresh_token()

    def do(session: Session) -> int:
        return actions.open_session(
            session,
            user_id=user_id,
            token=token,
            idle=idle_for(roles or (Role.PICKER,), on_device=False),
            device_id=None,
            at=house.clock.now(),
        ).id

    done(house, do)
    return a_browser(app).carry("binwave", token)


def as_role(app: Flask, house: Services, role: Role) -> Visitor:
    """A browser of somebody who has this one role."""
    return signed_in(app, house, a_person(house, role, name=f"The {role}"), role)


@dataclass
class Machine:
    """A program that speaks to the interface with its token."""

    client: FlaskClient
    token: str | None

    def send(self, method: str, path: str, **more: Any) -> TestResponse:
        """Send a request."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= more.pop("headers", {})
        return self.client.open(path, method=method, headers=headers, buffered=True, **more)

    def get(self, path: str, **more: Any) -> TestResponse:
        """Read."""
        return self.send("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> TestResponse:
        """Ask for something to be done."""
        return self.send("POST", path, json=body, **more)

    def patch(self, path: str, body: Any, **more: Any) -> TestResponse:
        """Ask for a change."""
        return self.send("PATCH", path, json=body, **more)


def a_machine(
    app: Flask, house: Services, *roles: Role, scopes: Collection[str] = SCOPES
) -> Machine:
    """A program whose account has these roles."""
    user_id = a_person(house, *(roles or [Role.ADMIN]), name="Program")
    return Machine(app.test_client(), a_token(house, user_id, scopes))


def events(house: Services, kind: str | None = None) -> list[Any]:
    """What was announced, in order."""
    from sqlalchemy import select

    from wms.kernel.tables import StoredEvent

    with house.database.read() as session:
        rows = session.scalars(select(StoredEvent).order_by(StoredEvent.id)).all()
    return [row for row in rows if kind in (None, row.type)]
