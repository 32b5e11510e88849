"""Numbers as documents print them, and which digits are no quantities at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xanh.reading import moments
from xanh.reading.view import View, letters, one_of, words

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+[.,]\d+|\d+"
_TOKEN = re.compile(rf"(?<![\w.,])(?<!\d/)(?:{NUMBER})(?![\w]|[.,/]\d|\s*/\s*\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
# Words before a number that make it an ordinal, a level, a name or a reference.
_NAMING_BEFORE = words(
    r"(?<!\w)"
    + one_of("""
thôn | số | lần thứ | thứ | khóa | quý | tháng | năm | ngày | giai đoạn | mức độ | mức | cấp độ | phiên bản | Đồi
điều | khoản | mục | điểm [a-zđ] khoản | đường | quốc lộ | tổ | khu phố | ấp | bản | phụ lục | biểu | mẫu
Hệ thống | chỉ đạo | BCĐ | nhóm | lớp | hạng | phần | chương | Đề án | Nghị quyết | Quyết định | Chương trình
Kế hoạch | Kết luận | Chỉ thị | Luật | trang | bảng | tầng | phòng | giờ | covid | nhiệm kỳ | loại | bước | vùng
kênh | kỳ
""")
    + r" ?$",
    re.IGNORECASE,
)
_UNIT_AFTER_NO = words(
    r" ?(?:G(?!\w)|rõ|cấp(?!\w)(?! (?:thẻ|tài))|/\d|h\d|giờ|năm(?! học)|tuổi|tháng(?!\w)|quý|lần/|x\d|°|km/h)"
)
_DATES = words(
    rf"(?<![\d/.,])(?:ngày )?\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?(?![\d/])|ngày \d{{1,2}} tháng "
    rf"\d{{1,2}}(?: năm \d{{4}})?|(?:năm|giai đoạn|nhiệm kỳ) \d{{4}}(?: ?- ?\d{{4}})?|"
    rf"\d{{4}} ?- ?\d{{4}}|tháng \d{{1,2}}(?:/\d{{4}})?|{moments.HOUR}(?! làm)"
)


@dataclass(frozen=True)
class Number:
    """A quantity and its place."""

    start: int
    end: int
    value: float


def value_of(printed: str) -> float:
    """Point = thousands, comma = decimal; a lone point with other than three digits is a decimal one (OCR)."""
    if _THOUSANDS.fullmatch(printed):
        printed = printed.replace(".", "")
    return float(printed.replace(",", "."))


def blank_dates(flat: str) -> str:
    """The text without days, months, years and hours; same length. Fractions followed by a noun stay."""

    def blank(hit: re.Match[str]) -> str:
        fraction = re.fullmatch(r"(\d{1,2})/(\d{1,2})", hit[0])
        if fraction and (int(fraction[2]) > 12 or words(r" (?!và|đến|đã|,)[a-zà-ỹđ]+").match(flat, hit.end())):  # noqa: PLR2004
            before = flat[max(0, hit.start() - 9) : hit.start()]
            if not re.search(r"(?:ngày|từ|đến|trước)\s*$", before):
                return hit[0]
        return " " * len(hit[0])

    return _DATES.sub(blank, flat)


def find(flat: str, start: int, end: int) -> list[Number]:
    """The quantities of a stretch of text whose dates and citations are blank."""
    found = []
    for hit in _TOKEN.finditer(flat, start, end):
        before = flat[max(0, hit.start() - 26) : hit.start()]
        after = flat[hit.end() : hit.end() + 24]
        named = _NAMING_BEFORE.search(before) and not words(r"tổng số ?$", re.IGNORECASE).search(before)
        address = re.match(letters(r"\s[A-ZĐÀ-Ỹ][a-zà-ỹ]+\s[A-ZĐÀ-Ỹ]"), after)
        if named or address or _UNIT_AFTER_NO.match(after):
            continue
        found.append(Number(hit.start(), hit.end(), value_of(hit[0])))
    return found


PHRASE_STOP = words(
    r"[,;.:()“”|\n]|(?<!\w)"
    + one_of("""
trong | tại | với | và(?= (?:\\d|đã|được)) | để | qua | đã | theo | đạt | chiếm | lên | nhằm | góp | trên | so với
hoạt động | phục vụ | gồm | từ | đến | là | có(?= (?:tỷ|trình)) | đảm bảo | bảo đảm | thuộc | do
""")
    + r"|(?<!\w)/"
)


def phrase_after(view: View, at: int, end: int, *, full: bool = False) -> int:
    """The end of the noun phrase that begins at `at`; with `full` it runs to the next mark of punctuation."""
    stop = re.compile(r"[,;.:()|\n]").search(view.flat, at, end) if full else PHRASE_STOP.search(view.flat, at, end)
    return view.trim(at, stop.start() if stop else end)[1]


UNIT = words(
    r" ?(?P<unit>"
    + one_of("""
cơ quan, đơn vị | lượt người | điểm cầu | cụm loa | giờ làm việc | ngày làm việc | tài khoản | hộp thư
trường hợp | cán bộ | doanh nghiệp | hộ gia đình | hộ kinh doanh | người dân | văn bản | hồ sơ | phòng họp
cá nhân | chỉ tiêu | tin bài | đại biểu | đảng viên | thành viên | dịch vụ | thủ tục | máy tính | thiết bị
đơn vị | học sinh | hợp tác xã | mô hình | nhiệm vụ | sản phẩm | chữ ký số | chi bộ | lao động | công chức
viên chức | hội viên | đoàn viên | lớp học | nhân khẩu | thửa đất | cơ sở | tổ chức | ý kiến | dự án | nền tảng
mã số | lượt | camera | đầu mối
""")
    + r"|[^\W\d_]+(?!\w))"
)
