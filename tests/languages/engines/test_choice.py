import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured

from exchange.config import checks, env
from exchange.languages.engines import chosen
from exchange.languages.engines.deepl_api import DeepL
from exchange.languages.engines.fx import Fx
from exchange.languages.engines.libretranslate import LibreTranslate


def found(settings: Any) -> list[str]:
    return [m.id for m in checks.deployment(None) if m.id in ("exchange.W002", *ERRORS)]


ERRORS = ("exchange.E006", "exchange.E007", "exchange.E008")


def test_no_engine_is_chosen_by_default(settings) -> None:
    assert (settings.TRANSLATOR, chosen()) == ("none", None)
    assert found(settings) == []


def test_the_settings_choose_one_object(settings, tmp_path: Path) -> None:
    settings.TRANSLATOR, settings.TRANSLATION_MODELS = "fx", tmp_path
    engine = chosen()
    assert isinstance(engine, Fx) and engine.folder == tmp_path and chosen() is engine
    settings.TRANSLATOR, settings.TRANSLATOR_URL = "libretranslate", "http://127.0.0.1:5000"
    assert isinstance(chosen(), LibreTranslate)
    settings.TRANSLATOR, settings.TRANSLATOR_KEY = "deepl", "key"
    assert isinstance(chosen(), DeepL)


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({"TRANSLATOR": "libretranslate"}, ["exchange.E006"]),
        ({"TRANSLATOR": "libretranslate", "TRANSLATOR_URL": "http://127.0.0.1:5000"}, []),
        ({"TRANSLATOR": "libretranslate", "TRANSLATOR_URL": "http://[::1]:5000"}, []),
        ({"TRANSLATOR": "libretranslate", "TRANSLATOR_URL": "http://a.example"}, ["exchange.W002"]),
        ({"TRANSLATOR": "libretranslate", "TRANSLATOR_URL": "https://a.example/t"}, []),
        ({"TRANSLATOR": "deepl"}, ["exchange.E007"]),
        ({"TRANSLATOR": "deepl", "TRANSLATOR_KEY": "key"}, []),
        ({"TRANSLATOR": "fx"}, ["exchange.E008"]),
    ],
)
def test_what_cannot_work_is_said_before_it_serves(changes, ids, settings, tmp_path) -> None:
    settings.TRANSLATION_MODELS = tmp_path
    for name, value in changes.items():
        setattr(settings, name, value)
    assert found(settings) == ids


def test_an_engine_with_models_has_no_fault(settings, models: Path) -> None:
    settings.TRANSLATOR, settings.TRANSLATION_MODELS = "fx", models
    assert found(settings) == []


@pytest.mark.parametrize("value", ["translate.example", "ftp://a.example", "https://", "http:///x"])
def test_an_address_that_is_none_is_refused_by_its_name(value, monkeypatch) -> None:
    monkeypatch.setenv("THING", value)
    with pytest.raises(env.ImproperlyConfigured, match="THING"):
        env.address("THING")


def test_an_address_may_have_a_path_or_be_missing(monkeypatch) -> None:
    monkeypatch.setenv("THING", "https://a.example/translate")
    assert (env.address("THING"), env.address("NOTHING")) == ("https://a.example/translate", "")


def test_a_site_without_an_engine_loads_none() -> None:
    code = (
        "import sys, django; django.setup(); from exchange.languages.engines import chosen\n"
        "print(chosen(), sorted({'requests', 'deepl', 'fxtranslate'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=configured.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "exchange.config.settings", "SECRET_KEY": "x" * 60},
    )
    assert (done.stdout, done.stderr) == ("None []\n", "")
