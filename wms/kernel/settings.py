"""What can be set from outside: `config/default.toml` < `config/local.toml` < environment (also as `NAME_FILE`)."""

import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

ROOT = Path(__file__).resolve().parents[2]
"""The folder of run.py."""

PREFIX = "WMS_"
OUTSIDE = frozenset({"WMS_VENV", "WMS_SHARED_DATA", "WMS_SHOTS", "WMS_NO_SKIPS"})
"""Variables of run.py and the tests, which are no settings of the warehouse."""


class UnfitSettings(SystemExit):
    """A setting that nobody knows, or a value that does not fit: we stop and name it before anything is opened."""


class Settings(BaseSettings):
    """Everything that may be set. Unknown names are refused, wherever they come from."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid")

    data_dir: Path = ROOT / ".data"
    """Where the database, pictures, keys and backups of this warehouse live."""
    database_url: str = ""
    """Empty: a SQLite file in the data folder. Otherwise `postgresql://...`."""
    secret_key: SecretStr = SecretStr("")
    """Signs session cookies and CSRF tokens; made and kept in the data folder when empty."""
    allow_http_lan: bool = False
    """Let tablets on the local network in without HTTPS, with a banner that says so."""
    outbound_allow: list[str] = Field(default_factory=list)
    """`host:port` pairs that outside calls may reach although they are not public addresses."""
    shippo_api_key: SecretStr = SecretStr("")
    shippo_url: str = Field(
        default="https://api.goshippo.com", pattern=r"^https?://[^\s/@]+(/[^\s@]*)?$"
    )
    shippo_webhook_secret: SecretStr = SecretStr("")
    shippo_webhook_token: SecretStr = SecretStr("")
    practice: bool = False
    """Show a scanner on the floor's screen that offers the right codes: for learning and for showing around."""
    count_tolerance_units: int = Field(default=1, ge=0, le=1_000_000)
    """A count that is off by so few units, for each thing, is believed at once ..."""
    count_tolerance_percent: int = Field(default=1, ge=0, le=100)
    """... and so is one that is off by so small a share, whichever is more."""
    label_grace_seconds: int = Field(default=120, ge=1, le=3600)
    mail_url: SecretStr = SecretStr("")
    alert_to: str = ""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources, strongest first."""
        files = [ROOT / "config" / "default.toml", ROOT / "config" / "local.toml"]
        toml = TomlConfigSettingsSource(settings_cls, toml_file=files)
        return (init_settings, env_settings, NamedFiles(settings_cls), toml)

    @property
    def url(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.data_dir / 'binwave.sqlite'}"


class NamedFiles(PydanticBaseSettingsSource):
    """Reads `WMS_X_FILE=/path` as the value of `WMS_X`, for secrets that live in files."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return the file's text without the line end at its close."""
        path = os.environ.get(f"{PREFIX}{field_name.upper()}_FILE")
        return (Path(path).read_text().rstrip("\n") if path else None), field_name, False

    def __call__(self) -> dict[str, Any]:
        """Return every value that was given as a file."""
        found = {
            name: self.get_field_value(field, name)[0]
            for name, field in self.settings_cls.model_fields.items()
        }
        return {name: value for name, value in found.items() if value is not None}


def load() -> Settings:
    """Read the settings; an unknown `WMS_` variable stops everything and is named."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    known |= {f"{name}_FILE" for name in known} | OUTSIDE
    strangers = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if strangers:
        raise UnfitSettings(
            f"Nobody knows the setting {', '.join(strangers)}. Known are: {', '.join(sorted(known))}"
        )
    try:
        return Settings()
    except ValidationError as trouble:
        raise UnfitSettings("\n".join(_told(fault) for fault in trouble.errors())) from None
    except tomllib.TOMLDecodeError as trouble:
        raise UnfitSettings(f"A file in config/ cannot be read as TOML: {trouble}") from None
    except SettingsError as trouble:
        raise UnfitSettings(f'{trouble}; a list is written as JSON, as in ["host:9100"]') from None
    except OSError as trouble:
        raise UnfitSettings(f"{trouble.filename}: {trouble.strerror}") from None


def _told(fault: ErrorDetails) -> str:
    """Word one thing that does not fit, without the value: it may be a secret."""
    name = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f"Nobody knows the setting {name}; look for a slip in config/*.toml."
    return f"The setting {name} does not fit: {fault['msg']}."
