"""Why a file is not read, said to people: what happened, why, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RefusalCode(StrEnum):
    """The reasons for which a file is turned away."""

    EMPTY = "EMPTY"
    TOO_LARGE = "TOO_LARGE"
    PASSWORD_PROTECTED = "PASSWORD_PROTECTED"  # noqa: S105  (a reason, not a secret)
    CORRUPT = "CORRUPT"
    BOMB = "BOMB"
    UNSUPPORTED = "UNSUPPORTED"
    SECRET = "SECRET"  # noqa: S105  (a reason, not a secret)
    NO_TEXT = "NO_TEXT"
    TIMEOUT = "TIMEOUT"


MESSAGES: dict[RefusalCode, str] = {
    RefusalCode.EMPTY: "Tệp trống, không có nội dung nào để đọc. Đề nghị kiểm tra lại tệp và chọn đúng tệp văn bản.",
    RefusalCode.TOO_LARGE: (
        "Tệp lớn hơn mức {limit} MB nên hệ thống không tiếp nhận. Đề nghị giảm dung lượng ảnh trong "
        "văn bản hoặc tách phụ lục thành tệp riêng."
    ),
    RefusalCode.PASSWORD_PROTECTED: (
        "Tệp có đặt mật khẩu nên không mở được. Đề nghị mở tệp trên máy của đơn vị, gỡ mật khẩu rồi tải lên lại."
    ),
    RefusalCode.CORRUPT: (
        "Tệp bị hỏng hoặc thiếu phần nên không mở được. Đề nghị mở thử bằng phần mềm soạn thảo, lưu "
        "lại thành tệp mới rồi tải lên."
    ),
    RefusalCode.BOMB: (
        "Tệp bung ra lớn bất thường so với dung lượng, có dấu hiệu gây hại nên hệ thống không mở. "
        "Đề nghị lấy lại tệp từ nơi gửi và báo bộ phận an toàn thông tin."
    ),
    RefusalCode.UNSUPPORTED: (
        "Hệ thống chỉ đọc tệp DOCX, PDF, TXT và MD; nội dung tệp này không thuộc các loại đó. "
        "Đề nghị lưu văn bản thành DOCX hoặc PDF rồi tải lên lại."
    ),
    RefusalCode.SECRET: (
        "Tài liệu có dấu hiệu là bí mật nhà nước. Hệ thống không tiếp nhận, không lưu tệp. "
        "Đề nghị dừng thao tác trên máy có kết nối mạng và báo Văn phòng Đảng ủy xử lý theo Luật số 117/2025/QH15."
    ),
    RefusalCode.NO_TEXT: (
        "Tệp chỉ có ảnh chụp hoặc bản quét, không có chữ để đọc. Đề nghị lấy bản điện tử (DOCX hoặc "
        "PDF có chữ) từ nơi ban hành."
    ),
    RefusalCode.TIMEOUT: (
        "Đọc tệp mất quá nhiều thời gian hoặc bộ nhớ nên hệ thống đã dừng. Đề nghị tách tệp thành "
        "các phần ngắn hơn rồi tải lên lại."
    ),
}


class Refusal(Exception):
    """The file is not read; `message` is shown to the person as it stands."""

    def __init__(self, code: RefusalCode, *, limit_mb: int = 25) -> None:
        self.code = code
        self.message = MESSAGES[code].format(limit=limit_mb)
        super().__init__(self.message)


@dataclass(frozen=True)
class Limits:
    """How much a file may cost: sizes in bytes, times in seconds."""

    file_bytes: int = 25 * 1024 * 1024
    unpacked_bytes: int = 200 * 1024 * 1024
    unpacking_ratio: int = 150
    archive_entries: int = 5000
    pages: int = 500
    cpu_seconds: int = 30
    wall_seconds: int = 45
    memory_bytes: int = 1024 * 1024 * 1024


DEFAULT_LIMITS = Limits()
