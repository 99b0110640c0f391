"""The walls stand: each kind of violation, written into a copy of the house, is named."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import house

ROOT = Path(__file__).resolve().parents[1]
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"

UPSTREAM = "Calls go upstream, down this list"
INSIDE = "Inside a slice: edges, actions, queries, tables, rules, facts"
OWN = "A slice's rules and edges are its own"
PURE = "Deciding is pure: no database, no wire, no clock"
NO_WIRE = "No wire inside a transaction"
ALONE = "The stand-in for the carrier platform imports nothing of ours"
BELOW = "Devices and labels know nothing of the warehouse"
APART = "Devices and labels know nothing of each other"
CYCLES = "No cycles"


@dataclass(frozen=True)
class Stray:
    """A line that does not belong into the file, and how the walls name it."""

    wall: str
    file: str
    line: str
    named: str


STRAYS = [
    # Downstream, sideways, from nowhere.
    Stray(UPSTREAM, "wms/bins/stray.py", "import wms.stock.tables", "wms.bins.stray -> wms.stock"),
    Stray(UPSTREAM, "wms/kernel/stray.py", "import wms.codes", "wms.kernel.stray -> wms.codes"),
    Stray(UPSTREAM, "wms/people/stray.py", "import wms.wiring", "wms.people.stray -> wms.wiring"),
    Stray(UPSTREAM, "wms/catalog/stray.py", "import wms.bins", "wms.catalog.stray -> wms.bins"),
    Stray(UPSTREAM, "wms/stations/stray.py", "import wms.cases", "stations.stray -> wms.cases"),
    Stray(
        UPSTREAM, "wms/picking/__init__.py", "import wms.packing.rules", "picking -> wms.packing"
    ),
    Stray(UPSTREAM, "wms/yard/__init__.py", "", "wms.yard"),
    # Inside a slice.
    Stray(INSIDE, "wms/codes/tables.py", "import wms.codes.actions", "tables -> wms.codes.actions"),
    Stray(INSIDE, "wms/codes/rules.py", "import wms.codes.tables", "rules -> wms.codes.tables"),
    Stray(INSIDE, "wms/codes/events.py", "import wms.codes.rules", "events -> wms.codes.rules"),
    Stray(INSIDE, "wms/codes/actions.py", "import wms.codes.web", "actions -> wms.codes.web"),
    Stray(INSIDE, "wms/codes/queries.py", "import wms.codes.api", "queries -> wms.codes.api"),
    Stray(INSIDE, "wms/codes/api.py", "import wms.codes.web", "wms.codes.api -> wms.codes.web"),
    Stray(INSIDE, "wms/codes/worker.py", "import wms.codes.api", "worker -> wms.codes.api"),
    # Another slice's private files.
    Stray(OWN, "wms/stock/stray.py", "import wms.bins.rules", "stock.stray -> wms.bins.rules"),
    Stray(OWN, "wms/desk/stray.py", "import wms.bins.web", "wms.desk.stray -> wms.bins.web"),
    Stray(OWN, "wms/desk/stray.py", "import wms.bins.api", "wms.desk.stray -> wms.bins.api"),
    Stray(OWN, "wms/desk/stray.py", "import wms.bins.worker", "desk.stray -> wms.bins.worker"),
    Stray(OWN, "wms/desk/stray.py", "import wms.bins.dialogue", "stray -> wms.bins.dialogue"),
    Stray(OWN, "wms/desk/stray.py", "import wms.bins.lifecycle", "stray -> wms.bins.lifecycle"),
    Stray(OWN, "wms/desk/stray.py", "import wms.shipping.gateway", "stray -> wms.shipping.gateway"),
    # Deciding.
    Stray(PURE, "wms/codes/rules.py", "import flask", "wms.codes.rules -> flask"),
    Stray(PURE, "wms/codes/rules.py", "def now():\n    import time", "wms.codes.rules -> time"),
    Stray(PURE, "wms/codes/dialogue.py", "import threading", "codes.dialogue -> threading"),
    Stray(
        PURE,
        "wms/codes/lifecycle.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import sqlalchemy",
        "wms.codes.lifecycle -> sqlalchemy",
    ),
    Stray(PURE, "wms/codes/events.py", "import wms.kernel.clock", "events -> wms.kernel.clock"),
    Stray(PURE, "wms/stock/rules.py", "import wms.bins.tables", "stock.rules -> wms.bins.tables"),
    Stray(PURE, "wms/shipping/webhook.py", "import flask", "wms.shipping.webhook -> flask"),
    Stray(PURE, "labels/zpl.py", "import socket", "labels.zpl -> socket"),
    Stray(PURE, "labels/design/bin.py", "import requests", "labels.design.bin -> requests"),
    Stray(PURE, "devices/scanners/wedge.py", "import serial", "devices.scanners.wedge -> serial"),
    Stray(PURE, "devices/printers/zebra.py", "import time", "devices.printers.zebra -> time"),
    Stray(
        PURE,
        "devices/scales/toledo.py",
        "import devices.transports.tcp",
        "toledo -> devices.transports.tcp",
    ),
    # Wires.
    Stray(NO_WIRE, "wms/codes/actions.py", "import devices", "wms.codes.actions -> devices"),
    Stray(NO_WIRE, "wms/codes/actions.py", "import shippo", "wms.codes.actions -> shippo"),
    Stray(NO_WIRE, "wms/codes/queries.py", "import smtplib", "wms.codes.queries -> smtplib"),
    Stray(NO_WIRE, "wms/codes/tables.py", "import flask", "wms.codes.tables -> flask"),
    Stray(
        ALONE,
        "wms/shipping/standin/numbers.py",
        "import labels.zpl",
        "shipping.standin.numbers -> labels.zpl",
    ),
    # The packages beside the warehouse.
    Stray(BELOW, "devices/stray.py", "import wms.codes", "devices.stray -> wms.codes"),
    Stray(BELOW, "labels/stray.py", "import wms.kernel", "labels.stray -> wms.kernel"),
    Stray(APART, "devices/stray.py", "import labels", "devices.stray -> labels"),
    Stray(APART, "labels/stray.py", "import devices", "labels.stray -> devices"),
]


@pytest.mark.parametrize("stray", STRAYS, ids=lambda stray: f"{stray.file}: {stray.line}")
def test_a_stray_line_is_named(broken, stray):
    assert stray.named in broken[stray.wall]


def test_a_cycle_is_named(copy):
    write(copy, "devices/left/a.py", "import devices.right.b")
    write(copy, "devices/right/b.py", "import devices.left.a")

    broken = lint(copy)

    assert ".right -> .left" in broken[CYCLES]


def test_the_house_as_it_is_breaks_no_wall(copy):
    assert lint(copy) == {}


def test_the_composition_root_may_look_into_slices_and_everybody_into_the_kernel(copy):
    for file, line in (
        ("wms/app/stray.py", "import wms.bins.web"),
        ("wms/wiring.py", "import wms.bins.dialogue"),
        ("wms/bins/lifecycle.py", "import wms.kernel.lifecycle"),
    ):
        write(copy, file, line)
        build(copy, line)

    assert lint(copy) == {}


def test_every_wall_was_tried():
    walls = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]

    names = {wall["name"] for wall in walls["contracts"]}

    assert names == {stray.wall for stray in STRAYS} | {CYCLES}


HOUSE_RULES = [
    (house.folders_without_init, "wms/yard/gates/rules.py", "", "wms/yard/gates"),
    (
        house.catches_of_everything,
        "wms/yard.py",
        "try: ...\nexcept Exception: ...",
        "wms/yard.py:3",
    ),
    (house.catches_of_everything, "labels/yard.py", "try: ...\nexcept: ...", "labels/yard.py:3"),
    (
        house.catches_of_everything,
        "wms/yard.py",
        "try: ...\nexcept (OSError, BaseException): ...",
        "wms/yard.py:3",
    ),
    (
        house.imports_by_name,
        "wms/yard.py",
        "import importlib\nimportlib.import_module('wms.app')",
        "wms/yard.py:3",
    ),
    (house.imports_by_name, "wms/yard.py", "__import__('wms.app')", "wms/yard.py:2"),
    (
        house.rows_written_abroad,
        "wms/yard.py",
        "from wms.stock.tables import StockMove\nStockMove(quantity=1)",
        "wms/yard.py:3 StockMove",
    ),
    (
        house.rows_written_abroad,
        "wms/yard.py",
        "from wms.stock import tables as ledger\nledger.StockMove()",
        "wms/yard.py:3 ledger.StockMove",
    ),
    (
        house.rows_written_abroad,
        "wms/yard.py",
        "from wms.stock.tables import StockBalance as B\nupdate(B).values()",
        "wms/yard.py:3 B",
    ),
    (
        house.rows_written_abroad,
        "wms/yard.py",
        "from wms.codes.tables import Code\nCode.__table__.delete()",
        "wms/yard.py:3 Code",
    ),
    (
        house.ledger_written_by_hand,
        "wms/yard.py",
        "text('insert into stock_move values (1)')",
        "wms/yard.py:2 stock_move",
    ),
    (
        house.ledger_written_by_hand,
        "wms/yard.py",
        "f'UPDATE stock_balance SET quantity = {1}'",
        "wms/yard.py:2 stock_balance",
    ),
]


@pytest.mark.parametrize(
    "rule", list(dict.fromkeys(rule for rule, *_ in HOUSE_RULES)), ids=lambda rule: rule.__name__
)
def test_the_house_keeps_its_rules(rule):
    assert rule(ROOT) == []


@pytest.mark.parametrize(("rule", "file", "line", "named"), HOUSE_RULES)
def test_a_breach_of_a_house_rule_is_named(copy, rule, file, line, named):
    (copy / file).parent.mkdir(parents=True, exist_ok=True)
    (copy / file).write_text(f"\n{line}\n")

    assert rule(copy) == [named]


@pytest.mark.parametrize(
    "line",
    [
        "from wms.stock.tables import StockMove\nselect(StockMove).where(StockMove.id == 1)",
        "from wms.stock import tables\ndef move() -> tables.StockMove: ...",
        "text('SELECT * FROM stock_move')",
        "{}.update(stock_move=1)",
    ],
)
def test_reading_another_slices_rows_is_no_breach(copy, line):
    (copy / "wms/yard.py").write_text(line)

    assert house.rows_written_abroad(copy) == []
    assert house.ledger_written_by_hand(copy) == []


@pytest.fixture
def copy(tmp_path):
    """The house again, to be spoiled."""
    return copied(tmp_path)


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """What is said of each wall in a house with all strays against all walls, which is looked at once."""
    root = copied(tmp_path_factory.mktemp("house"))
    for stray in STRAYS:
        write(root, stray.file, stray.line)
        build(root, stray.line)
    return lint(root)


def copied(root):
    for name in house.PACKAGES:
        shutil.copytree(
            ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.po")
        )
    (root / "tests").mkdir()
    for name in ("pyproject.toml", "tests/__init__.py", "tests/walls.py"):
        shutil.copy(ROOT / name, root / name)
    return root


def write(root, file, text):
    """Add the text to a file of the copy, in packages made for it where there are none."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in list(path.relative_to(root).parents)[:-1]:
        (root / folder / "__init__.py").touch()
    with path.open("a", encoding="utf-8") as stream:
        stream.write(f"\n{text}\n")


def build(root, line):
    """Make the module of ours that the line imports, where the house does not have it yet."""
    for module in re.findall(r"import ((?:wms|devices|labels)\.[\w.]+)", line):
        path = module.replace(".", "/")
        if not (root / path).is_dir():
            write(root, f"{path}.py", "")


def lint(root):
    """Return what import-linter says of each broken wall."""
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200"},
    )
    assert re.search(r"^Contracts: \d+ kept", done.stdout, re.MULTILINE), done.stdout + done.stderr
    said = done.stdout.partition("Broken contracts")[2]
    parts = re.split(r"^(.+)\n-+\n", said, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))
