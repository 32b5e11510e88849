"""A document comes in, is reviewed, and is recognised when it comes again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.directives import samples
from xanh import reading
from xanh.directives import actions, queries
from xanh.directives.drafts import TargetDraft, TaskDraft
from xanh.directives.models import Directive, DirectiveState, ItemState, ReadItem
from xanh.events.models import Event
from xanh.kit.models import StoredFile
from xanh.org import access as org_access
from xanh.org.models import Unit
from xanh.people.models import User

AT = samples.AT


@pytest.fixture
def province(db: None) -> Unit:
    return factories.sample_province()


@pytest.fixture
def clerk(province: Unit) -> User:
    return factories.person("consolidator", "00-DU")


def test_a_notice_is_registered_with_its_head_its_citation_and_its_tasks(province: Unit, clerk: User) -> None:
    directive = samples.received(province, clerk)
    assert (directive.symbol, directive.issued_on, directive.type_code) == ("05-TB/BCĐ", date(2026, 11, 2), "TB")
    assert directive.programme_code == "NQ57"
    assert directive.text == samples.NOTICE
    drafts = [TaskDraft.from_json(item.settled) for item in samples.tasks_of(directive)]
    assert [(draft.lead, draft.due_on) for draft in drafts] == [
        ("body:00/VPTU", date(2026, 11, 20)),
        ("group:00-XA", date(2026, 11, 27)),
        ("", None),
    ]
    assert all(directive.text[i.start : i.end] == i.quote for i in directive.items.all())
    assert Event.objects.filter(kind="directive.received", subject=f"directive:{directive.pk}").count() == 1


def test_two_printed_leads_leave_the_choice_to_a_person(province: Unit, clerk: User) -> None:
    card = queries.card_of(samples.tasks_of(samples.received(province, clerk))[2])
    assert (card.lead, card.lead_words) == ("", "Sở Nội vụ; Sở Tài chính")
    assert [each.label for each in card.suggestions] == ["Sở Nội vụ", "Sở Tài chính"]
    assert card.stops == "chủ trì"


def test_a_group_whose_name_holds_a_comma_is_one_lead(province: Unit, clerk: User) -> None:
    text = samples.NOTICE.replace("Đề nghị các xã, phường xây dựng", "Đề nghị UBND các xã, phường xây dựng")
    task = samples.tasks_of(samples.received(province, clerk, text=text))[1]
    assert task.settled["lead"] == "group:00-UBXA"


def test_a_weekly_report_and_a_target_are_proposed_in_their_own_shape(province: Unit, clerk: User) -> None:
    directive = samples.received(province, clerk, text=samples.NOTICE.replace("Nơi nhận:", samples.LONGER))
    task = samples.tasks_of(directive)[3]
    assert task.settled["recurrence"] == "Hằng tuần, trước 11 giờ 00 thứ Sáu"
    duty, target = directive.items.exclude(kind="TASK")
    assert (duty.kind, target.kind) == ("REGIME", "TARGET")
    assert {key: duty.settled[key] for key in ("who", "to_words", "cadence", "cutoff_words")} == {
        "who": "group:00-UBXA",
        "to_words": "Văn phòng Tỉnh ủy",
        "cadence": "WEEKLY",
        "cutoff_words": "trước 11 giờ 00 thứ Sáu",
    }
    assert {key: target.settled[key] for key in ("indicator_code", "op", "value", "milestone_on")} == {
        "indicator_code": "",
        "op": ">=",
        "value": "86,5",
        "milestone_on": "2026-12-31",
    }
    assert queries.card_of(duty).lead == "UBND các xã, phường, đặc khu"
    draft = TargetDraft.from_json(target.settled)
    with pytest.raises(actions.ItemIncomplete, match="Mục tiêu chưa ghi rõ chỉ tiêu"):
        actions.accept_item(item_id=target.pk, draft=draft, by=clerk, at=AT)


def test_a_reviewed_document_waits_for_a_second_person_of_its_own_level(province: Unit, clerk: User) -> None:
    directive = samples.reviewed(province, clerk)

    def waiting(user: User) -> list[Directive]:
        return list(queries.waiting_for(org_access.viewer_of(user, day=AT.date())))

    assert waiting(factories.person("leader", "00")) == [directive]
    assert waiting(clerk) == []
    assert waiting(factories.person("leader", "99001")) == []


def test_the_same_file_again_leads_to_the_document_already_there(province: Unit, clerk: User) -> None:
    first = samples.received(province, clerk)
    with pytest.raises(actions.DirectiveKnown) as known:
        samples.received(province, clerk, name="ban-sao.txt")
    assert known.value.directive_id == first.pk
    assert Directive.objects.count() == 1


def test_the_same_issuer_symbol_and_date_in_another_file_leads_there_too(province: Unit, clerk: User) -> None:
    first = samples.received(province, clerk)
    with pytest.raises(actions.DirectiveKnown) as known:
        samples.received(province, clerk, text=samples.NOTICE.replace("Trần Văn Mẫu", "Lê Văn Mẫu"))
    assert known.value.directive_id == first.pk
    assert StoredFile.objects.count() == 1


def test_another_owner_registers_his_own_copy(province: Unit, clerk: User) -> None:
    samples.received(province, clerk)
    commune = Unit.objects.get(pk="99001")
    assert samples.received(commune, factories.person("consolidator", "99001-DU")).owner == commune


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "rong.txt"),
        (b"MZ\x90\x00" + b"\x00" * 200, "chuong-trinh.docx"),
        ("MẬT\n\nSố 01-TB/TU".encode(), "mat.txt"),
    ],
)
def test_a_refused_file_leaves_no_row_and_no_file(
    province: Unit, clerk: User, uploads: Path, content: bytes, name: str
) -> None:
    with pytest.raises(reading.Refusal):
        actions.receive_directive(content=content, name=name, circulation="internal", owner=province, by=clerk, at=AT)
    assert not Directive.objects.exists()
    assert not StoredFile.objects.exists()
    assert not uploads.exists()


def test_a_task_is_confirmed_only_with_exactly_one_lead_and_a_content(province: Unit, clerk: User) -> None:
    item = samples.tasks_of(samples.received(province, clerk))[2]
    draft = TaskDraft.from_json(item.settled)
    with pytest.raises(actions.ItemIncomplete, match="Một việc một đầu mối chủ trì"):
        actions.accept_item(item_id=item.pk, draft=draft, by=clerk, at=AT)
    settled = actions.with_body(draft, "body:00/SNV")
    accepted = actions.accept_item(item_id=item.pk, draft=settled, by=clerk, at=AT)
    assert (accepted.state, accepted.decided_label) == (ItemState.ACCEPTED, clerk.full_name)


def test_a_split_task_gives_one_task_per_line_and_points_into_the_text(province: Unit, clerk: User) -> None:
    directive = samples.received(province, clerk)
    item = samples.tasks_of(directive)[2]
    parts = ["rà soát định mức trang thiết bị của cấp xã", "Báo cáo Ban Chỉ đạo tỉnh"]
    made = actions.split_item(item_id=item.pk, parts=parts, by=clerk, at=AT)
    assert [each.settled["content"] for each in made] == parts
    assert made[0].quote == parts[0]
    assert directive.text[made[0].start : made[0].end] == parts[0]
    assert made[1].quote == item.quote
    item.refresh_from_db()
    assert item.state == ItemState.SPLIT
    with pytest.raises(actions.ReviewClosed):
        actions.drop_item(item_id=item.pk, by=clerk, at=AT)
    with pytest.raises(actions.ItemIncomplete):
        actions.split_item(item_id=made[0].pk, parts=["một dòng", "  "], by=clerk, at=AT)


def test_a_merged_task_joins_the_one_before_it(province: Unit, clerk: User) -> None:
    directive = samples.received(province, clerk)
    first, second, _ = samples.tasks_of(directive)
    joined = actions.merge_item(item_id=second.pk, by=clerk, at=AT)
    assert joined.pk == first.pk
    assert joined.quote == directive.text[first.start : second.end]
    assert joined.settled["content"] == f"{first.settled['content']}; {second.settled['content']}"
    with pytest.raises(actions.CannotMerge):
        actions.merge_item(item_id=first.pk, by=clerk, at=AT)


def test_a_sentence_left_over_becomes_a_task_to_settle(province: Unit, clerk: User) -> None:
    directive = samples.received(province, clerk)
    start = directive.text.index("Ngày 30/10/2026")
    item = actions.add_item(directive_id=directive.pk, start=start, end=start + 15, by=clerk, at=AT)
    assert (item.quote, item.rule, item.state) == ("Ngày 30/10/2026", "person.added", ItemState.PENDING)
    with pytest.raises(actions.ItemIncomplete):
        actions.add_item(directive_id=directive.pk, start=10**6, end=10**6 + 5, by=clerk, at=AT)


def test_the_review_cannot_be_finished_with_open_items(province: Unit, clerk: User) -> None:
    directive = samples.received(province, clerk)
    with pytest.raises(actions.ReviewIncomplete, match="mục chưa rà soát"):
        actions.finish_review(directive_id=directive.pk, clarify_by=None, by=clerk, at=AT)


def test_a_finished_review_takes_no_more_changes_until_it_is_given_back(province: Unit, clerk: User) -> None:
    directive = samples.reviewed(province, clerk)
    item = samples.tasks_of(directive)[0]
    with pytest.raises(actions.ReviewClosed):
        actions.reconsider_item(item_id=item.pk, by=clerk, at=AT)
    second = factories.person("leader", "00")
    again = actions.reopen_review(directive_id=directive.pk, reason="Thiếu việc của Sở Nội vụ", by=second, at=AT)
    assert (again.state, again.reviewed_by) == (DirectiveState.REVIEWING, "")
    assert actions.reconsider_item(item_id=item.pk, by=clerk, at=AT).state == ItemState.PENDING


def test_the_database_itself_refuses_the_reviewer_as_second_person(province: Unit, clerk: User) -> None:
    directive = samples.reviewed(province, clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Directive.objects.filter(pk=directive.pk).update(
            state=DirectiveState.IN_FORCE, in_force_at=AT, in_force_by=str(clerk.pk)
        )


def test_a_corrected_head_must_not_meet_another_document(province: Unit, clerk: User) -> None:
    samples.received(province, clerk)
    other = samples.received(province, clerk, text=samples.NOTICE.replace("05-TB", "06-TB"))
    same = {
        "symbol": "05-TB/BCĐ",
        "issuer": other.issuer,
        "issued_on": other.issued_on,
        "title": "Trích yếu",
        "circulation": "internal",
        "programme_code": "",
    }
    with pytest.raises(actions.DirectiveKnown):
        actions.describe_directive(directive_id=other.pk, by=clerk, at=AT, **same)
    kept = actions.describe_directive(
        directive_id=other.pk, by=clerk, at=AT, **{**same, "symbol": "07 TB/BCĐ", "title": "  Thông   báo "}
    )
    assert (kept.symbol, kept.title) == ("07-TB/BCĐ", "Thông báo")


def test_a_citation_leads_to_the_document_that_came_later(province: Unit, clerk: User) -> None:
    citing = samples.received(
        province,
        clerk,
        text=samples.NOTICE.replace("05-TB", "06-TB").replace(
            "Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị",
            "Thông báo số 05-TB/BCĐ, ngày 02/11/2026 của Ban Chỉ đạo tỉnh",
        ),
    )
    assert citing.citations.get(symbol="05-TB/BCĐ").cited is None
    cited = samples.received(province, clerk)
    assert citing.citations.get(symbol="05-TB/BCĐ").cited == cited
    viewer = org_access.viewer_of(clerk, day=AT.date())
    assert [each.directive_id for each in queries.cited_documents(citing, viewer)] == [cited.pk]
    assert list(queries.citing_documents(cited, viewer)) == [citing]


def test_marks_and_plain_stretches_give_back_the_whole_text(province: Unit, clerk: User) -> None:
    page = queries.review_page(samples.received(province, clerk))
    assert "".join(part.text for part in page.segments) == samples.NOTICE
    assert page.pending_count == ReadItem.objects.count()
    assert page.current_id == page.cards[0].item.pk
