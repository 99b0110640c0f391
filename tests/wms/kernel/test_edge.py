"""Requests come in once or twice, whole or spoiled: the edge gives each act one effect and one answer."""

import pytest
from flask import Flask, g
from flask_babel import Babel
from sqlalchemy import func, select

from wms.app import errors
from wms.cases.tables import ExceptionCase
from wms.kernel import edge
from wms.kernel.actor import Actor
from wms.kernel.refusal import Fault, Refusal, Wrong
from wms.kernel.tables import StoredCommand


class NoMore(Refusal):
    """For this test: the third case is one too many."""

    sentence = "kernel.not_now"


@pytest.fixture
def app(house):
    app = Flask(__name__)
    app.extensions["wms"] = house
    errors.answer(app)
    Babel(app)
    app.before_request(lambda: setattr(g, "actor", Actor(7, "Somebody", frozenset())))

    @app.post("/api/v1/cases")
    def open_case():
        def do(session, by, at):
            if session.scalar(select(func.count()).select_from(ExceptionCase)) >= 2:
                raise NoMore(thing="house", state="full", verb="open")
            session.add(a_case(by, at))
            return edge.created({"by": by}, "/api/v1/cases/1", 1)

        return edge.perform("cases.open", do)

    @app.post("/api/v1/wrong")
    def wrong():
        def do(session, by, at):
            session.add(a_case(by, at))
            raise Wrong(Fault("lines.2.quantity", "kernel.not_found"), n=1)

        return edge.perform("cases.wrong", do)

    return app


def a_case(by, at):
    return ExceptionCase(
        kind="test",
        state="open",
        subject="bin",
        subject_id=1,
        sentence="x",
        values={},
        opened_by=by,
        opened_at=at,
    )


def cases(house):
    with house.database.read() as session:
        return session.scalar(select(func.count()).select_from(ExceptionCase))


def send(app, key, path="/api/v1/cases", body="{}"):
    return app.test_client().post(path, data=body, headers={"Idempotency-Key": key} if key else {})


def test_the_same_key_gets_the_same_answer_and_one_effect(app, house):
    first = send(app, "k-1")
    second = send(app, "k-1")

    assert (first.status_code, first.headers["Location"], first.headers["ETag"]) == (
        201,
        "/api/v1/cases/1",
        '"1"',
    )
    assert "Idempotent-Replayed" not in first.headers
    assert (second.status_code, second.data, second.headers["ETag"]) == (201, first.data, '"1"')
    assert second.headers["Idempotent-Replayed"] == "true"
    assert cases(house) == 1


def test_the_same_key_with_another_body_is_refused_and_does_nothing(app, house):
    send(app, "k-1")

    assert send(app, "k-1", body='{"other": 1}').status_code == 422
    assert send(app, "k-1", path="/api/v1/wrong").status_code == 422
    assert cases(house) == 1


def test_a_refusal_is_told_again_although_the_world_has_changed(app, house, clock):
    send(app, "k-1")
    send(app, "k-2")
    refused = send(app, "k-3")
    with house.database.engines.writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM exception_case")

    again = send(app, "k-3")

    assert refused.status_code == again.status_code == 409
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json["detail"] == refused.json["detail"]
    assert send(app, "k-4").status_code == 201


def test_what_is_wrong_is_rolled_back_and_names_its_field(app, house):
    answer = send(app, "k-1", path="/api/v1/wrong")

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.json["errors"][0]["where"] == "lines.2.quantity"
    assert cases(house) == 0


def test_a_key_that_is_too_long_is_refused_before_anything_happens(app, house):
    assert send(app, "k" * 256).status_code == 400
    assert cases(house) == 0


def test_without_a_key_each_sending_is_an_act_of_its_own(app, house):
    send(app, None)
    send(app, None)

    assert cases(house) == 2
    with house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(StoredCommand)) == 2


@pytest.mark.parametrize("key", ["two words", "ümlaut", "tab\t"])
def test_a_key_that_cannot_be_kept_is_said_so(app, house, key):
    answer = send(app, key)

    assert (answer.status_code, answer.json["code"]) == (400, "kernel.key_unreadable")
    assert cases(house) == 0
