"""Who sees, updates and judges which task; who reads which document."""

from __future__ import annotations

from datetime import date

import pytest

from tests import factories
from tests.directives import samples
from tests.tasks.cases import Work
from xanh.directives import access as directive_access
from xanh.directives.models import Circulation, Directive
from xanh.org import access as org_access
from xanh.org import loading
from xanh.org.models import Unit
from xanh.people.models import User
from xanh.tasks import access
from xanh.tasks.models import Task

DAY = date(2026, 11, 25)


def viewer(role: str, unit: str) -> org_access.Viewer:
    return org_access.viewer_of(factories.person(role, unit), day=DAY)


def of(user: User) -> org_access.Viewer:
    return org_access.viewer_of(user, day=DAY)


@pytest.mark.parametrize(
    ("role", "unit", "sees", "updates", "judges"),
    [
        ("clerk", "99001-UB", True, True, False),
        ("clerk", "99001-DU", True, True, False),
        ("consolidator", "99001-DU", True, True, False),
        ("leader", "99001", True, True, False),
        ("inspector", "99001", True, False, False),
        ("unit_admin", "99001", False, False, False),
        ("clerk", "99002-UB", False, False, False),
        ("leader", "99002", False, False, False),
        ("leader", "00", True, False, True),
        ("consolidator", "00-DU", True, False, True),
        ("owner", "00-UB", True, False, False),
        ("leader", "00-UB", True, False, False),
        ("system_admin", "VN", False, False, False),
    ],
)
def test_the_commune_s_task_is_seen_updated_and_judged_by(
    work: Work, role: str, unit: str, *, sees: bool, updates: bool, judges: bool
) -> None:
    who = viewer(role, unit)
    assert access.can_see(who, work.commune) is sees
    assert access.can_update(who, work.commune) is updates
    assert access.can_judge(who, work.commune) is judges


def test_a_body_of_the_same_block_does_not_write_for_its_neighbour(work: Work) -> None:
    assert access.can_update(viewer("clerk", "00-VPTU"), work.office)
    Task.objects.filter(pk=work.office.pk).update(lead="00-SKHCN")
    moved = Task.objects.select_related("lead", "directive").get(pk=work.office.pk)
    assert not access.can_update(viewer("clerk", "00-VPTU"), moved)
    assert access.can_update(viewer("leader", "00-UB"), moved)
    assert access.can_judge(viewer("leader", "00-UB"), moved)


def test_the_common_task_is_seen_by_its_giver_and_by_units_below_it_but_updated_by_nobody(work: Work) -> None:
    assert access.can_see(of(work.worker), work.parent)
    assert access.can_see(of(work.giver), work.parent)
    assert not access.can_update(of(work.giver), work.parent)
    loading.load_territories(factories.NEIGHBOUR, valid_from=factories.START)
    stranger = viewer("leader", "98001")
    assert not access.can_see(stranger, work.parent)
    assert not access.knows(stranger, work.parent)
    assert access.knows(viewer("unit_admin", "99001"), work.commune)


def test_a_document_is_read_by_its_owner_s_office_before_and_by_addressees_after_it_is_in_force(work: Work) -> None:
    assert directive_access.can_see(of(work.worker), work.directive)
    other = samples.received(
        Unit.objects.get(pk="00"), work.giver, text=samples.NOTICE.replace("05-TB", "06-TB"), name="06.txt"
    )
    assert directive_access.can_see(of(work.giver), other)
    assert directive_access.can_see(viewer("leader", "00"), other)
    assert not directive_access.can_see(of(work.worker), other)
    assert not directive_access.can_see(viewer("clerk", "00-UB"), other)


def test_a_restricted_document_is_closed_to_roles_without_that_right(work: Work) -> None:
    Directive.objects.filter(pk=work.directive.pk).update(circulation=Circulation.RESTRICTED)
    assert directive_access.can_see(of(work.worker), work.directive)
    owner = viewer("owner", "99001-UB")
    assert not directive_access.can_see(owner, work.directive)
    assert not access.can_see(owner, work.commune)
    assert access.can_see(of(work.worker), work.commune)


def test_a_province_does_not_review_its_commune_s_documents(work: Work) -> None:
    commune = Unit.objects.get(pk="99001")
    own = factories.person("consolidator", "99001-DU")
    document = samples.received(commune, own)
    assert directive_access.home_owner(of(own)) == commune
    assert directive_access.can_review(of(own), document)
    assert not directive_access.can_review(of(work.giver), document)
    assert directive_access.can_see(of(work.giver), document)
    assert directive_access.can_put_in_force(viewer("leader", "99001"), document)
    assert not directive_access.can_put_in_force(viewer("leader", "99002"), document)
    assert directive_access.home_owner(viewer("leader", "00")) is None
