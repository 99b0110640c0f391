"""Under `.ci/run` nothing is left out quietly: a skipped test is a broken one, unless the shared data is absent."""

import os
from collections.abc import Generator

import pytest

ALLOWED = "shared data"


def is_strict() -> bool:
    """Tell whether skips are watched: `.ci/run` sees to that."""
    return bool(os.environ.get("WMS_NO_SKIPS"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Look at each test that was left out."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and is_strict():
        judge(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Look at each file that was left out as a whole."""
    report = yield
    if report.skipped and is_strict():
        judge(report)
    return report


def judge(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Call the report broken, unless what it lacks may be absent."""
    assert isinstance(report.longrepr, tuple)
    reason = report.longrepr[2].removeprefix("Skipped: ")
    if not reason.lower().startswith(ALLOWED):
        report.outcome = "failed"
        report.longrepr = f"left out, and here nothing may be: {reason}"
