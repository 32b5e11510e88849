"""What every page shows around its content: who is signed in, where, the places, the sample-data banner."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from xanh.core import dates
from xanh.demo import mode
from xanh.kit import clock
from xanh.org import access, queries
from xanh.people.roles import ROLES, Act

PLACES = (
    ("today", "Hôm nay"),
    ("reports", "Báo cáo"),
    ("tasks", "Nhiệm vụ"),
    ("boards", "Bảng điều hành"),
    ("directives", "Văn bản"),
    ("dictionary", "Từ điển chỉ tiêu"),
)


# Pages whose name is not a place stand under one all the same.
BELONGS_TO = {"publish": "reports"}


@dataclass(frozen=True, slots=True)
class ShellViewer:
    """The signed-in person as the head of a page names him."""

    name: str
    unit_label: str
    role_label: str


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the main menu."""

    label: str
    url: str
    key: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything that base.html reads."""

    demo_mode: bool
    viewer: ShellViewer | None
    places: tuple[Place, ...]
    today_label: str
    search_url: str
    admin_url: str
    trail_url: str
    delegations_url: str
    account_url: str
    signout_url: str
    role_preview_url: str


def _shell_viewer(viewer: access.Viewer) -> ShellViewer:
    home = viewer.home
    if home is None:
        return ShellViewer(viewer.user.full_name, "Chưa được bố trí chức danh", "")
    unit = queries.unit(home.unit_code)
    return ShellViewer(viewer.user.full_name, queries.place_label(unit), f"{home.capacity} · {ROLES[home.role].label}")


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` for base.html."""
    viewer = getattr(request, "viewer", None)
    match = request.resolver_match
    current = match.kwargs.get("place") or (match.url_name or "").split("-")[0] if match else ""
    current = BELONGS_TO.get(current, current)
    places: tuple[Place, ...] = ()
    admin_url = trail_url = delegations_url = ""
    if viewer:
        places = tuple(
            Place(label, reverse(key), str(number), key == current)
            for number, (key, label) in enumerate(PLACES, start=1)
        )
        if viewer.may_somewhere(Act.MANAGE_PEOPLE) or viewer.may_somewhere(Act.MANAGE_SYSTEM):
            admin_url = reverse("people")
        if viewer.may_somewhere(Act.READ_EVENTS):
            trail_url = reverse("trail")
        if viewer.may_somewhere(Act.APPROVE) or viewer.may_somewhere(Act.MANAGE_PEOPLE):
            delegations_url = reverse("delegations")
    demo_mode = mode.is_on()
    return {
        "shell": Shell(
            demo_mode=demo_mode,
            viewer=_shell_viewer(viewer) if viewer else None,
            places=places,
            today_label=dates.format_day(clock.today()),
            search_url=reverse("search") if viewer else "",
            admin_url=admin_url,
            trail_url=trail_url,
            delegations_url=delegations_url,
            account_url=reverse("account") if viewer else "",
            signout_url=reverse("account_logout") if viewer else "",
            role_preview_url=reverse("preview") if demo_mode else "",
        )
    }
