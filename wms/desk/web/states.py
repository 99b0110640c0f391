"""The words for holds and for states of orders, their parts and their boxes."""

from wms.desk.web.blueprint import pages
from wms.kernel.words import say
from wms.orders.queries import Queued


@pages.app_template_filter("hold_kind")
def hold_kind(kind: str) -> str:
    """Return in a word why an order stops."""
    return say(f"orders.hold_{kind}")


@pages.app_template_filter("hold_step")
def hold_step(step: str) -> str:
    """Return in words from which step on an order stops."""
    return say(f"orders.step_{step}")


@pages.app_template_filter("part_state")
def part_state(state: str) -> str:
    """Return in a word how far a part of an order is."""
    return say(f"desk.part_{state}")


@pages.app_template_filter("package_state")
def package_state(state: str) -> str:
    """Return in a word how far a box is."""
    return say(f"desk.package_{state}")


@pages.app_template_filter("order_state")
def order_state(state: str) -> str:
    """Return in a word how far an order is."""
    return say(f"orders.state_{state}")


@pages.app_template_filter("worded")
def worded(said: Queued) -> str:
    """Return why an order stops, as a sentence."""
    return say(said.why, said.values)
