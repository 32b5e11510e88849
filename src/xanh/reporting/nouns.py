"""What an indicator's numerator counts, for "cần thêm 386 đảng viên"."""

from __future__ import annotations

# The things that the indicators of the catalogue count. A numerator that begins with none of them gets no noun: a
# number alone is better than a noun cut in the middle ("16 cán").
COUNTED = (
    *("đảng viên", "hồ sơ đảng viên", "chi bộ", "cơ quan", "cơ quan, đơn vị", "trang tài liệu", "phiên", "phiên họp"),
    *("cuộc", "cuộc họp", "cuộc giám sát", "cuộc tiếp xúc cử tri", "kiến nghị", "kiến nghị cử tri", "kỳ họp"),
    *("đại biểu", "đại biểu HĐND", "tài liệu", "nghị quyết", "chức danh", "hồ sơ", "hồ sơ công việc", "hồ sơ kỳ họp"),
    *("hội viên", "đoàn viên", "đoàn viên, hội viên", "tổ chức", "kỳ tuần", "Ban Công tác Mặt trận", "văn bản"),
    *("phản ánh, kiến nghị", "cán bộ", "cán bộ, công chức", "cán bộ chuyên trách", "lượt người", "lượt đánh giá"),
    *("hội nghị", "khu dân cư", "Tổ", "giao dịch", "TTHC", "thôn, tổ dân phố", "người", "người trưởng thành"),
    *("tài khoản", "đối tượng", "cơ sở giáo dục", "hệ thống thông tin", "sự cố", "nhiệm vụ"),
)
_LONGEST_FIRST = sorted(COUNTED, key=len, reverse=True)
_LEADS = ("Tổng số ", "Số ")


def counted(numerator: str) -> str:
    """The noun with which a numerator begins ("Số đảng viên đã cài đặt …" → "đảng viên"), "" when none is known."""
    lead = next((lead for lead in _LEADS if numerator.startswith(lead)), None)
    if lead is None:
        return ""
    rest = numerator.removeprefix(lead)
    # The noun must end where a word ends: "tổ" is not found in "tổng".
    return next((noun for noun in _LONGEST_FIRST if f"{rest} ".startswith((f"{noun} ", f"{noun}, "))), "")
