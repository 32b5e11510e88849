"""Roster files: an Excel or CSV file as a grid of text, the template to fill, the list of people to download."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO, StringIO

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from xanh.core import dates, text
from xanh.people.roles import ROLES

COLUMNS = (
    "Mã đơn vị",
    "Họ và tên",
    "Tên đăng nhập",
    "Thư điện tử",
    "Điện thoại",
    "Vai trò",
    "Chức danh",
    "Là người duyệt thay",
    "Từ ngày",
    "Đến ngày",
    "Văn bản bố trí",
)
FILE_MAX_BYTES = 2 * 1024 * 1024
UNPACKED_MAX_BYTES = 40 * 1024 * 1024
ROWS_MAX = 2000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Grid = list[list[str]]


class FileUnreadable(Exception):
    """The file is no roster that can be read; the message says why and what to do."""


def read_grid(content: bytes) -> Grid:
    """The first sheet as rows of text, the first row being the heads; empty rows at the end left out.

    Dates become dd/MM/yyyy and whole numbers lose Excel's ".0". Raises FileUnreadable.
    """
    if not content:
        raise FileUnreadable("Tệp trống. Đề nghị chọn tệp đã điền danh sách.")
    if len(content) > FILE_MAX_BYTES:
        raise FileUnreadable("Tệp lớn hơn 2 MB. Đề nghị chỉ giữ bảng danh sách, hoặc chia thành nhiều tệp.")
    grid = _read_excel(content) if content.startswith(b"PK") else _read_csv(content)
    while grid and not any(grid[-1]):
        grid.pop()
    if not grid:
        raise FileUnreadable("Tệp không có dòng nào. Đề nghị chọn tệp đã điền danh sách.")
    if len(grid) - 1 > ROWS_MAX:
        raise FileUnreadable("Danh sách dài hơn 2.000 dòng. Đề nghị chia thành nhiều tệp.")
    return grid


def _read_excel(content: bytes) -> Grid:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            # A small file may unpack to gigabytes; the sizes stand in its table of contents.
            if sum(member.file_size for member in packed.infolist()) > UNPACKED_MAX_BYTES:
                raise FileUnreadable("Tệp Excel quá lớn khi mở ra. Đề nghị chỉ giữ bảng danh sách rồi lưu lại.")
        rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, CalamineError, OSError, IndexError) as error:
        raise FileUnreadable(
            "Không đọc được tệp Excel, có thể tệp hỏng hoặc đặt mật khẩu. Đề nghị mở bằng Excel, lưu lại rồi thử lại."
        ) from error
    return [[_cell_text(cell) for cell in row] for row in rows]


def _cell_text(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return dates.format_date(cell)
    if isinstance(cell, bool):
        return "có" if cell else "không"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(text.nfc(str(cell)).split())


def _read_csv(content: bytes) -> Grid:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        written = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileUnreadable(
            "Không đọc được chữ trong tệp. Đề nghị lưu lại dạng Excel (.xlsx), hoặc CSV với mã UTF-8."
        ) from error
    if "\x00" in written:
        raise FileUnreadable("Tệp không phải bảng Excel hay CSV. Đề nghị dùng tệp mẫu.")
    head = written.strip("\r\n").split("\n", 1)[0]
    delimiter = max("\t;,", key=head.count)
    try:
        # The reader itself tells the three kinds of line ends apart.
        rows = list(csv.reader(StringIO(written, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FileUnreadable(
            "Không chia được tệp CSV thành ô, có thể thừa dấu ngoặc kép. Đề nghị lưu lại dạng Excel (.xlsx) rồi gửi."
        ) from error
    return [[_cell_text(cell) for cell in row] for row in rows]


INSTRUCTIONS = (
    "Mỗi dòng là một người giữ một chức danh. Một người giữ nhiều chức danh thì ghi nhiều dòng cùng Tên đăng nhập.",
    "Mã đơn vị: mã khối như 99001-UB, mã xã như 99001, mã cơ quan như 00-VPTU. Xem ở Quản trị, mục Đơn vị.",
    "Tên đăng nhập: chữ thường không dấu, số, dấu chấm hoặc gạch; mỗi người một tên, không dùng chung.",
    "Vai trò: ghi đúng một trong các vai trò ở bảng bên dưới.",
    "Là người duyệt thay: ghi “có” hoặc để trống; chỉ dùng với vai trò Người duyệt.",
    "Từ ngày, Đến ngày: dạng 20/11/2026. Đến ngày là ngày cuối còn giữ chức danh; để trống nếu chưa có.",
    "Hệ thống kiểm tra cả tệp, chỉ rõ từng ô chưa đúng, và chỉ ghi khi cả tệp đúng và được xác nhận.",
)


def template() -> bytes:
    """The Excel file to fill: heads, one example, the instructions on a second sheet."""
    example = ("99001-UB", "Nguyễn Thị Mẫu", "mau.nguyen.99001", "", "", "Nhập liệu", "Công chức Văn hóa - Xã hội")
    rest = ("", "01/07/2025", "", "01-QĐ/MẪU ngày 01/07/2025")
    out = BytesIO()
    # Text stays text: a cell that begins with "=" must never become a formula on somebody's machine.
    with xlsxwriter.Workbook(out, _TEXT_ONLY) as book:
        bold, wrap = book.add_format({"bold": True, "bg_color": "#E5EFE9"}), book.add_format({"text_wrap": True})
        as_text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("Danh sách")
        sheet.freeze_panes(1, 0)
        # As text, or Excel drops the leading zeros of codes.
        sheet.set_column(0, len(COLUMNS) - 1, 22, as_text)
        for column, head in enumerate(COLUMNS):
            sheet.write_string(0, column, head, bold)
        for column, value in enumerate((*example, *rest)):
            sheet.write_string(1, column, value, as_text)
        sheet.data_validation(
            1, 5, ROWS_MAX, 5, {"validate": "list", "source": [role.label for role in ROLES.values()]}
        )
        guide = book.add_worksheet("Hướng dẫn")
        guide.set_column(0, 0, 90, wrap)
        for row, line in enumerate((*INSTRUCTIONS, "", *(f"{role.label}: {role.duty}" for role in ROLES.values()))):
            guide.write_string(row, 0, line, wrap)
    return out.getvalue()


_TEXT_ONLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def sheet_of(title: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A plain Excel file of text cells."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, _TEXT_ONLY) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True, "bg_color": "#E5EFE9"})
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(heads):
            sheet.set_column(column, column, 24)
            sheet.write_string(0, column, head, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return out.getvalue()
