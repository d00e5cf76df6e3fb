"""Settings are read from the environment, and refused with a sentence when wrong."""

import pytest

from app.core.config import BadSettings, read_settings

GOOD = {"secret": "sixteen characters"}


def test_a_secret_is_all_that_must_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEAMBULE_SECRET", "sixteen characters")
    settings = read_settings()
    assert settings.is_sqlite
    assert settings.port == 8000


def test_without_a_secret_there_is_no_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEAMBULE_SECRET", raising=False)
    with pytest.raises(BadSettings, match="DEAMBULE_SECRET is not set"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("secret", "short"),
        ("port", "0"),
        ("port", "many"),
        ("database", "mysql://x"),
        ("storage", "ftp://x"),
        ("queue", "amqp://x"),
        ("proxies", "-1"),
        ("upload_mb", "0"),
        ("log_level", "loud"),
        ("timezone", "Europe/Nowhere"),
        ("https", "perhaps"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEAMBULE_SECRET", GOOD["secret"])
    monkeypatch.setenv(f"DEAMBULE_{name.upper()}", value)
    with pytest.raises(BadSettings, match=f"DEAMBULE_{name.upper()}"):
        read_settings()


def test_every_wrong_value_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEAMBULE_SECRET", "short")
    monkeypatch.setenv("DEAMBULE_PORT", "x")
    with pytest.raises(BadSettings) as caught:
        read_settings()
    assert len(str(caught.value).splitlines()) == 2
