"""Every icon that is asked for is drawn."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

ROOT = Path(__file__).parents[2]
ASKED = re.compile(r"""icon\("([a-z]+)"|icon_name="([a-z]+)"|Entry\([^,]+, "[^"]+", "([a-z]+)\"""")


def drawn():
    environment = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
    return set(vars(environment.get_template("macros/icons.html").module)["shapes"])


def test_every_icon_that_is_asked_for_is_drawn():
    pages = [*(ROOT / "templates").rglob("*.html"), ROOT / "wms/app/navigation.py"]

    asked = {
        name: page.name
        for page in pages
        for found in ASKED.findall(page.read_text("utf-8"))
        for name in found
        if name
    }

    assert {"search", "start", "warning"} <= asked.keys()
    assert {name: page for name, page in asked.items() if name not in drawn()} == {}
