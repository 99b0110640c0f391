"""Where requests come in: parse, one transaction, answer. The same key gets the same answer."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Response, g, jsonify, redirect, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.actor import Actor
from wms.kernel.commands import KEY_LIMIT, Answer, Command, body_hash, fresh_key
from wms.kernel.refusal import Refusal
from wms.kernel.services import services

KEY_HEADER = "Idempotency-Key"
KEY_FIELD = "_key"
KEY_SHAPE = re.compile(r"[!-~]+")
"""What can be seen in ASCII: a UUID, or any name that a script makes up."""

UNHASHED = frozenset({"csrf_token", "password", "old_password", "pin", "token"})
"""Fields that are no part of what is kept of a form: one differs between two sends, and a short secret could be guessed
from its hash."""


class KeyTooLong(Refusal):
    """The command key is longer than we keep."""

    sentence = "kernel.key_too_long"
    status = 400


class KeyUnreadable(Refusal):
    """The command key holds signs that no database and no log should have to keep."""

    sentence = "kernel.key_unreadable"
    status = 400


class KeyMissing(Refusal):
    """A device sent a command without a key, so it could not be sent again safely."""

    sentence = "kernel.key_missing"
    status = 400


class UnreadableVersion(Refusal):
    """If-Match holds something that is no version of ours."""

    sentence = "kernel.unreadable_version"
    status = 400


@dataclass(frozen=True)
class Reply:
    """What an API route answers: status, JSON body, and the headers that belong to it."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def created(body: Any, location: str, version: int | None = None) -> Reply:
    """Answer that something now exists, and under which address."""
    headers = {"Location": location} | ({"ETag": etag(version)} if version is not None else {})
    return Reply(body, 201, headers)


def versioned(body: Any, version: int) -> Reply:
    """Answer with a thing and the version it has now."""
    return Reply(body, 200, {"ETag": etag(version)})


@dataclass(frozen=True)
class Seen:
    """What a device tells of an act besides its key: its own count, and when it happened there.

    `about` is what the act consists of. What else is sent may differ each time: how long it waited for the network.
    """

    about: bytes
    seq: int | None = None
    occurred_at: datetime | None = None


Act = Callable[[Session, int, datetime], Any]
"""What a request wants done: `do(session, by, at)`."""


def actor() -> Actor:
    """Return who is asking. Only routes that ask for somebody may call this; the policy saw to it that there is one."""
    somebody: Actor = g.actor
    return somebody


def perform(name: str, do: Callable[[Session, int, datetime], Reply]) -> Response:
    """Carry out an API request in one write transaction and answer; a repeated key gets the first answer again."""
    answer = _write(
        name, request.headers.get(KEY_HEADER), lambda session, by, at: _kept(do(session, by, at))
    )
    empty = answer.value["status"] == HTTPStatus.NO_CONTENT
    response = Response() if empty else jsonify(answer.value["body"])
    response.status_code = answer.value["status"]
    response.headers.update(answer.value["headers"])
    if answer.replayed:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def told_once(response: Response, name: str, secret: str) -> Response:
    """Put a secret into a first answer. What is kept of it, and told to a second send, holds none under that name."""
    if "Idempotent-Replayed" not in response.headers:
        response.set_data(jsonify({**response.get_json(), name: secret}).get_data())
    return response


def submit(name: str, do: Callable[[Session, int, datetime], str]) -> AnyResponse:
    """Carry out a page's form in one write transaction and go to the page that `do` names. Sent twice, done once."""
    answer = _write(name, request.form.get(KEY_FIELD), do)
    return redirect(answer.value, code=303)


def carry_out(name: str, do: Act) -> Answer[Any]:
    """Carry out a page's form whose answer is shown at once and kept nowhere: a secret that is told once."""
    return _write(name, request.form.get(KEY_FIELD), do)


def take(name: str, do: Act, seen: Seen) -> Answer[Any]:
    """Carry out what a device saw, in one write transaction; whoever asks words the answer."""
    return _write(name, request.headers.get(KEY_HEADER), do, seen)


def reply(body: Any, version: int | None = None) -> Response:
    """Answer a reading request; with a version, also the short answer that nothing changed."""
    response = jsonify(body)
    if version is not None:
        response.headers["ETag"] = etag(version)
        response.make_conditional(request)
    return response


def etag(version: int) -> str:
    """Return a version as it is written in an ETag."""
    return f'"{version}"'


def expected_version() -> int | None:
    """Return the version that If-Match, or a form's `_version`, expects; None where nothing is expected."""
    said = request.headers.get("If-Match") or request.form.get("_version")
    if not said or said == "*":
        return None
    bare = said.removeprefix("W/").strip('"')
    if not bare.isascii() or not bare.isdigit():
        raise UnreadableVersion(said=said)
    return int(bare)


def _write(name: str, key: str | None, do: Act, seen: Seen | None = None) -> Answer[Any]:
    act = _command(name, key, seen)
    return services().database.write(act, lambda session: do(session, act.actor_id, act.at))


def _command(name: str, key: str | None, seen: Seen | None) -> Command:
    who = actor()
    if key is None and who.device_id is not None and request.path.startswith("/api/"):
        raise KeyMissing
    if key is not None:
        _check(key)
    return Command(
        name=name,
        key=key or fresh_key(),
        actor_id=who.id,
        at=services().clock.now(),
        body_hash=body_hash(
            request.method.encode(), request.path.encode(), seen.about if seen else _body()
        ),
        device_id=who.device_id,
        device_seq=seen.seq if seen else None,
        occurred_at=seen.occurred_at if seen else None,
    )


def _check(key: str) -> None:
    if len(key) > KEY_LIMIT:
        raise KeyTooLong(limit=KEY_LIMIT)
    if not KEY_SHAPE.fullmatch(key):
        raise KeyUnreadable


def _body() -> bytes:
    if request.is_json:
        return request.get_data(cache=True)
    if request.form or request.files:
        fields = sorted((k, v) for k, v in request.form.items(multi=True) if k not in UNHASHED)
        files = [(name, _digest(file)) for name, file in request.files.items(multi=True)]
        return repr((fields, files)).encode("utf-8", "surrogatepass")
    return request.get_data(cache=True)


def _digest(file: FileStorage) -> str:
    digest = hashlib.file_digest(file.stream, "sha256").hexdigest()  # type: ignore[arg-type]
    file.stream.seek(0)
    return digest


def _kept(answer: Reply) -> dict[str, Any]:
    return {"body": answer.body, "status": answer.status, "headers": answer.headers}
