"""The words of the frame, and the colors that stand twice."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from wms.kernel.words import catalog

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
FRAME = sorted([*TEMPLATES.glob("*.html"), *TEMPLATES.glob("macros/*.html")])
BANNED = r"\b(invalid|failed|error|please|oops|successfully|record|entity)\b|!"


def texts(template: Path) -> set[str]:
    """The English texts that a template shows."""
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(template.read_text("utf-8"))
    return {
        argument.value
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in ("_", "gettext", "ngettext")
        for argument in call.args[:1]
        if isinstance(argument, nodes.Const)
    }


@pytest.mark.parametrize("template", FRAME, ids=lambda path: path.stem)
def test_every_text_of_the_frame_has_german_words(template):
    german = catalog("de")

    silent = {
        text for text in texts(template) if german.ugettext(text) == text and text != "Online"
    }

    assert not {text for text in silent if german.ungettext(text, text, 2) == text}


@pytest.mark.parametrize("template", FRAME, ids=lambda path: path.stem)
def test_the_frame_speaks_like_a_calm_colleague(template):
    loud = {text for text in texts(template) if re.search(BANNED, text, re.IGNORECASE)}

    assert not loud


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_carries_a_style_or_a_script_of_its_own(template):
    page = template.read_text("utf-8")

    assert not re.findall(r"""\sstyle=|<style|\son[a-z]+=["']|javascript:""", page)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", page))


def test_the_dark_of_the_device_is_the_dark_of_choice():
    tokens = (ROOT / "static/css/tokens.css").read_text("utf-8")

    chosen = re.search(r'\n\[data-bs-theme="dark"\] \{(.*?)\n\}', tokens, re.DOTALL)
    device = re.search(r":root:not\(\[data-bs-theme\]\) \{(.*?)\n  \}", tokens, re.DOTALL)

    assert chosen
    assert device
    assert chosen[1].split() == device[1].split()
