"""Hôm nay: what must I do before I go home?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xanh.core import dates
from xanh.kit import clock
from xanh.people.roles import Act
from xanh.tasks import queries as tasks
from xanh.web import guards, today_page


@guards.signed_in
def today(request: HttpRequest) -> HttpResponse:
    """The start page of whoever is signed in, by what his posts let him do."""
    viewer = guards.viewer_of(request)
    now = clock.now()
    context = {
        "day_label": dates.format_day(viewer.day),
        "has_post": viewer.home is not None,
        "closing": today_page.closing_line(now),
        "blocks": today_page.block_lines(viewer, now),
        "waiting": today_page.waiting_lines(viewer),
        "reviews": today_page.review_lines(viewer, now),
        "asked": today_page.asked_lines(viewer, now),
        "tasks": tasks.tasks_for_today(viewer, now) if viewer.may_somewhere(Act.SEE_TASKS) else None,
        "not_achieved": today_page.not_achieved(viewer, now),
        "leader": today_page.leader_summary(viewer, now),
        "sending": today_page.sending_summary(viewer, now),
        "forces": today_page.directives_to_confirm(viewer),
    }
    return render(request, "today/today.html", context)
