"""Stories that an official can read (YAML beside this file), run through the real actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import factories
from tests.reporting import day as sheets
from xanh.assessment import actions as assessment
from xanh.core import dates
from xanh.people.models import User
from xanh.reporting import queries
from xanh.reporting.actions import closings, requests, rounds, submissions
from xanh.reporting.actions.drafts import Entered
from xanh.reporting.models import Closing, Excuse, Round, Submission

STORIES = sorted(Path(__file__).parent.glob("*.yaml"))
REFUSALS = (submissions.SubmissionRefused, submissions.NotWaiting, submissions.MayNotApprove)


class Stage:
    """People, the round of the day, and the verbs of the stories."""

    def __init__(self, story: dict[str, Any], nation: factories.Nation) -> None:
        self.nation = nation
        self.capacities = {name: row["chức danh"] for name, row in story["người"].items()}
        self.people: dict[str, User] = {
            name: factories.person(row["vai"], str(row["đơn vị"]), name=f"{name} Mẫu", capacity=row["chức danh"])
            for name, row in story["người"].items()
        }
        self.token = ""
        self.verbs: dict[str, Callable[[dict[str, Any], datetime], None]] = {
            "nhập đủ": self.fill,
            "trình": self.submit,
            "gửi chưa duyệt": self.submit,
            "duyệt": self.approve,
            "trả lại": self.give_back,
            "tiếp nhận": self.receive,
            "miễn": self.excuse,
            "chốt": self.close,
            "xin số liệu": self.ask,
            "cung cấp": self.provide,
            "dùng số liệu": self.use,
        }

    def round(self, at: datetime) -> Round:
        return self.nation.round_on(dates.local_date(at))

    def unit(self, step: dict[str, Any]):
        return self.nation.unit(step["khối"])

    def submission(self, step: dict[str, Any], at: datetime) -> Submission:
        found = queries.submission_of(self.round(at), self.unit(step))
        assert found is not None
        return found

    def fill(self, step: dict[str, Any], at: datetime) -> None:
        sheets.fill(self.round(at), self.unit(step), self.people[step["ai"]], at, shift=step.get("hơn", 0))

    def submit(self, step: dict[str, Any], at: datetime) -> None:
        provisional = step["làm"] == "gửi chưa duyệt"
        submissions.submit(
            of_round=self.round(at), unit=self.unit(step), by=self.people[step["ai"]], at=at, provisional=provisional
        )

    def approve(self, step: dict[str, Any], at: datetime) -> None:
        found = self.submission(step, at)
        submissions.approve(
            submission_id=found.pk,
            revision_number=found.revision_count,
            capacity=self.capacities[step["ai"]],
            by=self.people[step["ai"]],
            at=at,
        )

    def give_back(self, step: dict[str, Any], at: datetime) -> None:
        submissions.return_for_review(
            submission_id=self.submission(step, at).pk,
            reasons=step["lý do"],
            general="",
            capacity=self.capacities[step["ai"]],
            by=self.people[step["ai"]],
            at=at,
        )

    def receive(self, step: dict[str, Any], at: datetime) -> None:
        by = self.people[step["ai"]]
        submissions.receive(
            submission_id=self.submission(step, at).pk, by=by, capacity=self.capacities[step["ai"]], at=at
        )

    def excuse(self, step: dict[str, Any], at: datetime) -> None:
        rounds.excuse_block(
            of_round=self.round(at),
            unit=self.unit(step),
            reason=step["lý do"],
            by=self.people[step["ai"]],
            capacity=self.capacities[step["ai"]],
            at=at,
        )

    def close(self, step: dict[str, Any], at: datetime) -> None:
        (closing,) = assessment.close_due(at=at)
        assert (closing.sent, closing.approved) == (step["đã gửi"], step["đã duyệt"])

    def ask(self, step: dict[str, Any], at: datetime) -> None:
        _, self.token = requests.ask_figures(
            of_round=self.round(at),
            unit=self.unit(step),
            provider=step["của"],
            codes=step["chỉ tiêu"],
            due_at=self.round(at).closes_at,
            by=self.people[step["ai"]],
            at=at,
        )

    def provide(self, step: dict[str, Any], at: datetime) -> None:
        values = {code: Entered(n=n, d=d) for code, (n, d) in step["số"].items()}
        requests.provide_figures(token=self.token, values=values, given_by=step["tên"], at=at)

    def use(self, step: dict[str, Any], at: datetime) -> None:
        asked = requests.request_by_token(self.token, at=at)
        requests.use_figures(request_id=asked.pk, base_version=0, by=self.people[step["ai"]], at=at)
        providers = {row.get("pv") for row in self.submission(step, at).draft.values()}
        assert providers == {step["của ai"]}

    def look(self, step: dict[str, Any], at: datetime) -> None:
        unit, of_round = self.nation.unit(step["xem"]), self.round(at)
        if "tình hình" in step:
            excused = Excuse.objects.filter(round=of_round, unit=unit).exists()
            status = queries.send_status(queries.submission_of(of_round, unit), of_round, excused=excused)
            assert queries.SendStatus.LABELS[status] == step["tình hình"]
        if step.get("bản chốt còn nguyên"):
            assert closings.verify_closing(Closing.objects.get(round=of_round))

    def play(self, step: dict[str, Any]) -> None:
        day, hour = step["lúc"].split()
        at = dates.at_local(dates.parse_date(day), datetime.strptime(hour, "%H:%M").time())  # noqa: DTZ007
        if "xem" in step:
            self.look(step, at)
            return
        if "bị từ chối" in step:
            with pytest.raises(REFUSALS, match=step["bị từ chối"]):
                self.verbs[step["làm"]](step, at)
            return
        self.verbs[step["làm"]](step, at)
        if "trạng thái" in step:
            assert self.submission(step, at).get_state_display() == step["trạng thái"]


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_story_holds(path: Path, nation: factories.Nation) -> None:
    story = yaml.safe_load(path.read_text(encoding="utf-8"))
    stage = Stage(story, nation)
    stage.round(dates.at_local(date(2026, 11, 20), datetime.min.time()))
    for step in story["các bước"]:
        stage.play(step)
