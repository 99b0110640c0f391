"""Every address that a page leads to is there."""

import re
from pathlib import Path

from tests.visitors import open_app

TEMPLATES = Path(__file__).parents[2] / "templates"
ASKED = re.compile(r"""url_for\(\s*["']([\w.]+)["']""")


def test_every_address_that_a_template_leads_to_is_there(house):
    known = {rule.endpoint for rule in open_app(house).url_map.iter_rules()}

    asked = {
        endpoint: page.name
        for page in TEMPLATES.rglob("*.html")
        for endpoint in ASKED.findall(page.read_text("utf-8"))
    }

    assert {"desk.order", "returns.one", "static"} <= asked.keys()
    assert {endpoint: page for endpoint, page in asked.items() if endpoint not in known} == {}
