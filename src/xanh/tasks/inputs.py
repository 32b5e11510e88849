"""Forms of the task screens; the filter of the list is an address that can be kept and sent."""

from __future__ import annotations

from typing import Any

from django import forms

from xanh.directives.inputs import DayField
from xanh.kit.uploads import TooLargeMarker
from xanh.tasks.queries import GROUPINGS, Narrowing, TaskFilter

NARROWINGS = [("", "tất cả"), *((each.value, each.label) for each in Narrowing)]


class FilterForm(forms.Form):
    """The list's filter as it stands in the address."""

    don_vi = forms.CharField(label="Chủ trì", max_length=24, required=False)
    van_ban = forms.IntegerField(label="Văn bản", required=False, min_value=1)
    chuong_trinh = forms.CharField(label="Chương trình", max_length=20, required=False)
    trang_thai = forms.ChoiceField(label="Trạng thái", choices=NARROWINGS, required=False)
    tu_khoa = forms.CharField(label="Từ khóa", max_length=200, required=False)
    nhom = forms.ChoiceField(label="Nhóm theo", choices=[("", "không nhóm"), *GROUPINGS], required=False)

    def task_filter(self) -> TaskFilter:
        """The filter; a parameter that cannot be read is left out, so that an old address still opens."""
        self.is_valid()
        kept: dict[str, Any] = getattr(self, "cleaned_data", {})
        return TaskFilter(
            lead=kept.get("don_vi", ""),
            directive_id=kept.get("van_ban"),
            programme=kept.get("chuong_trinh", ""),
            narrowing=kept.get("trang_thai", ""),
            words=kept.get("tu_khoa", ""),
        )

    def grouping(self) -> str:
        """By what the list is grouped, "" for not at all."""
        return str(getattr(self, "cleaned_data", {}).get("nhom", ""))


class ProgressForm(forms.Form):
    """A progress note."""

    note = forms.CharField(
        label="Kết quả đến nay",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Đề nghị ghi kết quả đến nay trước khi lưu."},
    )
    progress_pct = forms.IntegerField(
        label="Đã thực hiện khoảng (%)",
        required=False,
        min_value=0,
        max_value=100,
        error_messages={
            "min_value": "Tỷ lệ phải từ 0 đến 100.",
            "max_value": "Tỷ lệ phải từ 0 đến 100.",
            "invalid": "Đề nghị ghi tỷ lệ bằng số nguyên từ 0 đến 100.",
        },
    )


