"""A notice of the fictitious Tỉnh Mẫu: two dated tasks and a reporting duty, as text and as a Word file."""

from __future__ import annotations

import io

import docx

SYMBOL = "17-TB/BCĐ"
FIRST_TASK = "xây dựng tài liệu hướng dẫn kê khai số liệu chuyển đổi số"
SECOND_TASK = "rà soát số thôn chưa có cáp quang"
NOTICE = """TỈNH ỦY MẪU
BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ TỈNH
*
Số 17-TB/BCĐ

ĐẢNG CỘNG SẢN VIỆT NAM

Mẫu, ngày 19 tháng 11 năm 2026

THÔNG BÁO

KẾT LUẬN CỦA TRƯỞNG BAN CHỈ ĐẠO TẠI PHIÊN HỌP THỨ TƯ

Ngày 18/11/2026, Ban Chỉ đạo tỉnh đã họp phiên thứ tư về kết quả thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024 \
của Bộ Chính trị. Trưởng Ban Chỉ đạo tỉnh kết luận như sau:

I- NHIỆM VỤ CỤ THỂ

1. Giao Sở Khoa học và Công nghệ chủ trì, phối hợp với Văn phòng Tỉnh ủy xây dựng tài liệu hướng dẫn kê khai số liệu \
chuyển đổi số, trình Trưởng Ban Chỉ đạo tỉnh ban hành trước ngày 27/11/2026.

2. Giao Văn phòng Tỉnh ủy rà soát số thôn chưa có cáp quang, báo cáo Ban Chỉ đạo tỉnh trước ngày 04/12/2026.

II- CHẾ ĐỘ BÁO CÁO

Đề nghị các xã, phường báo cáo kết quả thực hiện về Văn phòng Tỉnh ủy trước 11 giờ 00 thứ Sáu hằng tuần.

Nơi nhận:
- Ban Chỉ đạo tỉnh,
- Lưu Văn phòng Tỉnh ủy.

TRƯỞNG BAN

Trần Văn Mẫu
"""


def as_word(text: str) -> bytes:
    """The text as a Word file, one paragraph a line."""
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()
