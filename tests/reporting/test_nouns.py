"""The noun of "cần thêm 386 đảng viên" is whole or missing, never cut in the middle."""

from __future__ import annotations

import pytest

from xanh.reporting import nouns


@pytest.mark.parametrize(
    ("numerator", "noun"),
    [
        ("Số đảng viên đã cài đặt và đăng nhập lần đầu", "đảng viên"),
        ("Số hồ sơ đảng viên đã cập nhật, chuẩn hóa", "hồ sơ đảng viên"),
        ("Số cán bộ, công chức có mặt đã được tập huấn trong năm", "cán bộ, công chức"),
        ("Số phản ánh, kiến nghị đã xử lý đúng hạn", "phản ánh, kiến nghị"),
        ("Số hồ sơ chưa có kết quả, đã quá ngày hẹn trả", "hồ sơ"),
        ("Tổng số đoàn viên, hội viên các tổ chức đã cập nhật", "đoàn viên, hội viên"),
        ("Số kỳ họp HĐND có sử dụng phần mềm", "kỳ họp"),
        ("Số đại biểu HĐND đã được cấp tài khoản", "đại biểu HĐND"),
        ("Số Tổ có đại diện Mặt trận, đoàn thể", "Tổ"),
    ],
)
def test_the_longest_known_noun_is_taken_whole(numerator: str, noun: str) -> None:
    assert nouns.counted(numerator) == noun


@pytest.mark.parametrize("numerator", ["Ngày ký ban hành kế hoạch", "Số dân trong vùng phủ sóng 5G", ""])
def test_what_is_not_known_gets_no_noun(numerator: str) -> None:
    assert nouns.counted(numerator) == ""
