"""Files become text: Word numbering, tables, footnotes; PDF columns, tables, pages; plain text as it is."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from docx.document import Document as WordDocument

from tests.reading import build
from xanh import reading
from xanh.reading import numbering, screening, worker


def extracted(content: bytes, name: str) -> reading.Extracted:
    """Parsed in this process: the limited process gives the same (test_refusals proves it) and takes longer."""
    limits = reading.DEFAULT_LIMITS
    return worker.parse(content, screening.kind_of(content, name), limits)


LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%4)"/></w:lvl>'
    '<w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
    '<w:lvl w:ilvl="5"><w:numFmt w:val="bullet"/><w:lvlText w:val="+"/></w:lvl>'
    '<w:lvl w:ilvl="6"><w:numFmt w:val="none"/><w:lvlText w:val="Điều"/></w:lvl>'
)
NUMBERING = (
    f'<w:numbering {build.NS}><w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'  # noqa: E501
    "</w:numbering>"
)


def text_of(*paragraphs: str, **parts: str) -> str:
    content = build.with_parts(build.lines_of("x"), document=build.body(*paragraphs), numbering=NUMBERING, **parts)
    return extracted(content, "a.docx").text


def test_word_numbering_is_written_out_as_it_is_seen() -> None:
    text = text_of(
        build.paragraph("NHIỆM VỤ", number=(1, 0)), build.paragraph("Văn phòng", number=(1, 1)),
        build.paragraph("Lập sổ", number=(1, 2)), build.paragraph("Gửi sổ", number=(1, 2)),
        build.paragraph("Một", number=(1, 3)), build.paragraph("Hai", number=(1, 3)),
        build.paragraph("Gạch", number=(1, 4)), build.paragraph("Cộng", number=(1, 5)),
        build.paragraph("Công an", number=(1, 1)), build.paragraph("Bàn giao", number=(1, 2)),
        build.paragraph("TỔ CHỨC", number=(1, 0)), build.paragraph("Phòng", number=(1, 1)),
        build.paragraph("Từ năm", number=(2, 1)), build.paragraph("trống", number=(1, 6)), build.paragraph("thường", number=(9, 0)),  # noqa: E501
    )  # fmt: skip
    assert text.split("\n") == [
        "I. NHIỆM VỤ", "1. Văn phòng", "1.1. Lập sổ", "1.2. Gửi sổ", "a) Một", "b) Hai", "- Gạch", "+ Cộng", "2. Công an",  # noqa: E501
        "2.1. Bàn giao", "II. TỔ CHỨC", "1. Phòng", "5. Từ năm", "Điều trống", "thường", "",
    ]  # fmt: skip


def test_a_style_may_carry_the_numbering() -> None:
    styles = (
        f'<w:styles {build.NS}><w:style w:styleId="Muc"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'  # noqa: E501
        "</w:pPr></w:style></w:styles>"
    )
    text = text_of(build.paragraph("một", style="Muc"), build.paragraph("hai", style="Muc"), styles=styles)
    assert text == "1. một\n2. hai\n"


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [(4, "upperRoman", "IV"), (9, "lowerRoman", "ix"), (28, "upperLetter", "BB"), (3, "lowerLetter", "c"), (7, "decimalZero", "07"), (12, "decimal", "12")],  # noqa: E501
)  # fmt: skip
def test_numbers_in_the_forms_of_word(number: int, form: str, shown: str) -> None:
    assert numbering.written(number, form) == shown


def test_footnotes_stand_after_their_paragraph() -> None:
    notes = f'<w:footnotes {build.NS}><w:footnote w:id="2"><w:p><w:r><w:t>Có 102 điểm cầu.</w:t></w:r></w:p></w:footnote></w:footnotes>'  # noqa: E501
    text = text_of(build.paragraph("Hội nghị đã họp", note=2), build.paragraph("Sau đó", note=7), footnotes=notes)
    assert text == "Hội nghị đã họp¹\n¹ Có 102 điểm cầu.\nSau đó\n"


def test_runs_breaks_deletions_and_text_boxes() -> None:
    odd = (
        "<w:p><w:r><w:t>Lập</w:t><w:tab/><w:t>kế</w:t><w:br/><w:t>hoạch</w:t></w:r><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
        '<w:ins><w:r><w:t xml:space="preserve"> mới</w:t></w:r></w:ins><w:r><w:t>Wi</w:t><w:noBreakHyphen/><w:t>Fi</w:t></w:r></w:p>'  # noqa: E501
    )
    box = "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"  # noqa: E501
    control = "<w:sdt><w:sdtContent><w:p><w:r><w:t>Trong ô</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    assert text_of(odd, box, control) == "Lập kế hoạch mớiWi-Fi\nTrong khung\nTrong ô\n"


def test_decomposed_letters_are_composed() -> None:
    assert text_of(build.paragraph(unicodedata.normalize("NFD", "Đảng ủy"))) == "Đảng ủy\n"


def merged_table(document: WordDocument) -> None:
    table = document.add_table(rows=3, cols=3)
    for row, words in enumerate((("TT", "Nội dung", "Chủ trì"), ("1", "Lập sổ", "Văn phòng"), ("2", "Gửi sổ", ""))):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    table.cell(1, 2).merge(table.cell(2, 2))
    wide = table.add_row()
    wide.cells[0].merge(wide.cells[1]).text = "Tổng"
    wide.cells[2].text = "2"


def test_table_rows_stand_on_one_line_and_the_file_tells_merged_from_empty() -> None:
    found = extracted(build.word(merged_table), "a.docx")
    assert found.text.split("\n")[:4] == [
        "TT | Nội dung | Chủ trì",
        "1 | Lập sổ | Văn phòng",
        "2 | Gửi sổ | ",
        "Tổng | 2",
    ]
    (table,) = found.blocks
    assert [cell.continues for cell in table.rows[2].cells] == [False, False, True]
    assert [(cell.column, cell.span) for cell in table.rows[3].cells] == [(0, 2), (2, 1)]
    for row in table.rows:
        assert " | ".join(found.text[cell.start : cell.end] for cell in row.cells) == found.text[row.start : row.end]


def test_plain_text_is_kept_as_it_is_but_for_line_ends_and_composition(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("\ufeffĐảng ủy\r\nxã".encode())
    found = reading.extract(path)
    assert (found.text, found.media_type) == ("Đảng ủy\nxã", "text/plain")


def test_utf_16_with_its_mark_is_read() -> None:
    assert extracted("Kế hoạch".encode("utf-16"), "a.txt").text == "Kế hoạch"


COLUMNS = [(60.0, 60.0, "ĐẢNG ỦY XÃ TÂN MẪU"), (330.0, 60.0, "ĐẢNG CỘNG SẢN VIỆT NAM"), (60.0, 78.0, "Số 05-KH/ĐU"), (330.0, 78.0, "Tân Mẫu, ngày 03 tháng 3 năm 2026")]  # fmt: skip  # noqa: E501


def test_a_two_column_head_is_read_left_column_first() -> None:
    text = extracted(build.pdf([COLUMNS]), "a.pdf").text
    assert text.split("\n")[:4] == [
        "ĐẢNG ỦY XÃ TÂN MẪU",
        "Số 05-KH/ĐU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Tân Mẫu, ngày 03 tháng 3 năm 2026",
    ]


def test_lines_of_one_paragraph_are_joined_also_over_a_page_break_and_page_numbers_go() -> None:
    first = [(60.0, 700.0, "1. Văn phòng Đảng ủy lập danh sách tài liệu cần số hóa của các chi bộ và"), (60.0, 718.0, "gửi Thường trực Đảng ủy; lập sổ theo dõi việc trả kết quả cho các chi")]  # fmt: skip  # noqa: E501
    second = [
        (290.0, 40.0, "2"),
        (60.0, 80.0, "bộ trước ngày 20/3/2026."),
        (60.0, 98.0, "2. Ban Xây dựng Đảng kiểm tra."),
    ]
    text = extracted(build.pdf([first, second]), "a.pdf").text
    assert text == (
        "1. Văn phòng Đảng ủy lập danh sách tài liệu cần số hóa của các chi bộ và gửi Thường trực Đảng ủy; lập sổ theo dõi "  # noqa: E501
        "việc trả kết quả cho các chi bộ trước ngày 20/3/2026.\n2. Ban Xây dựng Đảng kiểm tra.\n"
    )


def test_running_heads_are_dropped() -> None:
    pages = [[(60.0, 30.0, "Kế hoạch của xã Tân Mẫu"), (60.0, 200.0, f"{n}. Việc thứ {n} của xã.")] for n in (1, 2, 3)]
    assert (
        extracted(build.pdf(pages), "a.pdf").text
        == "1. Việc thứ 1 của xã.\n2. Việc thứ 2 của xã.\n3. Việc thứ 3 của xã.\n"
    )


def test_a_ruled_table_of_a_pdf_keeps_its_cells() -> None:
    across = [(50.0, y, 500.0, y) for y in (100.0, 130.0, 160.0)] + [(50.0, 190.0, 500.0, 190.0)]
    down = [(x, 100.0, x, 190.0) for x in (50.0, 100.0, 300.0, 500.0)]
    words = [
        (55.0, 120.0, "TT"), (105.0, 120.0, "Nội dung"), (305.0, 120.0, "Cơ quan chủ trì"), (55.0, 150.0, "1"), (105.0, 150.0, "Lập sổ"),  # noqa: E501
        (305.0, 150.0, "Văn phòng Đảng ủy"), (55.0, 180.0, "2"), (105.0, 180.0, "Gửi sổ"), (305.0, 180.0, "Công an xã"), (60.0, 60.0, "Danh mục việc"),  # noqa: E501
    ]  # fmt: skip
    found = extracted(build.pdf([words], rules=[*across, *down]), "a.pdf")
    assert (
        found.text
        == "Danh mục việc\nTT | Nội dung | Cơ quan chủ trì\n1 | Lập sổ | Văn phòng Đảng ủy\n2 | Gửi sổ | Công an xã\n"
    )
    (table,) = found.blocks
    assert (len(table.rows), table.width) == (3, 3)


def test_a_merged_cell_of_a_pdf_table_continues_the_cell_above() -> None:
    rules = [
        (50.0, 100.0, 300.0, 100.0),
        (50.0, 130.0, 300.0, 130.0),
        (50.0, 160.0, 150.0, 160.0),
        (50.0, 190.0, 300.0, 190.0),
    ]
    rules += [(x, 100.0, x, 190.0) for x in (50.0, 150.0, 300.0)]
    words = [
        (55.0, 120.0, "Nội dung"),
        (155.0, 120.0, "Chủ trì"),
        (55.0, 150.0, "Lập sổ"),
        (155.0, 150.0, "Công an xã"),
        (55.0, 180.0, "Gửi sổ"),
    ]
    (table,) = extracted(build.pdf([words], rules=rules), "a.pdf").blocks
    assert [cell.continues for cell in table.rows[2].cells] == [False, True]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"%PDF-1.7 cut off", "a.pdf", reading.RefusalCode.CORRUPT),
        (build.pdf([[(60.0, 80.0, "12 / 30")]]), "a.pdf", reading.RefusalCode.NO_TEXT),
        (build.pdf([[(60.0, 80.0, "TỐI MẬT")]]), "a.pdf", reading.RefusalCode.SECRET),
        (build.lines_of("1"), "a.docx", reading.RefusalCode.NO_TEXT),
        (build.with_parts(build.lines_of("x"), document="<w:d"), "a.docx", reading.RefusalCode.CORRUPT),
        (build.with_parts(build.lines_of("x"), document="<d/>"), "a.docx", reading.RefusalCode.CORRUPT),
    ],
)
def test_parsers_refuse_what_they_cannot_read(content: bytes, name: str, code: reading.RefusalCode) -> None:
    with pytest.raises(reading.Refusal) as refused:
        extracted(content, name)
    assert refused.value.code is code


def test_a_pdf_with_too_many_pages_is_refused() -> None:
    limits = reading.Limits(pages=1)
    with pytest.raises(reading.Refusal) as refused:
        worker.parse(build.pdf([COLUMNS, COLUMNS]), screening.Kind.PDF, limits)
    assert refused.value.code is reading.RefusalCode.TIMEOUT


def test_a_row_without_words_gives_no_line() -> None:
    def fill(document: WordDocument) -> None:
        table = document.add_table(rows=2, cols=2)
        table.cell(1, 0).text = "Sổ"
        table.cell(1, 1).text = "Lớp"

    assert extracted(build.word(fill), "a.docx").text == "Sổ | Lớp\n"


def test_a_hyphen_at_the_end_of_a_line_is_undone() -> None:
    page = [
        (60.0, 100.0, "Văn phòng lập danh sách tài liệu của các chi bộ trong năm nay, công-"),
        (60.0, 118.0, "khai sổ."),
    ]
    assert extracted(build.pdf([page]), "a.pdf").text.endswith("côngkhai sổ.\n")
