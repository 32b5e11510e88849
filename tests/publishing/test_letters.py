"""The letter after a closing: who signs, to whom, in which words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.publishing.conftest import Office
from xanh.assessment import actions as assessment
from xanh.org import actions as org_actions
from xanh.org.access import viewer_of
from xanh.publishing import actions, letters
from xanh.publishing.models import Letter


@pytest.fixture
def closed(office: Office) -> Office:
    assessment.close(round_id=office.round.pk, at=office.now + timedelta(hours=2))
    office.round.refresh_from_db()
    return office


def built(office: Office, code: str, *, names_all: bool = False) -> letters.LetterContent:
    return letters.build(
        office.round,
        office.nation.unit("00"),
        code,
        names_all=names_all,
        is_sample=False,
        now=office.now + timedelta(hours=3),
    )


def test_nobody_is_urged_before_the_closing(office: Office) -> None:
    with pytest.raises(letters.RoundStillOpen, match="Nhắc việc"):
        built(office, "VPTU")


def test_the_party_office_writes_to_party_committees_over_its_own_symbol(closed: Office) -> None:
    letter = built(closed, "VPTU")
    assert (letter.head.parent, letter.head.issuer) == ("TỈNH ỦY MẪU", "VĂN PHÒNG")
    assert letter.head.number == "Số       -CV/VPTU"
    assert letter.foot.title == "CHÁNH VĂN PHÒNG"
    assert [page.addressees for page in letter.pages] == [
        ("Đồng chí Bí thư Đảng ủy phường Hưng Mẫu",),
        ("Đồng chí Bí thư Đảng ủy đặc khu Đảo Mẫu",),
    ]
    assert letter.pages[0].paragraphs[0].text == (
        "Đến 17 giờ 00 ngày 20/11/2026 chưa nhận được báo cáo ngày 20/11/2026 khối Đảng ủy, khối HĐND, khối MTTQ. "
        "Đề nghị đồng chí kiểm tra."
    )


def test_the_department_writes_to_committees_and_asks(closed: Office) -> None:
    letter = built(closed, "SKHCN")
    assert letter.head.number.startswith("Số: ")
    assert "/SKHCN-" in letter.head.number
    assert letter.pages[0].addressees == ("Ủy ban nhân dân phường Hưng Mẫu",)
    assert "khối UBND. Sở Khoa học và Công nghệ đề nghị" in letter.pages[0].paragraphs[0].text


def test_each_addressee_reads_his_own_line_unless_the_signer_decides_otherwise(closed: Office) -> None:
    own = built(closed, "VPTU")
    assert len(own.pages) == 2
    assert "Đảo Mẫu" not in own.pages[0].paragraphs[0].text
    together = built(closed, "VPTU", names_all=True)
    assert len(together.pages) == 1
    assert "- Đặc khu Đảo Mẫu: khối Đảng ủy, khối MTTQ." in [p.text for p in together.pages[0].paragraphs]


def test_the_database_holds_one_letter_a_round_and_office(closed: Office) -> None:
    province = closed.nation.unit("00")
    how = {"of_round": closed.round, "province": province, "names_all": False, "is_sample": False}
    at = closed.now + timedelta(hours=3)
    first, is_new = actions.draft_letter(office_code="VPTU", by=closed.secretary, at=at, **how)  # type: ignore[arg-type]
    again, is_new_again = actions.draft_letter(office_code="VPTU", by=closed.leader, at=at, **how)  # type: ignore[arg-type]
    assert (is_new, is_new_again, first.pk) == (True, False, again.pk)
    Letter.objects.filter(pk=first.pk).update(office_code="SKHCN")
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(
            round=closed.round,
            province=province,
            office_code="SKHCN",
            missing=[],
            sha256="0",
            file=first.file,
            made_by="1",
            made_label="",
            made_at=at,
        )


def test_a_person_urges_in_the_name_of_his_own_office_only(office: Office) -> None:
    province = office.nation.unit("00")
    org_actions.ensure_body(owner=province, body_code="SKHCN", by=None, at=office.now)
    found = {
        code: letters.offices_for(viewer_of(factories.person("consolidator", code), day=date(2026, 11, 20)), province)
        for code in ("00-SKHCN", "00-VPTU", "99001")
    }
    assert found == {"00-SKHCN": ["SKHCN"], "00-VPTU": ["VPTU"], "99001": []}
