"""What a running house consists of: made once by the composition root, reached by every edge."""

from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from wms.kernel.clock import Clock
from wms.kernel.database import Database
from wms.kernel.settings import Settings


@dataclass(frozen=True)
class Services:
    """Settings, clock and database of this house."""

    settings: Settings
    clock: Clock
    database: Database

    @property
    def pictures(self) -> Path:
        """The folder of uploaded pictures."""
        return self.settings.data_dir / "pictures"


def services() -> Services:
    """Return the house that the current request came to."""
    house: Services = current_app.extensions["wms"]
    return house
