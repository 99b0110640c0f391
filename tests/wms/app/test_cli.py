"""The command line: a table of commands, one sentence for a no, and no traceback for what was foreseen."""

import sys
from types import SimpleNamespace

import pytest

from wms.app import cli
from wms.kernel.refusal import Fault, NotFound, Wrong


@pytest.fixture
def verify(monkeypatch):
    """Stand in for the command `verify`; what it was called with is kept in `calls`."""

    def install(answer):
        calls = []

        def run(args):
            calls.append(args)
            return answer()

        command = SimpleNamespace(
            add=lambda parser: parser.add_argument("--chain", action="store_true"), run=run
        )
        monkeypatch.setitem(sys.modules, "wms.app.commands.verify", command)
        return calls

    return install


def test_help_tells_each_command_in_one_line(capsys):
    assert cli.main(["--help"]) == 0

    lines = capsys.readouterr().out.splitlines()
    for name, line in cli.COMMANDS.items():
        assert f"  {name:<11}{line}" in lines


def test_no_word_at_all_is_answered_with_the_help(capsys):
    assert cli.main([]) == 0

    assert capsys.readouterr().out.startswith("Binwave")


def test_a_word_that_resembles_nothing_is_sent_to_the_help(capsys):
    assert cli.main(["zzz"]) == 2

    said = "There is no command `zzz`. `python3 run.py --help` lists the commands.\n"
    assert capsys.readouterr().err == said


def test_a_command_gets_its_arguments_and_gives_the_exit_code(verify):
    calls = verify(lambda: 1)

    assert cli.main(["verify", "--chain"]) == 1
    assert calls[0].chain is True


def test_an_argument_that_nobody_knows_is_named(verify, capsys):
    calls = verify(lambda: 0)

    with pytest.raises(SystemExit) as end:
        cli.main(["verify", "--chian"])

    assert end.value.code == 2
    assert "nothing is known of --chian" in capsys.readouterr().err
    assert calls == []


def test_a_refusal_is_said_in_its_sentence(verify, capsys):
    verify(refuse(NotFound(code="4006381333931")))

    assert cli.main(["verify"]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "kernel.not_found" not in said.err


def test_a_refusal_of_a_file_names_its_rows(verify, capsys):
    verify(refuse(Wrong(Fault("row 7, quantity", "kernel.not_found", {"code": "7"}))))

    assert cli.main(["verify"]) == 2

    assert "\n  row 7, quantity: " in capsys.readouterr().err


def test_an_interrupted_command_ends_without_a_traceback(verify):
    verify(refuse(KeyboardInterrupt()))

    assert cli.main(["verify"]) == 130


def refuse(reason):
    def answer():
        raise reason

    return answer
