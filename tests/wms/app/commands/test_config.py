"""`config show` tells what is set and where, and never a secret."""

import argparse

import pytest

from wms.app.commands import config
from wms.kernel.settings import UnfitSettings


def shown(capsys):
    config.run(argparse.Namespace(what="show"))
    return capsys.readouterr().out


def test_each_setting_says_where_it_was_set(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("WMS_DATA_DIR", str(tmp_path))
    told = shown(capsys)

    assert "WMS_DATA_DIR" in told
    assert "config/default.toml" in told
    assert "built in" in told


def test_secrets_are_never_printed(monkeypatch, capsys, tmp_path):
    file = tmp_path / "key"
    file.write_text("hush-hush\n")
    monkeypatch.setenv("WMS_SECRET_KEY_FILE", str(file))
    monkeypatch.setenv("WMS_SHIPPO_API_KEY", "hush-too")
    monkeypatch.setenv("WMS_DATABASE_URL", "postgresql://wms:hush-pass@db/wms")

    told = shown(capsys)

    assert "hush" not in told
    assert "WMS_SECRET_KEY_FILE" in told
    assert "postgresql://wms:(hidden)@db/wms" in told


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WMS_DATABSE_URL", "x", "WMS_DATABSE_URL"),
        ("WMS_LABEL_GRACE_SECONDS", "soon", "label_grace_seconds"),
        ("WMS_OUTBOUND_ALLOW", "host:1", "outbound_allow"),
        ("WMS_SECRET_KEY_FILE", "/nowhere/key", "/nowhere/key"),
    ],
)
def test_a_setting_that_does_not_fit_is_named(monkeypatch, capsys, name, value, said):
    monkeypatch.setenv(name, value)

    with pytest.raises(UnfitSettings, match=said):
        shown(capsys)
