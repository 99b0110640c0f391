"""`user` makes accounts, badges and tokens at the server's own keyboard, and prints each secret once."""

import io
import shutil

import pytest

from tests import visitors
from wms.app import cli, typed
from wms.app.house import open_house
from wms.people import queries
from wms.people.policy import Role
from wms.people.secret import Hasher

WORDS = "a few words in a row"


@pytest.fixture
def call(monkeypatch, tmp_path, sqlite_template, capsys):
    """Runs the command as a person would; returns exit code, output and trouble."""
    shutil.copy(sqlite_template, tmp_path / "binwave.sqlite")
    monkeypatch.setenv("WMS_DATA_DIR", str(tmp_path))

    def run(*words, typed_in=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed_in))
        code = cli.main(["user", *words])
        told = capsys.readouterr()
        return code, told.out.strip(), told.err.strip()

    return run


def someone(call):
    call(
        "add",
        "Ana Ruiz",
        "--role",
        "admin",
        "--login",
        "Ana",
        "--password-stdin",
        typed_in=f"{WORDS}\n",
    )


def kept(read):
    house = open_house()
    try:
        with house.database.read() as session:
            return read(session)
    finally:
        house.database.close()


def test_an_account_is_made_and_listed(call):
    someone(call)
    call("add", "Mia", "--role", "picker", "--role", "packer")

    assert call("list")[1].splitlines() == ["1\tAna Ruiz\tana\tadmin", "2\tMia\t-\tpicker,packer"]


def test_a_password_read_from_standard_input_opens_the_account(call):
    someone(call)

    user = kept(lambda session: queries.person(session, 1).user)

    assert Hasher().fits(user.password_hash, WORDS)


def test_a_password_is_asked_for_twice_and_not_shown(call, monkeypatch):
    answers = iter([WORDS, WORDS, WORDS, "something else"])
    asked = []
    monkeypatch.setattr(
        typed.getpass, "getpass", lambda words: (asked.append(words), next(answers))[1]
    )

    assert call("add", "Ana", "--role", "admin", "--login", "ana")[0] == 0
    code, _, trouble = call("password", "ana")

    assert asked == ["New password: ", "Once more: "] * 2
    assert code == 2
    assert "not the same" in trouble


@pytest.mark.parametrize("password", ["short", "", "aaaaaaaaaaaa"])
def test_a_password_that_will_not_do_makes_no_account(call, password):
    code, _, trouble = call(
        "add", "Ana", "--role", "admin", "--login", "ana", "--password-stdin", typed_in=password
    )

    assert code == 2
    assert "password:" in trouble
    assert call("list")[1] == ""


def test_a_new_pin_is_read_and_checked(call):
    someone(call)

    assert call("pin", "ana", "--pin-stdin", typed_in="482915\n")[0] == 0
    assert call("pin", "ana", "--pin-stdin", typed_in="123456\n")[0] == 2
    user = kept(lambda session: queries.person(session, 1).user)
    assert Hasher().fits(user.pin_hash, "482915")


def test_an_account_is_closed_and_opened(call):
    someone(call)
    call("add", "Bea", "--role", "admin")

    assert call("disable", "ana", "--reason", "left")[0] == 0
    assert call("list")[1].splitlines()[0].endswith("closed")
    assert call("enable", "1")[0] == 0
    assert "closed" not in call("list")[1]


def test_the_last_admin_stays(call):
    someone(call)

    code, _, trouble = call("disable", "ana", "--reason", "left")

    assert code == 2
    assert "only admin" in trouble


def test_nobody_by_that_name_is_said_so(call):
    code, _, trouble = call("enable", "zoe")

    assert code == 2
    assert "Nobody here is called zoe" in trouble


def test_a_token_is_printed_alone_and_opens_what_it_says(call, tmp_path):
    someone(call)

    code, token, _ = call(
        "token", "ana", "--name", "Reports", "--scope", "people:read", "--days", "7"
    )

    assert code == 0
    house = open_house()
    app = visitors.open_app(house)
    answer = visitors.Machine(app.test_client(), token).get("/api/v1/users")
    house.database.close()
    assert answer.json["data"][0]["roles"] == [Role.ADMIN]


def test_a_badge_is_printed_alone(call):
    call("add", "Mia", "--role", "picker")

    _, code, _ = call("badge", "1")

    assert visitors.CODE.fullmatch(code)
    badges = kept(lambda session: queries.badges_of(session, 1))
    assert [badge.ending for badge in badges] == [code[-4:]]


def test_old_tables_are_named_before_anything_is_done(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("WMS_DATA_DIR", str(tmp_path))

    assert cli.main(["user", "list"]) == 2
    assert "migrate" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("add", "Ana"),
        ("add", "Ana", "--role", "king"),
        ("token", "ana", "--name", "x", "--scope", "everything"),
        ("remove", "ana"),
    ],
)
def test_what_is_no_command_of_it_is_explained(call, words):
    with pytest.raises(SystemExit) as ended:
        call(*words)

    assert ended.value.code == 2
