"""House rules that are neither imports nor style: each function returns what breaks its rule, by file and line."""

import ast
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

PACKAGES = ("wms", "devices", "labels")

EDGES = {
    "wms/kernel/courier.py",  # a reaction: it is parked and told again
    "wms/kernel/schedule.py",  # the courier's timetable: a job is put off
}
"""The only files that may catch everything, because they stand between the house and what may happen.

A request needs none: Flask hands what nobody foresaw to `wms.app.errors`.
"""

BY_HAND = {"wms/trial/bench/by_hand.py"}
"""What the benchmarks measure us against writes the ledger with bare SQL, in a database of its own."""

LOADERS = {"wms/app/cli.py"}
"""The only file that may import by a name worked out at run time: the command that was called."""

WRITES = re.compile(r"\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+[\"`]?(\w+)", re.IGNORECASE)


def folders_without_init(root: Path) -> list[str]:
    """Folders with code that are no packages: import-linter would not look into them."""
    folders = {file.parent for package in PACKAGES for file in (root / package).rglob("*.py")}
    return sorted(
        str(folder.relative_to(root)) for folder in folders if not (folder / "__init__.py").exists()
    )


def catches_of_everything(root: Path) -> list[str]:
    """`except Exception`, or wider, outside the edges."""
    return _named(root, _catches, EDGES)


def imports_by_name(root: Path) -> list[str]:
    """Imports that import-linter cannot see."""
    return _named(root, _imports_by_name, LOADERS)


def rows_written_abroad(root: Path) -> list[str]:
    """Rows that are made, changed or removed by another slice than the one whose tables they are in."""
    return _named(root, _rows_abroad)


def ledger_written_by_hand(root: Path) -> list[str]:
    """SQL texts outside the stock slice that write stock's tables."""
    names = _table_names(root / "wms" / "stock" / "tables.py")
    ours = {file for file, _ in _sources(root) if _slice(file) in {"stock", "migrations"}}
    return [
        named
        for named in _named(root, _tables_written_by_hand, BY_HAND | ours)
        if named.split()[-1] in names
    ]


Breaches = Callable[[str, str], tuple[str, ...]]
"""What breaks a rule in one file, of which the path and the text are known: by line, with what is wrong there."""


def _named(root: Path, breaches: Breaches, exempt: Collection[str] = ()) -> list[str]:
    return [
        f"{file}:{breach}"
        for file, text in _sources(root)
        if file not in exempt
        for breach in breaches(file, text)
    ]


@cache
def _catches(_file: str, text: str) -> tuple[str, ...]:
    return tuple(
        f"{handler.lineno}"
        for handler in _parts(text)
        if isinstance(handler, ast.ExceptHandler) and _is_wide(handler.type)
    )


@cache
def _imports_by_name(_file: str, text: str) -> tuple[str, ...]:
    return tuple(
        f"{call.lineno}"
        for call in _parts(text)
        if isinstance(call, ast.Call) and _last_name(call.func) in {"import_module", "__import__"}
    )


@cache
def _rows_abroad(file: str, text: str) -> tuple[str, ...]:
    return tuple(
        f"{call.lineno} {written}"
        for home in _imported_tables(_parts(text), _slice(file))
        for call in _parts(text)
        if isinstance(call, ast.Call) and (written := _written(call, home))
    )


@cache
def _tables_written_by_hand(_file: str, text: str) -> tuple[str, ...]:
    return tuple(
        f"{part.lineno} {name}"
        for part in _parts(text)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
        for name in WRITES.findall(part.value)
    )


@cache
def _parts(text: str) -> tuple[ast.AST, ...]:
    """Return every node of a file's tree. Copies of the house differ in one file: all others are parsed once."""
    return tuple(ast.walk(ast.parse(text)))


def _sources(root: Path) -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for file in sorted((root / package).rglob("*.py")):
            yield file.relative_to(root).as_posix(), file.read_text("utf-8")


def _slice(file: str) -> str:
    return file.split("/")[1].removesuffix(".py")


def _is_wide(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(_is_wide(one) for one in caught.elts)
    return caught is None or _last_name(caught) in {"Exception", "BaseException"}


def _last_name(node: ast.expr) -> str:
    """Return `c` of `a.b.c`, and `c` of a bare `c`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _imported_tables(parts: Iterable[ast.AST], ours: str) -> Iterator[re.Pattern[str]]:
    """Yield, for each import of another slice's tables, the expressions that name one of its classes."""
    for node in parts:
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        path = node.module.split(".")
        if path[0] != "wms" or path[1:2] == [ours]:
            continue
        for name in node.names:
            known_as = re.escape(name.asname or name.name)
            if path[2:] == ["tables"] and name.name[0].isupper():
                yield re.compile(known_as)
            elif len(path) == 2 and name.name == "tables":
                yield re.compile(rf"{known_as}\.[A-Z]\w*")


def _written(call: ast.Call, table: re.Pattern[str]) -> str:
    """Return the table that this call writes: `Row(...)`, `insert(Row)`, `Row.__table__.update()`."""
    said = ast.unparse(call.func)
    if table.fullmatch(said):
        return said
    if _last_name(call.func) not in {"insert", "update", "delete"}:
        return ""
    named = [said.split(".__table__")[0], *(ast.unparse(argument) for argument in call.args)]
    return next((name for name in named if table.fullmatch(name)), "")


def _table_names(tables: Path) -> set[str]:
    return {
        str(node.value.value)
        for node in ast.walk(ast.parse(tables.read_text("utf-8")))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        if _last_name(node.targets[0]) == "__tablename__"
    }
