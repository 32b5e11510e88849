"""Mentions of other documents: how far a quote reaches, what is none, how short and wrong forms are resolved."""

from __future__ import annotations

import pytest

from xanh import reading

HEAD = "ĐẢNG ỦY XÃ TÂN MẪU\n*\nSố 05-KH/ĐU\n\nTân Mẫu, ngày 03 tháng 3 năm 2026\n\nKẾ HOẠCH\nsố hóa tài liệu\n\n"


def cited(body: str) -> list[reading.Citation]:
    return list(reading.read_text(HEAD + body, file="a.txt").citations)


def test_the_quote_has_type_number_date_and_issuer_but_never_the_subject() -> None:
    (found,) = cited(
        "Căn cứ Kế hoạch số 22-KH/TU, ngày 10/01/2026 của Ban Thường vụ Tỉnh ủy Mẫu về dữ liệu dùng chung."
    )
    assert found.quote == "Kế hoạch số 22-KH/TU, ngày 10/01/2026 của Ban Thường vụ Tỉnh ủy Mẫu"
    assert (found.symbol, found.issued_on, found.issuer) == ("22-KH/TU", "2026-01-10", "Ban Thường vụ Tỉnh ủy Mẫu")
    assert found.subject == "dữ liệu dùng chung"


@pytest.mark.parametrize(
    ("text", "type_code", "symbol", "issued_on"),
    [
        ("Nghị định 85/2016/NĐ-CP", "NĐ", "85/2016/NĐ-CP", None),
        ("nghị quyết số 57–NQ/TW", "NQ", "57-NQ/TW", None),
        ("Công văn số 12/UBND-VHXH ngày 04 tháng 12 năm 2025", "CV", "12/UBND-VHXH", "2025-12-04"),
        ("Luật Giao dịch điện tử số 20/2023/QH15", "Luật", "20/2023/QH15", None),
        ("Kế hoạch hành động số 08-KH/TU", "KH", "08-KH/TU", None),
    ],
)
def test_numbered_mentions(text: str, type_code: str, symbol: str, issued_on: str | None) -> None:
    (found,) = cited(f"Thực hiện {text}; Văn phòng báo cáo.")
    assert (found.quote, found.type, found.symbol, found.issued_on) == (text, type_code, symbol, issued_on)


def test_a_list_shares_its_type_word() -> None:
    first, second = cited("Thực hiện các Nghị quyết số 57-NQ/TW, 59-NQ/TW.")
    assert (first.quote, second.quote, second.type) == ("Nghị quyết số 57-NQ/TW", "59-NQ/TW", "NQ")


def test_a_short_form_takes_the_symbol_printed_elsewhere() -> None:
    full, short = cited("Nghị quyết số 57-NQ/TW đã rõ. Thực hiện Nghị quyết 57 cho tốt.")
    assert (short.quote, short.number, short.symbol) == ("Nghị quyết 57", "57", full.symbol)
    (alone,) = cited("Thực hiện Nghị quyết 57 cho tốt.")
    assert (alone.form, alone.symbol) == ("numbered", None)


def test_a_wrong_code_stays_and_points_to_the_document_that_is_meant() -> None:
    wrong = cited("Thực hiện Nghị quyết số 57-KH/TW và Nghị quyết số 57-NQ/TW.")[0]
    assert (wrong.symbol, wrong.resolves_to) == ("57-KH/TW", "57-NQ/TW")


def test_a_central_steering_board_has_its_own_code() -> None:
    (found,) = cited("Theo Kế hoạch số 01-KH/TW của Ban Chỉ đạo Trung ương.")
    assert found.resolves_to == "01-KH/BCĐTW"


def test_the_body_that_issues_is_taken_from_the_clause() -> None:
    (found,) = cited("Đảng ủy xã ban hành Quyết định số 20-QĐ/ĐU ngày 01/02/2026 về chức năng của Tổ.")
    assert found.issuer == "Đảng ủy xã"


@pytest.mark.parametrize(
    ("text", "type_code"),
    [
        ("Luật An ninh mạng", "Luật"),
        ("Luật Khoa học, Công nghệ và Đổi mới sáng tạo", "Luật"),
        ("Đề án 06", "ĐA"),
        ("Nghị quyết Đại hội Đảng bộ xã nhiệm kỳ 2025-2030", "NQ"),
        ("Chương trình hành động của Chính phủ", "CTr"),
    ],
)
def test_documents_named_by_type_and_title_alone(text: str, type_code: str) -> None:
    (found,) = cited(f"Cán bộ đã học {text}; sau đó làm bài.")
    assert (found.quote, found.form, found.type, found.symbol) == (text, "named", type_code, None)


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch này và Nghị quyết trên",
        "Kế hoạch số 05-KH/ĐU của Đảng ủy xã",
        "Hệ thống 57, mạng 4G, mức độ 3,4, tỷ lệ 18/18",
        "các tổ chức CT-XH; đạt 85/100 điểm; ngày 01/7",
        "xây dựng Kế hoạch phát triển hạ tầng số giai đoạn 2026 - 2030",
        "bảng\nĐề án\n3 việc",
    ],
)
def test_what_is_no_mention_of_another_document(text: str) -> None:
    assert cited(f"Các đơn vị xem {text}.") == []


def test_the_line_that_attaches_an_annex_is_none() -> None:
    assert cited("Nội dung.\n\nPHỤ LỤC\n(Kèm theo Kế hoạch số 77-KH/TU ngày 01/01/2026)\n") == []


def test_a_doubled_letter_is_mended_only_where_the_unit_is_printed_singly_elsewhere() -> None:
    both = cited("Công văn số 10/UBND-VHXXH; Công văn số 11/UBND-VHXH.")
    assert [item.symbol for item in both] == ["10/UBND-VHXH", "11/UBND-VHXH"]
    assert [item.symbol for item in cited("Công văn số 10/UBND-VHXXH.")] == ["10/UBND-VHXXH"]