class EvidenceForm(forms.Form):
    """A file or a link as evidence; a file needs the confirmation about State secrets."""

    label = forms.CharField(label="Tên minh chứng", max_length=300, required=False)
    file = forms.FileField(
        label="Tệp", required=False, allow_empty_file=True, help_text=".docx, .pdf, .txt, .png hoặc .jpg, tối đa 25 MB."
    )
    link = forms.URLField(
        label="Hoặc địa chỉ liên kết",
        max_length=1000,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Địa chỉ chưa đúng. Đề nghị ghi đầy đủ, bắt đầu bằng https://."},
    )
    not_secret = forms.BooleanField(label="Tôi xác nhận tài liệu không thuộc bí mật nhà nước", required=False)

    def clean_file(self) -> Any:
        """Refuse a file over the limit; its content never came in."""
        file = self.cleaned_data["file"]
        if isinstance(file, TooLargeMarker):
            raise forms.ValidationError(
                "Tệp lớn hơn 25 MB nên hệ thống không tiếp nhận. Đề nghị giảm dung lượng hoặc gửi địa chỉ liên kết."
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Exactly one of file and link; the tick goes with a file."""
        kept = super().clean() or {}
        if "file" in self.errors or "link" in self.errors:
            return kept
        if bool(kept.get("file")) == bool(kept.get("link")):
            self.add_error("file", "Đề nghị chọn một tệp hoặc ghi một địa chỉ liên kết.")
        elif kept.get("file") and not kept.get("not_secret"):
            self.add_error("not_secret", "Cần xác nhận tài liệu không thuộc bí mật nhà nước trước khi gửi tệp.")
        return kept


class DoneForm(forms.Form):
    """A report of completion."""

    note = forms.CharField(
        label="Kết quả, sản phẩm",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Đề nghị ghi kết quả, sản phẩm đã hoàn thành."},
    )


class ReasonForm(forms.Form):
    """A reason that an act must carry."""

    reason = forms.CharField(
        label="Lý do",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Đề nghị ghi rõ lý do để đơn vị biết cần làm gì."},
    )


class EndForm(forms.Form):
    """End of the follow-up by a document."""

    document = forms.CharField(
        label="Kết thúc theo dõi theo văn bản số",
        max_length=300,
        error_messages={"required": "Chỉ kết thúc theo dõi theo một văn bản. Đề nghị ghi số, ký hiệu và ngày văn bản."},
    )


class AskExtensionForm(forms.Form):
    """A request for a later due."""

    due_on = DayField(label="Đề nghị thời hạn mới", error_messages={"required": "Đề nghị ghi thời hạn mới."})
    reason = forms.CharField(
        label="Lý do",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Đề nghị ghi lý do để cấp giao việc xem xét."},
    )
    is_objective = forms.BooleanField(label="Nguyên nhân khách quan", required=False)


class DecideExtensionForm(forms.Form):
    """The assigner's answer to a request: granted by an authority, or refused with a reason."""

    decision = forms.ChoiceField(
        label="Quyết định",
        choices=[("grant", "Điều chỉnh thời hạn"), ("refuse", "Giữ nguyên thời hạn")],
        widget=forms.RadioSelect,
        error_messages={"required": "Đề nghị chọn điều chỉnh hoặc giữ nguyên thời hạn."},
    )
    due_on = DayField(label="Thời hạn mới", required=False)
    authority = forms.CharField(label="Căn cứ (cấp có thẩm quyền, văn bản)", max_length=300, required=False)
    answer = forms.CharField(
        label="Lý do giữ nguyên", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """Granting needs the day and the authority, refusing the reason."""
        kept = super().clean() or {}
        if kept.get("decision") == "grant":
            if not kept.get("due_on") and "due_on" not in self.errors:
                self.add_error("due_on", "Đề nghị ghi thời hạn mới.")
            if not kept.get("authority"):
                self.add_error("authority", "Đề nghị ghi cấp có thẩm quyền hoặc số văn bản cho phép điều chỉnh.")
        elif kept.get("decision") == "refuse" and not kept.get("answer"):
            self.add_error("answer", "Đề nghị ghi lý do giữ nguyên thời hạn để đơn vị biết.")
        return kept


class AdjustForm(forms.Form):
    """The assigner moves a due by a document."""

    due_on = DayField(label="Thời hạn mới", error_messages={"required": "Đề nghị ghi thời hạn mới."})
    authority = forms.CharField(
        label="Theo văn bản số",
        max_length=300,
        error_messages={"required": "Đề nghị ghi cấp có thẩm quyền hoặc số văn bản cho phép điều chỉnh."},
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Đề nghị ghi lý do điều chỉnh."},
    )


class ClarifyForm(forms.Form):
    """The lead fills in what its document leaves open."""

    due_on = DayField(label="Thời hạn", required=False)
    product = forms.CharField(label="Sản phẩm", max_length=1000, required=False)
    person = forms.CharField(label="Người phụ trách", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """At least one thing must be filled in."""
        kept = super().clean() or {}
        if not self.errors and not any(kept.get(name) for name in ("due_on", "product", "person")):
            raise forms.ValidationError("Chưa có nội dung nào được bổ sung. Đề nghị điền ít nhất một mục.")
        return kept


class ChangeForm(forms.Form):
    """The assigner changes a task by a document."""

    content = forms.CharField(label="Nội dung", max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
    product = forms.CharField(label="Sản phẩm", max_length=1000, required=False)
    due_on = DayField(label="Thời hạn mới (để trống nếu giữ nguyên)", required=False)
    ground = forms.CharField(
        label="Theo văn bản số",
        max_length=300,
        error_messages={"required": "Đề nghị ghi số văn bản làm căn cứ thay đổi."},
    )
