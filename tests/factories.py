"""A small fictitious province and its people, made through the real loaders and actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

from django.test import Client

from xanh.indicators import loading as indicator_loading
from xanh.indicators.models import Programme
from xanh.org import actions as org_actions
from xanh.org import loading
from xanh.org.loading import Territory
from xanh.org.models import Post, Unit
from xanh.people.models import User
from xanh.reporting.actions import rounds
from xanh.reporting.models import Regime, Round

START = date(2025, 7, 1)
_numbers = count(1)

TERRITORIES = (
    Territory("00", "Tỉnh Mẫu", "province", is_sample=True),
    Territory("99001", "Xã Tân Mẫu", "rural_commune", "00", is_sample=True),
    Territory("99002", "Phường Hưng Mẫu", "ward", "00", is_sample=True),
    Territory("99020", "Đặc khu Đảo Mẫu", "special_zone", "00", has_council=False, is_sample=True),
)
NEIGHBOUR = (
    Territory("09", "Tỉnh Láng Giềng", "province", is_sample=True),
    Territory("98001", "Xã Tân Mẫu", "rural_commune", "09", is_sample=True),
)


@dataclass(frozen=True)
class Nation:
    """What most tests need."""

    programme: Programme
    regime: Regime

    def unit(self, code: str) -> Unit:
        return Unit.objects.get(pk=code)

    def round_on(self, day: date) -> Round:
        return rounds.open_round(regime=self.regime, day=day, at=datetime(2026, 1, 1, tzinfo=UTC))


def sample_province() -> Unit:
    """Tỉnh Mẫu (00) with xã Tân Mẫu (99001), phường Hưng Mẫu (99002), đặc khu Đảo Mẫu (99020, no council)."""
    loading.load_territories(TERRITORIES, valid_from=START)
    return Unit.objects.get(pk="00")


def sample_nation() -> Nation:
    """Tỉnh Mẫu, a neighbouring province with a homonymous commune, indicators, targets and the daily regime."""
    loading.load_territories([*TERRITORIES, *NEIGHBOUR], valid_from=START)
    indicator_loading.load_catalogue()
    from xanh.reporting import loading as regime_loading

    regime_loading.load_catalogue()
    return Nation(Programme.objects.get(pk="NQ57"), Regime.objects.get(pk="NQ57-NGAY"))


def person(role: str, unit_code: str, *, name: str = "", capacity: str = "", is_substitute: bool = False) -> User:
    """A person with one post; the capacity defaults to what the role is called."""
    number = next(_numbers)
    user = User.objects.create_user(
        f"nguoi{number}", full_name=name or f"Nguyễn Thị Mẫu {number}", password="mat-khau-mau-1"
    )
    appoint(user, role, unit_code, capacity=capacity, is_substitute=is_substitute)
    return user


def appoint(user: User, role: str, unit_code: str, *, capacity: str = "", is_substitute: bool = False) -> Post:
    """Give a person one more post."""
    return org_actions.open_post(
        person=user,
        unit=Unit.objects.get(pk=unit_code),
        role=role,
        capacity=capacity or f"Cán bộ {role}",
        starts_on=START,
        document="01-QĐ/MẪU",
        is_substitute=is_substitute,
        by=None,
        at=datetime(2025, 7, 1, tzinfo=UTC),
    )


def client_of(user: User) -> Client:
    """A browser in which a person is signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
