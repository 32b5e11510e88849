"""What a report says: figures with their parts, sums as ratios of sums, documents, tasks, reasons, rights."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories
from tests.publishing.conftest import Office
from tests.reporting import day
from xanh.core.status import TaskBox
from xanh.directives.models import Directive
from xanh.org.access import viewer_of
from xanh.publishing import figures, layouts, reports, rollups, scope, work
from xanh.publishing.content import Block, Paragraph, ReportContent, Section, Table
from xanh.publishing.kinds import Template
from xanh.reporting.actions import closings, submissions
from xanh.tasks.models import Task


def text_of(blocks: tuple[Block, ...]) -> str:
    found = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
            continue
        found += [" | ".join("".join(run.text for run in cell) for cell in row.cells) for row in block.rows]
    return "\n".join(found)


def section(content: ReportContent, number: int) -> Section:
    return content.sections[number - 1]


def build(office: Office, unit: str = "99001", **how: object) -> ReportContent:
    return reports.build(office.scope(unit, **how), office.viewer, is_sample=False)  # type: ignore[arg-type]


def test_a_figure_stands_with_numerator_denominator_target_and_status(office: Office) -> None:
    results = text_of(section(build(office), 2).blocks)
    name = "UB-01 Tỷ lệ hồ sơ TTHC tiếp nhận trực tuyến trên tổng số hồ sơ"
    assert f"{name} | 2.493/2.889 | 86,29% | ≥ 80% đến 31/12/2026 | ● Xanh" in results


def test_a_figure_that_nobody_approved_is_marked_provisional(office: Office) -> None:
    results = text_of(section(build(office), 2).blocks)
    assert "50/50 | 100% (tạm tính)" in results
    assert "Đã duyệt 3/4 báo cáo khối; phần còn lại là số tạm tính hoặc chưa gửi." in results


def test_reported_and_achieved_are_two_numbers(office: Office) -> None:
    facts = figures.load("NQ57", office.scope().block_units(), as_of=office.now, is_live=True, may_see_restricted=True)
    counts = [block.counts() for block in facts.blocks]
    reported, achieved = sum(c.reported for c in counts), sum(c.achieved for c in counts)
    applicable = sum(c.applicable for c in counts)
    assert reported > achieved
    results = text_of(section(build(office), 2).blocks)
    assert f"Đã báo cáo {reported}/{applicable} (" in results
    assert f"đã đạt {achieved}/{applicable} (" in results


def test_documents_of_the_period_fill_the_first_part(office: Office) -> None:
    first = text_of(section(build(office), 1).blocks)
    assert "Trong kỳ không ban hành văn bản." in first
    assert "Triển khai 01 văn bản của cấp trên ban hành trong kỳ:" in first
    assert "Số 05-TB/BCĐ, ngày 02/11/2026" in first
    assert text_of(section(build(office, period="2026-11-20"), 1).blocks) == "Trong kỳ không ban hành văn bản."


def test_a_restricted_document_stands_only_in_reports_of_those_who_may_see_it(office: Office) -> None:
    Directive.objects.update(circulation="restricted")
    plain = viewer_of(factories.person("owner", "00"), day=date(2026, 11, 20))
    assert "05-TB/BCĐ" not in text_of(reports.build(office.scope("00"), plain, is_sample=False).sections[0].blocks)


def test_restricted_indicators_are_left_out_for_those_who_may_not_see_them(office: Office) -> None:
    plain = viewer_of(factories.person("owner", "00"), day=date(2026, 11, 20))
    content = reports.build(office.scope(), plain, is_sample=False)
    results = text_of(content.sections[1].blocks)
    assert "DU-01" not in results
    assert content.circulation == "internal"
    assert any("phạm vi hạn chế không thể hiện" in caution.title for caution in content.warnings)
    assert build(office).circulation == "restricted"
    assert "DU-01 Tỷ lệ đảng viên đã kích hoạt Sổ tay đảng viên điện tử (hạn chế)" in text_of(
        section(build(office), 2).blocks
    )


def test_an_accepted_reason_stands_as_a_note_below_what_is_not_achieved(office: Office) -> None:
    missed = text_of(section(build(office), 4).blocks)
    assert "32,00% (257/803) ■ Đỏ, thấp hơn mục tiêu đến 31/12 là 68,0 điểm | Xem ghi chú (1)" in missed
    assert "(1) Thuyết minh đã được duyệt cùng số liệu: Đảng viên cao tuổi chưa có điện thoại thông minh <b>." in missed
    assert "Đơn vị chưa thuyết minh" in missed


def test_the_four_boxes_name_their_denominator(office: Office) -> None:
    boxes = text_of(section(build(office), 3).blocks)
    assert "Tính trên 1 nhiệm vụ đã giao cho đơn vị, không tính nhiệm vụ đã kết thúc theo dõi:" in boxes
    assert "Đang thực hiện trong hạn | 1/1 | 100%" in boxes


def test_overdue_tasks_get_an_annex_of_their_own(office: Office) -> None:
    later = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)  # due by 11:00 on the 27th, two calendar days before
    content = reports.build(office.scope(now=later), office.viewer, is_sample=False)
    assert [annex.title for annex in content.annexes] == ["Nhiệm vụ quá hạn chưa hoàn thành", "Nguồn của từng số liệu"]
    assert "quá hạn 2 ngày" in text_of(content.annexes[0].blocks)
    assert len(build(office).annexes) == 1


def test_tasks_due_in_the_next_period_close_the_report(office: Office) -> None:
    coming = text_of(section(build(office, period="2026-W47"), 7).blocks)
    assert "Kỳ tới (từ ngày 23/11/2026 đến ngày 29/11/2026) có 01 nhiệm vụ đến hạn" in coming
    assert "27/11/2026" in coming


def test_every_source_names_author_approver_with_capacity_and_revision(office: Office) -> None:
    told = text_of(build(office).annexes[-1].blocks)
    row = next(line for line in told.splitlines() if "UB-01" in line)
    assert "86,29% (2.493/2.889) | 20/11/2026 | Lê Thị Mẫu Châu | Trần Văn Mẫu 2, Phó Chủ tịch UBND | lần 1, " in row


def test_a_sum_is_a_ratio_of_sums_of_approved_figures(office: Office) -> None:
    """UB-01: 2.493/2.889 approved in Tân Mẫu; 2.523/2.919 of Hưng Mẫu waits and is told apart."""
    clerk = factories.person("clerk", "99002-UB")
    day.send(office.round, office.nation.unit("99002-UB"), clerk, office.now - timedelta(minutes=5), shift=30)
    facts = figures.load(
        "NQ57", office.scope("00").block_units(), as_of=office.now, is_live=True, may_see_restricted=True
    )
    line = next(line for line in rollups.sums(facts) if line.row.code == "UB-01")
    assert (line.official.n, line.official.d, line.official.counted, line.official.total) == (2493, 2889, 1, 3)
    assert (line.everything.n, line.everything.d) == (5016, 5808)
    assert rollups.rolled_text(line.row, line.official) == "86,29% (2.493/2.889)"
    assert rollups.rolled_text(line.row, line.everything) == "86,36% (5.016/5.808)"


def test_a_waiting_revision_leaves_the_last_approved_figures_in_the_sums(office: Office) -> None:
    clerk = factories.person("clerk", "99001-UB")
    at = office.now - timedelta(minutes=5)
    day.send(office.round, office.nation.unit("99001-UB"), clerk, at, shift=30)
    facts = figures.load("NQ57", office.scope().block_units(), as_of=office.now, is_live=True, may_see_restricted=True)
    block = facts.block("99001-UB")
    assert block is not None
    assert not block.is_approved
    assert (block.cells["UB-01"].value.n, block.approved_values["UB-01"].n) == (2523, 2493)  # type: ignore[union-attr]


def test_a_closed_day_keeps_the_figures_of_its_closing(office: Office) -> None:
    closings.close_round(round_id=office.round.pk, at=office.now + timedelta(hours=2))
    clerk = factories.person("clerk", "99001-UB")
    later = office.now + timedelta(hours=5)
    day.send(office.round, office.nation.unit("99001-UB"), clerk, later, shift=30)
    chosen = office.scope(period="2026-11-20", now=later + timedelta(hours=1))
    assert chosen.as_of == office.round.closes_at
    results = text_of(reports.build(chosen, office.viewer, is_sample=False).sections[1].blocks)
    assert "2.493/2.889" in results
    assert "Số liệu chốt 16 giờ 00 ngày 20/11/2026." in results


def test_live_cells_and_judged_cells_say_the_same(office: Office) -> None:
    units = office.scope().block_units()
    live, judged = (
        figures.load("NQ57", units, as_of=office.now, is_live=is_live, may_see_restricted=True)
        for is_live in (True, False)
    )
    for one, two in zip(live.blocks, judged.blocks, strict=True):
        assert {code: (c.value, c.light) for code, c in one.cells.items()} == {
            code: (c.value, c.light) for code, c in two.cells.items()
        }


def test_the_state_report_holds_the_committee_block_only(office: Office) -> None:
    content = build(office, template=Template.STATE)
    results = text_of(section(content, 2).blocks)
    assert "UB-01" in results
    assert "MT-01" not in results
    assert content.head.number.endswith("/BC-UBND")
    assert content.closing.text.endswith("./.")


def test_the_party_head_and_foot_follow_the_issuer(office: Office) -> None:
    content = build(office)
    assert (content.head.parent, content.head.issuer) == ("ĐẢNG BỘ TỈNH MẪU", "ĐẢNG ỦY XÃ TÂN MẪU")
    assert content.head.number == "Số       -BC/ĐU"
    assert (content.foot.behalf, content.foot.title, content.foot.name) == (
        *("T/M BAN THƯỜNG VỤ", "BÍ THƯ"),
        "Nguyễn Văn Mẫu",
    )
    assert content.opening[0].text == (
        "Thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ, "
        "đổi mới sáng tạo và chuyển đổi số quốc gia, Đảng ủy xã Tân Mẫu báo cáo kết quả tháng 11/2026 như sau:"
    )


@pytest.mark.parametrize("unit", ["VN", "00", "99001-DU", "99001-HD", "99001-MT", "99020"])
def test_a_report_exists_for_every_unit_that_reports(office: Office, unit: str) -> None:
    template = scope.templates_for(office.nation.unit(unit))[0]
    content = reports.build(office.scope(unit, template=template), office.viewer, is_sample=False)
    assert [each.title for each in content.sections][3] == "Chỉ tiêu chưa đạt, nguyên nhân và việc cần làm"
    assert any(isinstance(block, Table) for block in content.sections[1].blocks)


def test_a_body_issues_no_report(office: Office) -> None:
    assert scope.templates_for(office.nation.unit("00-VPTU")) == []
    with pytest.raises(layouts.NoIssuer):
        office.scope("00-VPTU")


def test_what_was_accepted_later_was_still_open_at_the_instant(office: Office) -> None:
    task = Task.objects.get(lead="99001")
    at = office.now
    task.due_at, task.done_at, task.accepted_at, task.state = (
        *(at - timedelta(days=1), at + timedelta(hours=1), at + timedelta(hours=2)),
        "ACCEPTED",
    )
    assert work.box_at(task, at).box is TaskBox.OVERDUE
    assert work.box_at(task, at + timedelta(hours=3)).box is TaskBox.DONE_LATE
    task.ended_at = at - timedelta(hours=1)
    assert work.box_at(task, at).box is None


def test_the_clock_of_a_task_stands_still_while_its_report_waits(office: Office) -> None:
    task = Task.objects.get(lead="99001")
    due = office.now
    task.due_at, task.reported_done_at, task.state = due, due - timedelta(hours=1), "REPORTED_DONE"
    assert work.box_at(task, due + timedelta(days=3)).box is TaskBox.RUNNING


def test_a_returned_report_is_still_provisional(office: Office) -> None:
    from xanh.reporting.models import Submission

    front = Submission.objects.get(unit="99001-MT")
    approver = factories.person("approver", "99001-MT", capacity="Chủ tịch Ủy ban MTTQ")
    submissions.return_for_review(
        submission_id=front.pk,
        reasons={},
        general="Rà soát lại",
        capacity="Chủ tịch Ủy ban MTTQ",
        by=approver,
        at=office.now,
    )
    assert "Đã duyệt 3/4 báo cáo khối" in text_of(section(build(office), 2).blocks)


def test_a_figure_is_outdated_only_after_the_closing_of_its_next_period(office: Office) -> None:
    def outdated(now: datetime) -> bool:
        content = reports.build(office.scope(now=now), office.viewer, is_sample=False)
        return any("đã quá kỳ" in caution.title for caution in content.warnings)

    next_morning = office.now + timedelta(hours=19)
    assert not outdated(next_morning)
    assert outdated(next_morning + timedelta(days=2))
