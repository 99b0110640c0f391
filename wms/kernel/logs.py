"""Logs: one JSON object a line on standard output, each with the request it belongs to, none with personal data."""

import logging
import sys

import structlog
from structlog.contextvars import merge_contextvars


def set_up(*, for_people: bool = False) -> None:
    """Send all logs of this process to standard output; as JSON for machines, or in color for people."""
    paint: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if for_people else structlog.processors.JSONRenderer()
    )
    shared: list[structlog.typing.Processor] = [
        merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, paint],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=False,
    )


def set_up_aside() -> None:
    """Send only what somebody should look at, and to standard error: standard output is for what a command answers."""
    set_up()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=_to_standard_error,
    )


def _to_standard_error(*_names: object) -> structlog.PrintLogger:
    """Speak to what is standard error now: it may have been turned elsewhere since the logs were set up."""
    return structlog.PrintLogger(sys.stderr)


def in_short(trouble: Exception) -> str:
    """Return what stopped something, in one line: further lines of a database's error hold people's data."""
    return f"{type(trouble).__name__}: {trouble}".partition("\n")[0]
