"""The Word file: form of the page, text as data, and how it looks when an office opens it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.publishing.conftest import Office
from xanh.assessment import actions as assessment
from xanh.publishing import document, letters, reports, word
from xanh.publishing.kinds import Template

BANNER = "DỮ LIỆU MẪU – SỐ LIỆU KHÔNG CÓ THẬT"


def opened(written: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(written))


def report(office: Office, *, is_sample: bool = False, **how: object) -> bytes:
    content = reports.build(office.scope(**how), office.viewer, is_sample=is_sample)  # type: ignore[arg-type]
    return document.report_bytes(content, at=office.now)


def test_margins_page_numbers_and_line_pitch_follow_the_form(office: Office) -> None:
    file = opened(report(office))
    first = file.sections[0]
    sides = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    for got, wanted in zip(sides, (20, 20, 30, 15), strict=True):
        assert abs(got - Mm(wanted)) < Mm(0.1)
    assert abs(first.page_width - Mm(210)) < Mm(0.1)
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml
    assert "PAGE" not in first.first_page_header._element.xml
    body = next(p for p in file.paragraphs if p.text.startswith("Thực hiện Nghị quyết"))
    assert body.paragraph_format.line_spacing == Pt(18)
    assert abs(body.paragraph_format.first_line_indent - Mm(10)) < Mm(0.1)
    assert body._element.pPr.find(qn("w:jc")).get(qn("w:val")) == "both"
    assert {run.font.name for run in body.runs} == {"Times New Roman"}


def test_head_and_foot_are_tables_without_borders(office: Office) -> None:
    file = opened(report(office))
    head, foot = file.tables[0], next(table for table in file.tables if "Nơi nhận:" in table.cell(0, 0).text)
    for table in (head, foot):
        assert table._element.tblPr.find(qn("w:tblBorders")) is None
        assert len(table.columns) == 2
    assert head.cell(0, 0).text.split("\n")[:3] == ["ĐẢNG BỘ TỈNH MẪU", "ĐẢNG ỦY XÃ TÂN MẪU", "*"]
    assert head.cell(0, 1).text.startswith("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert foot.cell(0, 0).text.endswith("- Lưu Văn phòng Đảng ủy.")
    assert foot.cell(0, 0).text.count(";") == 4
    heading = foot.cell(0, 0).paragraphs[0].runs[0]
    assert heading.font.underline
    assert not heading.font.bold


def test_every_page_of_invented_figures_carries_the_banner(office: Office) -> None:
    for is_sample in (True, False):
        first = opened(report(office, is_sample=is_sample)).sections[0]
        for header in (first.header, first.first_page_header):
            assert (BANNER in header._element.xml) == is_sample


def test_typed_text_stays_text(office: Office) -> None:
    words = [p.text for p in opened(report(office)).paragraphs]
    assert any("điện thoại thông minh <b>." in line for line in words)


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert word.run("a\x00b\x0bc\ud800d", size=14, font="Times New Roman").findtext(f".//{word.q('t')}") == "abcd"


def test_wide_annexes_lie_across(office: Office) -> None:
    last = opened(report(office)).sections[-1]
    assert last.page_width > last.page_height


def in_tinos(written: bytes) -> bytes:
    """Times New Roman is not free; Tinos has its widths and all Vietnamese letters, so the pages break alike."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Times New Roman", b"Tinos"))
    return out.getvalue()


def can_render() -> bool:
    if not (shutil.which("soffice") and shutil.which("fc-list")):
        return False
    return b"Tinos" in subprocess.run(["fc-list"], check=True, capture_output=True).stdout


def pages(written: bytes, at: Path, name: str) -> list[str]:
    """The text of each page as LibreOffice lays it out."""
    source = at / f"{name}.docx"
    source.write_bytes(in_tinos(written))
    profile = f"-env:UserInstallation=file://{at}/profile"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(at), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    with pypdfium2.PdfDocument(at / f"{name}.pdf") as pdf:
        return [page.get_textpage().get_text_bounded().replace("\r", "") for page in pdf]


@pytest.mark.office
@pytest.mark.skipif(not can_render(), reason="needs LibreOffice and fonts-croscore")
def test_the_reports_open_with_numbers_from_the_second_page_on(office: Office, tmp_path: Path) -> None:
    party = pages(report(office, is_sample=True), tmp_path, "party")
    assert len(party) > 3
    assert all(BANNER in page for page in party)
    assert not party[0].lstrip().startswith("1")
    assert party[1].lstrip().startswith("2")
    assert "Phụ lục" in "".join(party)
    state = pages(report(office, template=Template.STATE), tmp_path, "state")
    # The national title is one line: it did not overflow its column.
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in state[0].replace("\xa0", " ")
    assert not any(BANNER in page for page in state)


@pytest.mark.office
@pytest.mark.skipif(not can_render(), reason="needs LibreOffice and fonts-croscore")
def test_a_letter_has_one_page_per_addressee(office: Office, tmp_path: Path) -> None:
    assessment.close(round_id=office.round.pk, at=office.now + timedelta(hours=2))
    office.round.refresh_from_db()
    made = {
        names_all: letters.build(
            office.round,
            office.nation.unit("00"),
            "SKHCN",
            names_all=names_all,
            is_sample=False,
            now=office.now + timedelta(hours=3),
        )
        for names_all in (False, True)
    }
    own = pages(document.letter_bytes(made[False], at=office.now), tmp_path, "own")
    assert len(own) == 2
    assert "Hưng Mẫu" in own[0]
    assert "Đảo Mẫu" not in own[0]
    assert len(pages(document.letter_bytes(made[True], at=office.now), tmp_path, "all")) == 1
