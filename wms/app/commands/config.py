"""`config show`: every setting, its value and where it was set. Secrets are never printed."""

import argparse
import os
import sys
import tomllib
from urllib.parse import urlsplit

from pydantic import SecretStr
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from wms.kernel.settings import PREFIX, ROOT, Settings, load

HIDDEN = "(hidden)"
WIDTH = 140
"""Columns of a table that goes into a file."""


def add(parser: argparse.ArgumentParser) -> None:
    """There is one thing to do with settings."""
    parser.add_argument("what", choices=["show"], help="print what is set")


def run(_args: argparse.Namespace) -> int:
    """Print the settings."""
    settings = load()
    table = Table("setting", "value", "set by", box=SIMPLE)
    for name in Settings.model_fields:
        table.add_row(name, shown(settings, name), origin(name))
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH).print(table)
    return 0


def shown(settings: Settings, name: str) -> str:
    """Return a setting's value as it may be seen: secrets hidden, a password taken out of an address."""
    value = getattr(settings, name)
    if isinstance(value, SecretStr):
        return HIDDEN if value.get_secret_value() else ""
    if name == "database_url" and value:
        password = urlsplit(value).password
        return str(value).replace(f":{password}@", f":{HIDDEN}@") if password else str(value)
    return str(value)


def origin(name: str) -> str:
    """Return where a setting comes from, the strongest place first."""
    variable = f"{PREFIX}{name.upper()}"
    for given in (variable, f"{variable}_FILE"):
        if given in os.environ:
            return given
    for file in ("local.toml", "default.toml"):
        path = ROOT / "config" / file
        if path.exists() and name in tomllib.loads(path.read_text()):
            return f"config/{file}"
    return "built in"
