"""One of everything that an address may name, and the people who ask for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse

from tests import factories
from tests.directives import samples
from tests.reporting import day as sheets
from xanh.assessment import actions as assessment
from xanh.indicators import actions as indicators
from xanh.kit import files
from xanh.org import actions as org
from xanh.org.models import Post
from xanh.people import actions as people
from xanh.people import tokens
from xanh.people.models import User
from xanh.publishing.models import Letter, PublishedReport
from xanh.reporting.actions import drafts, requests
from xanh.tasks import actions as tasks
from xanh.tasks.models import Task

PERIOD = "2026-11-20"
CAPACITY = "Phó Chủ tịch UBND"


@dataclass
class Stage:
    """Keys of the objects by the name that the table of rights uses, and the people."""

    people: dict[str, User]
    keys: dict[str, object] = field(default_factory=dict)

    def url(self, name: str, args: tuple[str, ...]) -> str:
        """The address; an argument like "@task" is looked up among the keys."""
        return reverse(name, args=[self.keys[a[1:]] if a.startswith("@") else a for a in args])


def cast_of_the_stage() -> dict[str, User]:
    """Who asks. The first five are the same for every address; the others are the right role of some."""
    return {
        "stranger": factories.person("clerk", "98001-UB"),
        "other block": factories.person("clerk", "99001-DU"),
        "sibling": factories.person("clerk", "99002-UB"),
        "unit admin": factories.person("unit_admin", "99001"),
        "clerk": factories.person("clerk", "99001-UB"),
        "approver": factories.person("approver", "99001-UB", capacity=CAPACITY),
        "commune leader": factories.person("leader", "99001"),
        "province office": factories.person("consolidator", "00", capacity="Chuyên viên Văn phòng Tỉnh ủy"),
        "second": factories.person("leader", "00"),
        "owner": factories.person("owner", "00-UB"),
        "province admin": factories.person("unit_admin", "00"),
        "system admin": factories.person("system_admin", "VN"),
        "inspector": factories.person("inspector", "00"),
        "nation leader": factories.person("leader", "VN"),
    }


def build(nation: factories.Nation, at: datetime) -> Stage:
    """Make one of everything through the real actions."""
    stage = Stage(cast_of_the_stage())
    who = stage.people
    of_round, unit = nation.round_on(date(2026, 11, 20)), nation.unit("99001-UB")
    sent = sheets.send(of_round, unit, who["clerk"], at)
    drafts_at = at + timedelta(minutes=1)
    stored = files.keep(b"minh chung", media_type="text/plain", at=drafts_at)
    evidence = drafts.attach_evidence(
        of_round=of_round,
        unit=unit,
        indicator_code="UB-01",
        label="Bản chụp",
        link="",
        stored_id=stored.pk,
        file_name="a.txt",
        by=who["clerk"],
        at=drafts_at,
    )
    asked, token = requests.ask_figures(
        of_round=of_round,
        unit=unit,
        provider="Công an xã",
        codes=["UB-01"],
        due_at=of_round.closes_at,
        by=who["clerk"],
        at=at,
    )
    question = indicators.ask_question(
        indicator_code="UB-01", unit_code="99001-UB", question="Hỏi?", by=who["clerk"], at=at
    )
    directive = samples.in_force(nation.unit("00"), who["province office"], who["second"])
    other = samples.NOTICE.replace("Số 05-TB", "Số 06-TB")
    review = samples.received(nation.unit("00"), who["province office"], text=other, name="06.txt")
    task = Task.objects.get(lead="99001")
    person = people.create_user(username="moi", full_name="Người Mẫu Mới", by=None, at=at)
    post = org.open_post(
        person=person,
        unit=unit,
        role="clerk",
        capacity="Cán bộ",
        starts_on=date(2026, 1, 1),
        document="1",
        by=None,
        at=at,
    )
    delegation = org.grant_delegation(
        giver=Post.objects.get(person=who["approver"]),
        receiver=person,
        block=unit,
        document="2",
        starts_on=date(2026, 11, 20),
        ends_on=date(2030, 11, 21),
        by=who["approver"],
        at=at,
    )
    stage.keys |= {
        "submission": sent.pk,
        "evidence": evidence,
        "request": asked.pk,
        "link": token,
        "question": question.pk,
        "directive": directive.pk,
        "review": review.pk,
        "item": review.items.order_by("pk").first().pk,
        "task": task.pk,
        "person": person.pk,
        "post": post.pk,
        "delegation": delegation.pk,
    }
    return stage


def let_go(answer: HttpResponse) -> None:
    """Close the file behind an answer. `answer.close()` would also end the request, and with it the connection."""
    for closer in answer._resource_closers:
        closer()


def close_the_day(stage: Stage, nation: factories.Nation, at: datetime) -> None:
    """Close the round and make what exists only afterwards: a report, a letter; also a key and evidence of a task."""
    who = stage.people
    of_round = nation.round_on(date(2026, 11, 20))
    assessment.close(round_id=of_round.pk, at=at)
    leader = factories.client_of(who["commune leader"])
    let_go(leader.post(reverse("publish-docx", args=["99001", PERIOD])))
    office = factories.client_of(who["province office"])
    office.post(reverse("publish-letter", args=[of_round.regime_id, PERIOD, "00"]))
    _, secret = tokens.issue_token(user=who["clerk"], name="máy", scopes=["read"], days=5, by=who["clerk"], at=at)
    kept = tasks.attach_file(
        code=str(stage.keys["task"]), label="Kế hoạch", content=b"ke hoach", name="a.txt", by=who["clerk"], at=at
    )
    found = tokens.token_of(secret, at=at)
    assert found is not None
    stage.keys |= {
        "token": found.pk,
        "task-evidence": kept.pk,
        "report": PublishedReport.objects.get().pk,
        "letter": Letter.objects.get().pk,
        "approver-post": Post.objects.get(person=who["approver"]).pk,
    }
