"""A request that only reads cannot write: the connection itself refuses the statement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from xanh.events import actions as events
from xanh.events.models import Event
from xanh.kit.readonly import ReadOnlyGetMiddleware, WriteDuringGet
from xanh.people.models import User

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


def _event() -> Event:
    return events.build(kind="demo.loaded", subject=("demo", 1), by=None, at=AT)


def _insert() -> None:
    _event().save()


def _insert_many() -> None:
    Event.objects.bulk_create([_event(), _event()])


def _insert_unless_there() -> None:
    Event.objects.bulk_create([_event()], ignore_conflicts=True)


def _update() -> None:
    Event.objects.update(kind="user.created")


def _delete() -> None:
    Event.objects.filter(pk__gt=0).delete()


def _raw_in_capitals() -> None:
    with connection.cursor() as cursor:
        cursor.execute("\n  DELETE FROM events_event")


def _after_a_comment() -> None:
    with connection.cursor() as cursor:
        cursor.execute("/* tidy up */ DELETE FROM events_event")


def _through_a_common_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH old AS (SELECT id FROM events_event) DELETE FROM events_event WHERE id IN (SELECT id FROM old)"
        )


WRITES = [
    _insert,
    _insert_many,
    _insert_unless_there,
    _update,
    _delete,
    _raw_in_capitals,
    _after_a_comment,
    _through_a_common_table,
]


def _answer(method: str, work: Callable[[], object]) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        # A block of its own, so that the test can still count rows after the refusal.
        with transaction.atomic():
            work()
        return HttpResponse("xong")

    return ReadOnlyGetMiddleware(view)(RequestFactory().generic(method, "/"))


@pytest.mark.parametrize("work", WRITES, ids=lambda work: work.__name__.strip("_"))
def test_a_get_that_writes_is_refused_and_changes_nothing(work: Callable[[], None]) -> None:
    _insert()
    before = list(Event.objects.order_by("id").values())
    with pytest.raises(WriteDuringGet, match="events_event"):
        _answer("GET", work)
    assert list(Event.objects.order_by("id").values()) == before


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_the_other_reading_methods_are_under_the_same_guard(method: str) -> None:
    with pytest.raises(WriteDuringGet):
        _answer(method, _insert)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_writing_method_may_write(method: str) -> None:
    before = Event.objects.count()
    assert _answer(method, _insert).status_code == 200
    assert Event.objects.count() == before + 1


def test_a_get_may_read() -> None:
    assert _answer("GET", lambda: list(Event.objects.all())).content.decode() == "xong"


def test_a_get_may_keep_its_session() -> None:
    _answer("GET", lambda: Session.objects.create(session_key="k" * 32, session_data="", expire_date=AT))
    assert Session.objects.filter(session_key="k" * 32).exists()


def test_a_get_may_note_on_the_account_that_somebody_came_in() -> None:
    user = User.objects.create_user("nguoi-doc", full_name="Nguyễn Văn Đọc")
    _answer("GET", lambda: User.objects.filter(pk=user.pk).update(last_login=AT))
    user.refresh_from_db()
    assert user.last_login == AT


def test_tables_whose_names_only_begin_like_an_exempt_one_are_guarded() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE people_userx (id integer)")
        with pytest.raises(WriteDuringGet, match="people_userx"):
            _answer("GET", lambda: cursor.execute("INSERT INTO people_userx VALUES (1)"))


def test_the_guard_ends_with_the_request() -> None:
    before = Event.objects.count()
    with pytest.raises(WriteDuringGet):
        _answer("GET", _insert)
    _insert()
    assert Event.objects.count() == before + 1
