"""Help that belongs to no single page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xanh.web import guards


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the list of keys."""

    keys: str
    act: str
    where: str


KEYS = (
    KeyLine("Alt+1 … Alt+6", "Mở Hôm nay, Báo cáo, Nhiệm vụ, Bảng điều hành, Văn bản, Từ điển chỉ tiêu", "mọi trang"),
    KeyLine("?", "Mở bảng phím tắt ở cuối trang", "mọi trang, khi không ở trong ô nhập"),
    KeyLine("Ctrl+Enter", "Xác nhận các số không thay đổi; Duyệt; Nhận", "Nhập báo cáo, Duyệt, Rà soát văn bản"),
    KeyLine("Ctrl+↓", "Sang mục tiếp theo", "Duyệt, Rà soát văn bản"),
    KeyLine("F2", "Sửa ô hoặc mục đang chọn", "Nhập báo cáo, Rà soát văn bản"),
    KeyLine("F4", "Tách nhiệm vụ", "Rà soát văn bản"),
    KeyLine("F8", "Trả lại để rà soát", "Duyệt"),
    KeyLine("F9", "Ghép nhiệm vụ", "Rà soát văn bản"),
    KeyLine("Delete", "Xóa số trong ô; bỏ mục đang chọn", "Nhập báo cáo, Rà soát văn bản"),
    KeyLine("↑ ↓ ← →", "Sang ô bên cạnh", "Nhập báo cáo"),
    KeyLine("Ctrl+C, Ctrl+V", "Chép, dán với Excel", "Nhập báo cáo"),
    KeyLine("Ctrl+Z, Ctrl+Y", "Hoàn tác, làm lại", "Nhập báo cáo"),
)


@require_safe
@guards.signed_in
def keys(request: HttpRequest) -> HttpResponse:
    """All keys on one page that prints."""
    return render(request, "help/keys.html", {"keys": KEYS})
