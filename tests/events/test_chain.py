"""The log proves that it was not changed, and says which event or batch was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from xanh.events import actions, queries
from xanh.events.kinds import KINDS
from xanh.events.models import Event, EventBatch, ReadingLog
from xanh.people.models import User

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 7, 0, 0, 123456, tzinfo=UTC)
CONTENT = ("at", "kind", "subject", "unit_code", "by", "by_label", "facts", "digest")


@pytest.fixture(autouse=True)
def empty_log() -> None:
    """Start from an empty log: loading the sample nation writes into it."""
    _clear()


def _clear() -> None:
    Event.objects.all().delete()
    EventBatch.objects.all().delete()
    ReadingLog.objects.all().delete()


def _record(number: int = 1, **fields: Any) -> Event:
    values: dict[str, Any] = {
        "kind": "task.updated",
        "subject": ("task", number),
        "by": None,
        "at": AT + timedelta(minutes=number),
        "facts": {"value": number},
    }
    return actions.record(**{**values, **fields})


def _seal() -> EventBatch:
    batch = actions.seal(at=AT)
    assert batch is not None
    return batch


def _two_batches() -> tuple[list[Event], list[EventBatch]]:
    """Events 1, 2, 3 in the first batch and 4, 5 in the second."""
    events = [_record(number) for number in (1, 2, 3)]
    first = _seal()
    events += [_record(number) for number in (4, 5)]
    return events, [first, _seal()]


def _swap(one: Event, other: Event) -> None:
    for event, source in ((one, other), (other, one)):
        Event.objects.filter(pk=event.pk).update(**{field: getattr(source, field) for field in CONTENT})


class TestASoundLog:
    def test_sealed_and_loose_events_are_counted(self) -> None:
        _two_batches()
        _record(6)
        outcome = queries.verify()
        assert (outcome.sound, outcome.fault) == (True, "")
        assert (outcome.events, outcome.batches, outcome.unsealed) == (5, 2, 1)

    def test_an_empty_log_is_sound_and_makes_no_batch(self) -> None:
        assert actions.seal(at=AT) is None
        assert queries.verify() == queries.Verification(events=0, batches=0, unsealed=0, fault="")

    def test_sealing_twice_seals_nothing_twice(self) -> None:
        _two_batches()
        assert actions.seal(at=AT) is None

    def test_each_batch_begins_where_the_one_before_ends(self) -> None:
        _, (first, second) = _two_batches()
        assert (first.previous_root, second.previous_root) == ("0" * 64, first.root)

    def test_an_event_committed_late_goes_into_the_next_batch(self) -> None:
        late, early = _record(1), _record(2)
        Event.objects.filter(pk=late.pk).delete()
        first = _seal()
        late.save(force_insert=True)  # keeps its lower number
        second = _seal()
        assert late.pk < early.pk
        assert [list(batch.events.values_list("pk", flat=True)) for batch in (first, second)] == [[early.pk], [late.pk]]
        assert queries.verify().sound

    def test_a_long_queue_is_sealed_in_portions(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "SEAL_AT_MOST", 2)
        for number in (1, 2, 3):
            _record(number)
        assert [_seal().count, _seal().count] == [2, 1]
        assert queries.verify().sound

    def test_the_database_refuses_a_fork(self) -> None:
        _, (first, _) = _two_batches()
        first.pk, first.root = None, "f" * 64
        with pytest.raises(IntegrityError), transaction.atomic():
            first.save(force_insert=True)


class TestAChangedLog:
    @pytest.mark.parametrize(
        "change",
        [
            {"facts": {"value": 99}},
            {"by_label": "Trần Văn Khác"},
            {"by": "77"},
            {"kind": "task.accepted"},
            {"subject": "task:99"},
            {"unit_code": "99002"},
            {"at": AT + timedelta(microseconds=1)},
        ],
        ids=lambda change: next(iter(change)),
    )
    @pytest.mark.parametrize("sealed", [True, False], ids=["sealed", "loose"])
    def test_every_field_of_an_event_is_covered(self, change: dict[str, Any], *, sealed: bool) -> None:
        event = _record(3)
        if sealed:
            _seal()
        Event.objects.filter(pk=event.pk).update(**change)
        assert queries.verify().fault == f"Sự kiện số {event.pk} đã bị thay đổi sau khi ghi."

    def test_a_change_with_a_fresh_digest_breaks_the_root_of_its_batch(self) -> None:
        events, (first, _) = _two_batches()
        forged = actions.build(kind="task.updated", subject=("task", 2), by=None, at=AT, facts={"value": 99})
        Event.objects.filter(pk=events[1].pk).update(**{field: getattr(forged, field) for field in CONTENT})
        assert queries.verify().fault == f"Mã băm của lô số {first.pk} không khớp."

    def test_a_deleted_event_is_missed_in_its_batch(self) -> None:
        events, (_, second) = _two_batches()
        Event.objects.filter(pk=events[3].pk).delete()
        outcome = queries.verify()
        assert outcome.fault == f"Lô số {second.pk} thiếu sự kiện hoặc đứt chuỗi."
        assert (outcome.sound, outcome.events, outcome.batches) == (False, 3, 1)

    def test_an_event_taken_out_of_its_batch_is_missed(self) -> None:
        events, (first, _) = _two_batches()
        Event.objects.filter(pk=events[0].pk).update(batch=None)
        assert queries.verify().fault == f"Lô số {first.pk} thiếu sự kiện hoặc đứt chuỗi."

    def test_an_event_put_into_a_batch_later_is_found(self) -> None:
        _, (first, _) = _two_batches()
        late = _record(6)
        Event.objects.filter(pk=late.pk).update(batch=first)
        EventBatch.objects.filter(pk=first.pk).update(count=4, last_event=late.pk)
        assert queries.verify().fault == f"Mã băm của lô số {first.pk} không khớp."

    def test_a_changed_root_is_found(self) -> None:
        _, (first, _) = _two_batches()
        EventBatch.objects.filter(pk=first.pk).update(root="f" * 64)
        assert queries.verify().fault == f"Mã băm của lô số {first.pk} không khớp."

    def test_the_root_of_the_last_batch_is_checked_too(self) -> None:
        _, (_, second) = _two_batches()
        EventBatch.objects.filter(pk=second.pk).update(root="f" * 64)
        assert queries.verify().fault == f"Mã băm của lô số {second.pk} không khớp."

    def test_a_batch_removed_with_its_events_breaks_the_chain_after_it(self) -> None:
        _, (first, second) = _two_batches()
        first.events.all().delete()
        first.delete()
        assert queries.verify().fault == f"Lô số {second.pk} thiếu sự kiện hoặc đứt chuỗi."

    def test_a_swapped_order_within_a_batch_is_found(self) -> None:
        events, (first, _) = _two_batches()
        _swap(events[0], events[1])
        assert queries.verify().fault == f"Mã băm của lô số {first.pk} không khớp."

    def test_a_swap_between_batches_is_found_in_the_earlier_one(self) -> None:
        events, (first, _) = _two_batches()
        _swap(events[2], events[3])
        assert queries.verify().fault == f"Mã băm của lô số {first.pk} không khớp."

    @pytest.mark.parametrize("field", ["first_event", "last_event"])
    def test_the_numbers_that_a_batch_names_are_checked(self, field: str) -> None:
        _, (_, second) = _two_batches()
        EventBatch.objects.filter(pk=second.pk).update(**{field: 999_999})
        assert queries.verify().fault == f"Lô số {second.pk} thiếu sự kiện hoặc đứt chuỗi."

    def test_a_batch_that_holds_events_cannot_be_deleted(self) -> None:
        _, (first, _) = _two_batches()
        with pytest.raises(IntegrityError):
            first.delete()


class TestRecording:
    def test_an_unknown_kind_is_refused(self) -> None:
        with pytest.raises(actions.UnknownKind, match=r"task\.forgotten"):
            _record(kind="task.forgotten")
        assert not Event.objects.exists()

    def test_the_label_says_who_acted_in_which_capacity(self) -> None:
        user = User.objects.create_user("lan", full_name="Nguyễn Thị Lan")
        event = _record(by=user, capacity="Chánh Văn phòng")
        assert (event.by, event.by_label) == (str(user.pk), "Nguyễn Thị Lan (Chánh Văn phòng)")
        assert _record(by=user).by_label == "Nguyễn Thị Lan"
        assert (_record().by, _record().by_label) == ("", "")

    def test_the_longest_name_and_capacity_fit_and_are_still_covered(self) -> None:
        user = User.objects.create_user("dai", full_name="N" * 200)
        event = _record(by=user, capacity="C" * 200)
        assert len(event.by_label) <= 240
        assert queries.verify().sound

    def test_the_digest_covers_what_is_stored(self) -> None:
        facts = {"due_on": date(2026, 11, 20), "share": Decimal("32.01"), 5: "năm", "rows": (1, 2)}
        event = _record(facts=facts)
        stored = Event.objects.get(pk=event.pk)
        assert stored.facts == {"due_on": "2026-11-20", "share": "32.01", "5": "năm", "rows": [1, 2]}
        assert stored.at == event.at
        assert queries.verify().sound

    def test_the_same_instant_in_another_zone_gives_the_same_digest(self) -> None:
        fields: dict[str, Any] = {
            "kind": "task.updated", "subject": "task:1", "unit_code": "", "by": "", "by_label": "", "facts": {}
        }  # fmt: skip
        hanoi = datetime.fromisoformat("2026-11-20T14:00:00.123456+07:00")
        assert actions.digest_of(at=hanoi, **fields) == actions.digest_of(at=AT, **fields)


# NUL and lone surrogates can be stored by no database.
_words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_scalars = st.none() | st.booleans() | st.integers(-(10**18), 10**18) | _words | st.dates() | st.decimals(places=2)
_facts = st.dictionaries(_words, _scalars | st.lists(_scalars, max_size=3), max_size=4)
_events = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(sorted(KINDS)),
        "unit_code": st.sampled_from(["", "00", "99001-UB"]),
        "at": st.datetimes(datetime(2025, 7, 1), datetime(2045, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
        "facts": _facts,
    }
)
_batches = st.lists(st.lists(_events, min_size=1, max_size=3), min_size=1, max_size=4)


def _sealed(batches: list[list[dict[str, Any]]]) -> None:
    _clear()
    for batch in batches:
        for fields in batch:
            _record(**fields)
        _seal()


class TestAnySplitIntoBatches:
    @settings(max_examples=40, deadline=None)
    @given(batches=_batches, loose=st.lists(_events, max_size=2))
    def test_is_sound(self, batches: list[list[dict[str, Any]]], loose: list[dict[str, Any]]) -> None:
        _sealed(batches)
        for fields in loose:
            _record(**fields)
        outcome = queries.verify()
        assert outcome.fault == ""
        assert (outcome.events, outcome.batches, outcome.unsealed) == (sum(map(len, batches)), len(batches), len(loose))

    @settings(max_examples=25, deadline=None)
    @given(batches=_batches, choice=st.randoms(use_true_random=False))
    def test_names_the_one_event_that_was_changed(self, batches: list[list[dict[str, Any]]], choice: Any) -> None:
        _sealed(batches)
        event = choice.choice(list(Event.objects.all()))
        Event.objects.filter(pk=event.pk).update(facts={**event.facts, "sửa": "thêm"}, unit_code="changed")
        assert queries.verify().fault == f"Sự kiện số {event.pk} đã bị thay đổi sau khi ghi."


class TestReadings:
    def _three(self) -> list[ReadingLog]:
        inspector = User.objects.create_user("kiem-tra", full_name="Lê Văn Kiểm")
        return [
            actions.record_reading(
                decision=f" {number:02d}-QĐ/UBKT ",
                scope="99001",
                by=inspector,
                capacity="Kiểm tra viên",
                at=AT + timedelta(days=number),
            )
            for number in (1, 2, 3)
        ]

    def test_a_reading_names_its_decision_and_the_reader(self) -> None:
        reading = self._three()[0]
        assert (reading.decision, reading.by_label) == ("01-QĐ/UBKT", "Lê Văn Kiểm (Kiểm tra viên)")
        assert queries.verify_readings() == ""

    @pytest.mark.parametrize(
        "change",
        [{"decision": "09-QĐ"}, {"scope": "00"}, {"by": "777777"}, {"by_label": "Khác"}, {"at": AT}],
        ids=lambda change: next(iter(change)),
    )
    def test_a_changed_reading_is_found(self, change: dict[str, Any]) -> None:
        second = self._three()[1]
        ReadingLog.objects.filter(pk=second.pk).update(**change)
        assert queries.verify_readings().startswith(f"Lần đọc số {second.pk} ")

    def test_a_deleted_reading_is_found_at_the_one_after_it(self) -> None:
        _, second, third = self._three()
        second.delete()
        assert queries.verify_readings().startswith(f"Lần đọc số {third.pk} ")

    def test_the_database_refuses_a_reading_without_a_decision(self) -> None:
        inspector = User.objects.create_user("kiem-tra", full_name="Lê Văn Kiểm")
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.record_reading(decision="  ", scope="00", by=inspector, capacity="Kiểm tra viên", at=AT)
