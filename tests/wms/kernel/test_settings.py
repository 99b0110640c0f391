"""Settings: files, then the environment, then nothing else; a slip of the pen is named, a secret is not shown."""

import pytest

from wms.kernel import settings
from wms.kernel.settings import Settings, UnfitSettings, load


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch, tmp_path):
    """A folder of run.py of its own, and none of the variables of whoever runs the tests."""
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    (tmp_path / "config").mkdir()
    for name in Settings.model_fields:
        monkeypatch.delenv(f"WMS_{name.upper()}", raising=False)


@pytest.fixture
def write(tmp_path):
    return lambda name, text: (tmp_path / "config" / name).write_text(text)


def test_what_is_nearer_wins(write, monkeypatch):
    write("default.toml", "label_grace_seconds = 1\nalert_to = 'default'\nallow_http_lan = true")
    write("local.toml", "label_grace_seconds = 2\nalert_to = 'local'")
    monkeypatch.setenv("WMS_ALERT_TO", "environment")

    read = load()

    assert (read.label_grace_seconds, read.alert_to, read.allow_http_lan) == (
        2,
        "environment",
        True,
    )


def test_an_unknown_key_in_a_file_is_named(write):
    write("local.toml", "label_grace_second = 2")

    with pytest.raises(UnfitSettings, match="the setting label_grace_second;"):
        load()


def test_an_unknown_key_deep_in_a_file_is_named(write):
    write("local.toml", "[label]\ngrace_seconds = 2")

    with pytest.raises(UnfitSettings, match="the setting label;"):
        load()


def test_an_unknown_variable_is_named_with_those_that_are_known(monkeypatch):
    monkeypatch.setenv("WMS_LABEL_GRACE_SECOND", "2")

    with pytest.raises(UnfitSettings, match=r"WMS_LABEL_GRACE_SECOND\b.*WMS_LABEL_GRACE_SECONDS"):
        load()


def test_a_setting_may_come_from_a_file_of_its_own(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("very secret\n")
    monkeypatch.setenv("WMS_SECRET_KEY_FILE", str(tmp_path / "key"))

    assert load().secret_key.get_secret_value() == "very secret"


def test_the_variable_itself_is_stronger_than_its_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("from the file")
    monkeypatch.setenv("WMS_SECRET_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("WMS_SECRET_KEY", "from the variable")

    assert load().secret_key.get_secret_value() == "from the variable"


def test_variables_of_the_tools_are_no_settings(monkeypatch):
    monkeypatch.setenv("WMS_VENV", "/somewhere")
    monkeypatch.setenv("WMS_NO_SKIPS", "1")

    assert load().label_grace_seconds == 120


def test_a_value_out_of_its_range_is_refused(monkeypatch):
    monkeypatch.setenv("WMS_LABEL_GRACE_SECONDS", "0")

    with pytest.raises(UnfitSettings, match="label_grace_seconds does not fit"):
        load()


def test_a_file_that_is_no_toml_is_said_so(write):
    write("local.toml", "label_grace_seconds 2")

    with pytest.raises(UnfitSettings, match="cannot be read as TOML"):
        load()


def test_a_file_of_its_own_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("WMS_SECRET_KEY_FILE", str(tmp_path / "nowhere"))

    with pytest.raises(UnfitSettings, match="nowhere"):
        load()


def test_what_does_not_fit_is_named_without_its_value(monkeypatch):
    monkeypatch.setenv("WMS_LABEL_GRACE_SECONDS", "hush")

    with pytest.raises(UnfitSettings) as no:
        load()

    assert "hush" not in str(no.value)


@pytest.mark.parametrize(
    "url", ["api.goshippo.com", "ftp://x", "https://", "https://me@x", "https://x y"]
)
def test_the_carrier_platform_has_an_address_of_the_web(monkeypatch, url):
    monkeypatch.setenv("WMS_SHIPPO_URL", url)

    with pytest.raises(UnfitSettings, match="shippo_url"):
        load()


def test_secrets_are_not_shown():
    said = repr(Settings(secret_key="hush", shippo_api_key="hush", mail_url="smtp://me:hush@post"))

    assert "hush" not in said


def test_without_a_word_the_data_is_a_sqlite_file_beside_run(tmp_path):
    assert load().url.startswith("sqlite:///")
    assert load().url.endswith("/.data/binwave.sqlite")


def test_a_postgresql_address_is_used_as_it_is(monkeypatch):
    monkeypatch.setenv("WMS_DATABASE_URL", "postgresql://wms@db/wms")

    assert load().url == "postgresql://wms@db/wms"
