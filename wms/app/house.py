"""Opens a house: settings, clock and database, with the reactions of `wiring` waiting."""

import os
import secrets

from wms import wiring
from wms.kernel.clock import Clock, SystemClock
from wms.kernel.database import Database
from wms.kernel.services import Services
from wms.kernel.settings import Settings, load


def open_house(settings: Settings | None = None, clock: Clock | None = None) -> Services:
    """Open the house that the settings describe. Its tables must be migrated before it is used."""
    settings = settings or load()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Services(settings, clock or SystemClock(), Database(settings.url, listeners()))


def listeners() -> dict[type, tuple[str, ...]]:
    """Return, by fact, the names of the reactions that wait for it."""
    return {fact: tuple(named) for fact, named in wiring.REACTIONS.items()}


def secret_key(settings: Settings) -> str:
    """Return the key that signs cookies and form tokens: as set, or made once and kept where only the owner reads."""
    if given := settings.secret_key.get_secret_value():
        return given
    file = settings.data_dir / "secret_key"
    try:
        private = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(private, "w") as new:
        new.write(secrets.token_urlsafe(48))
    return file.read_text()
