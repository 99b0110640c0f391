"""What happens when a process of the house begins: its tables are brought up to date, and its own work starts."""

import os
import sys
from typing import Any

from flask import Flask
from granian.server import Server
from pydantic import SecretStr
from sqlalchemy.exc import DBAPIError

from wms import wiring
from wms.app import life, lock
from wms.app.factory import create
from wms.app.house import open_house, secret_key
from wms.kernel import courier, engines, logs
from wms.kernel.courier import Courier, Duties
from wms.kernel.database import is_passing
from wms.kernel.refusal import Refusal
from wms.kernel.services import Services
from wms.kernel.settings import PREFIX, Settings
from wms.migrations.upgrade import migrate


class DatabaseAway(Refusal):
    """The database cannot be reached."""

    sentence = "app.database_away"


class FolderUnusable(Refusal):
    """The data folder cannot be made or written."""

    sentence = "app.folder_unusable"


def prepare(settings: Settings) -> Services:
    """Open the house with its tables up to date; raises FolderUnusable or DatabaseAway."""
    make_folder(settings)
    house = open_house(settings)
    try:
        migrate(house.database)
    except DBAPIError as trouble:
        if is_passing(trouble):
            raise DatabaseAway(reason=str(trouble.orig).strip().partition("\n")[0]) from trouble
        raise
    return house


def make_folder(settings: Settings) -> None:
    """Make the data folder with the key in it, before several processes look for them."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        secret_key(settings)
    except OSError as trouble:
        folder = str(settings.data_dir)
        raise FolderUnusable(folder=folder, reason=trouble.strerror or "") from trouble


def begin_courier(house: Services) -> Courier:
    """Start the house's own work in this process; it is ended with the process."""
    duties = Duties(
        wiring.REACTIONS,
        wiring.SCHEDULE,
        wiring.calls(house.settings),
        wiring.works(house.settings),
        wiring.URGENT,
        wiring.TAKE_OVERS,
    )
    at_work = Courier(house.database, duties, house.clock, lease=courier.LEASE)
    at_work.start()
    life.at_end(lambda: at_work.finish(life.DRAIN_S))
    return at_work


def load(_target: str) -> Flask:
    """Make the application in a server's worker, with threads and connections of its own."""
    sys.setswitchinterval(engines.SWITCH_S)
    life.listen()
    logs.set_up()
    house = open_house()
    forget_secrets(house.settings)
    life.at_end(house.database.close)
    if house.database.is_sqlite:
        lock.share(house.settings.data_dir)
        begin_courier(house)
    return create(house)


def in_worker(*arguments: Any) -> None:
    """Be granian's worker, then end what is in hand: nowhere else is it sure that the last request is over."""
    try:
        Server._spawn_wsgi_worker(*arguments)  # noqa: SLF001 - there is no public name for the default
    finally:
        life.drain()


def forget_secrets(settings: Settings) -> None:
    """Take secrets out of this process's environment: granian hands all of that to every request."""
    for name in type(settings).model_fields:
        if name == "database_url" or isinstance(getattr(settings, name), SecretStr):
            os.environ.pop(f"{PREFIX}{name.upper()}", None)
