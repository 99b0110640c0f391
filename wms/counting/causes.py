"""Why somebody should count: words that whoever asks for a count uses."""

from enum import StrEnum


class Cause(StrEnum):
    """What made somebody ask for a count."""

    SHORT = "short"
    """Somebody did not find what the book says."""
    FOUND = "found"
    """Somebody had units that the book did not know of."""
    ZERO_CHECK = "zero_check"
    """The place should have been empty and was not, or the other way round."""
    ASKED = "asked"
    """A person, or a plan."""


ON_THE_FLOOR = (Cause.SHORT, Cause.ZERO_CHECK)
"""Somebody stood before the place and said that units are missing: those were set aside as held until the count."""
