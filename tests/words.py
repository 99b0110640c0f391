"""What the source says and what the word lists hold, read from the files: whatever is said must be worded twice."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
SENTENCE = re.compile(r"[a-z]+\.[a-z0-9_]+")
PLACE = re.compile(r"%\((\w+)\)")
TEXT = re.compile(
    r"""\b(?:_|gettext|ngettext|N_)\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"""
)

REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)
"""What a template says to its readers in the house."""


@dataclass(frozen=True)
class Said:
    """A sentence id as it stands in the source, with the values handed to it where they can be read there."""

    sentence: str
    where: str
    values: frozenset[str] | None = None


def catalog(language: str) -> dict[str, Message]:
    """Every entry of one language, by its id."""
    whole: dict[str, Message] = {}
    for file in sorted((ROOT / "wms").glob(f"*/words/{language}.po")):
        with file.open("rb") as words:
            for message in read_po(words, locale=language):
                if message.id:
                    whole[name_of(message)] = message
    return whole


def twice(language: str) -> list[str]:
    """Ids that two lists of one language hold with different words."""
    seen: dict[str, str] = {}
    clashes = []
    for file in sorted((ROOT / "wms").glob(f"*/words/{language}.po")):
        with file.open("rb") as words:
            for message in read_po(words, locale=language):
                text = str(message.string)
                if message.id and seen.setdefault(name_of(message), text) != text:
                    clashes += [f"{name_of(message)} in {file.parent.parent.name}"]
    return clashes


def name_of(message: Message) -> str:
    """An entry's id, for one and for many."""
    return message.id if isinstance(message.id, str) else message.id[0]


def texts_of(message: Message) -> tuple[str, ...]:
    """What an entry says, for one and for many."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def places(text: str) -> frozenset[str]:
    """The names of the values that a text speaks of."""
    return frozenset(PLACE.findall(text))


def sentences() -> list[Said]:
    """Every sentence id that the source says in so many words."""
    trees = {
        file: ast.parse(file.read_text("utf-8")) for file in sorted((ROOT / "wms").rglob("*.py"))
    }
    named = {
        node.name: sentence
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and (sentence := _class_sentence(node))
    }
    return [
        said
        for file, tree in trees.items()
        for node in ast.walk(tree)
        for said in _said(node, str(file.relative_to(ROOT)), named)
    ]


def page_texts() -> dict[str, str]:
    """Every English text of a page, and one place where it stands."""
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "wms").rglob("*.py")]
    return {
        (double or single).replace('\\"', '"').replace("\\'", "'"): str(file.relative_to(ROOT))
        for file in files
        for double, single in TEXT.findall(REMARK.sub("", file.read_text("utf-8")))
    }


def _class_sentence(node: ast.ClassDef) -> str | None:
    for line in node.body:
        target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
        if isinstance(target, ast.Name) and target.id == "sentence":
            return _words(line.value)  # type: ignore[attr-defined]
    return None


def _said(node: ast.AST, where: str, named: dict[str, str]) -> Iterator[Said]:
    if isinstance(node, ast.ClassDef) and (sentence := _class_sentence(node)):
        yield Said(sentence, f"{where}:{node.lineno}")
    if not isinstance(node, ast.Call):
        return
    called = (
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    )
    place = f"{where}:{node.lineno}"
    if called in named:
        yield Said(named[called], place, _keywords(node))
    elif called == "Fault" and len(node.args) > 1 and (sentence := _words(node.args[1])):
        yield Said(sentence, place, _dict_keys(node.args[2]) if len(node.args) > 2 else frozenset())
    elif called == "say" and node.args and (sentence := _words(node.args[0])):
        yield Said(sentence, place)
    elif called == "wrong" and len(node.args) > 1 and (sentence := _words(node.args[1])):
        yield Said(sentence, place, _keywords(node))


def _words(node: ast.AST | None) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value if SENTENCE.fullmatch(node.value) else None
    return None


def _keywords(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


def _dict_keys(node: ast.AST) -> frozenset[str] | None:
    if not isinstance(node, ast.Dict) or not all(
        isinstance(key, ast.Constant) for key in node.keys
    ):
        return None
    return frozenset(str(key.value) for key in node.keys if isinstance(key, ast.Constant))
