"""A skip under `.ci/run` breaks the run; without it, and where shared data is absent, it does not."""

import pytest

pytest_plugins = ["pytester"]

TESTS = """
    import pytest

    def test_kept(): pass

    @pytest.mark.skip(reason="no printer")
    def test_marked(): pass

    def test_called():
        pytest.skip("no scale")

    @pytest.mark.skip(reason="shared data are not on this machine")
    def test_allowed(): pass

    @pytest.mark.xfail(reason="known")
    def test_known(): assert False
"""


@pytest.fixture
def run(pytester, monkeypatch):
    def run(tests, strict):
        monkeypatch.setenv("WMS_NO_SKIPS", strict)
        pytester.makepyfile(tests)
        return pytester.runpytest("-p", "tests.no_skips")

    return run


def test_skips_are_fine_at_home(run):
    run(TESTS, "").assert_outcomes(passed=1, skipped=3, xfailed=1)


def test_a_skip_breaks_the_strict_run_and_says_why(run):
    result = run(TESTS, "1")

    result.assert_outcomes(passed=1, failed=1, errors=1, skipped=1, xfailed=1)
    result.stdout.fnmatch_lines(["*nothing may be: no printer*", "*nothing may be: no scale*"])


def test_a_file_that_skips_itself_breaks_the_strict_run(run):
    result = run("import pytest; pytest.importorskip('no_such_printer')", "1")

    result.assert_outcomes(errors=1)
    assert result.ret == pytest.ExitCode.INTERRUPTED
