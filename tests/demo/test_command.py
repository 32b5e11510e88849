"""`xanh demo`: loads once, says so the second time, refuses an installation that is in use."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from django.conf import settings

from tests.demo.conftest import AT
from xanh.cli.commands import demo
from xanh.demo import loader, mode
from xanh.events import actions as events
from xanh.kit import clock
from xanh.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The mark of a sample installation stays out of the other tests."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


@pytest.fixture
def chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    demo.add(parser)
    return parser.parse_args(["--only-sample-province"])


def test_data_of_others_is_refused_with_what_to_do(
    chosen: argparse.Namespace, capsys: pytest.CaptureFixture[str]
) -> None:
    User.objects.create_user("that", full_name="Nguyễn Văn Thật")
    assert demo.run(chosen) == 2
    assert "Đề nghị đặt XANH_HOME sang một thư mục trống" in capsys.readouterr().out


def test_a_second_run_says_that_it_is_there(chosen: argparse.Namespace, capsys: pytest.CaptureFixture[str]) -> None:
    events.record(kind=loader.LOADED, subject=("demo", "00"), by=None, at=AT)
    assert demo.run(chosen) == 0
    assert "không nạp lại" in capsys.readouterr().out
    assert mode.is_on()


def test_the_summary_counts_what_was_loaded(
    chosen: argparse.Namespace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(loader, "load", lambda **_: loader.Loaded(20, 1367, 18, 6.4))
    assert demo.run(chosen) == 0
    out = capsys.readouterr().out
    assert "20 xã, phường, đặc khu; 18 kỳ; 1.367 báo cáo khối, trong 6 giây" in out


def test_an_installation_with_a_person_of_its_own_is_refused() -> None:
    User.objects.create_user("that", full_name="Nguyễn Văn Thật")
    with pytest.raises(loader.RealDataHere, match="người dùng hoặc báo cáo thật"):
        loader.load(at=AT, only_sample_province=True)
    assert User.objects.count() == 1
    assert not mode.is_on()
