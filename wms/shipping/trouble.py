"""What stopped a label: a sentence of ours, or what the carrier said, which stays as it was said."""

from wms.kernel.words import say

OURS = "shipping."


def is_sentence(trouble: str) -> bool:
    """Tell whether it is a sentence of ours."""
    return trouble.startswith(OURS) and " " not in trouble


def worded(trouble: str) -> str:
    """Return what stopped a label, in the reader's language where it is ours."""
    return say(trouble) if is_sentence(trouble) else trouble
