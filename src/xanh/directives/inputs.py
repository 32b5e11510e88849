"""Forms of the document screens. What a person types is Vietnamese: dates dd/MM/yyyy, hours 16:00, names of bodies."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms

from xanh.core import dates, numbers
from xanh.core.deadlines import Qualifier
from xanh.core.periods import Cadence
from xanh.directives import matching
from xanh.directives.drafts import QUALIFIER_WORDS, Draft, DutyDraft, TargetDraft, TaskDraft
from xanh.directives.models import Circulation, Directive, ReadItem
from xanh.kit.uploads import TooLargeMarker

CONFIRMATION = "Tôi xác nhận tài liệu không thuộc bí mật nhà nước"
QUALIFIERS = [(qualifier.value, words) for qualifier, words in QUALIFIER_WORDS.items()]
CADENCES = [
    ("", "không định kỳ"),
    (Cadence.DAILY.value, "hằng ngày"),
    (Cadence.WEEKLY.value, "hằng tuần"),
    (Cadence.MONTHLY.value, "hằng tháng"),
    (Cadence.QUARTERLY.value, "hằng quý"),
    (Cadence.HALF_YEARLY.value, "6 tháng"),
    (Cadence.NINE_MONTHLY.value, "9 tháng"),
    (Cadence.YEARLY.value, "hằng năm"),
]


class DayField(forms.CharField):
    """A day typed as dd/MM/yyyy; cleans to a date or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"}))
        super().__init__(max_length=10, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A date is shown in Vietnamese form; what was typed stays as typed."""
        return dates.format_date(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """The date, or None when left empty."""
        written = super().clean(value)
        if not written:
            return None
        try:
            return dates.parse_date(written)
        except dates.DateUnreadable as error:
            raise forms.ValidationError("Ngày chưa đúng. Đề nghị ghi theo dạng 20/11/2026.") from error


class HourField(forms.CharField):
    """An hour typed as 16:00, 16h00 or 16 giờ 00; cleans to a time or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "16:00"}))
        super().__init__(max_length=12, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A time is shown as 16:00."""
        return dates.format_hour(value) if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        """The time, or None when left empty."""
        written = super().clean(value)
        if not written:
            return None
        hour, _, minute = written.replace("giờ", ":").replace("h", ":").replace(" ", "").partition(":")
        try:
            return time(int(hour), int(minute or 0))
        except ValueError as error:
            raise forms.ValidationError("Giờ chưa đúng. Đề nghị ghi theo dạng 16:00.") from error


class UploadForm(forms.Form):
    """A document comes in: the file, its circulation, and the confirmation about State secrets."""

    file = forms.FileField(
        label="Tệp văn bản",
        allow_empty_file=True,
        help_text="Tệp .docx, .pdf (có chữ) hoặc .txt, tối đa 25 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt"}),
        error_messages={"required": "Chưa chọn tệp. Đề nghị chọn tệp văn bản rồi gửi lại."},
    )
    circulation = forms.ChoiceField(
        label="Phạm vi", choices=Circulation.choices, initial=Circulation.INTERNAL, widget=forms.RadioSelect
    )
    not_secret = forms.BooleanField(
        label=CONFIRMATION,
        error_messages={
            "required": "Cần xác nhận tài liệu không thuộc bí mật nhà nước trước khi gửi. "
            "Tài liệu mật không được đưa lên máy có kết nối mạng."
        },
    )

    def clean_file(self) -> Any:
        """Refuse a file over the limit; its content never came in."""
        file = self.cleaned_data["file"]
        if isinstance(file, TooLargeMarker):
            raise forms.ValidationError(
                "Tệp lớn hơn 25 MB nên hệ thống không tiếp nhận. Đề nghị bỏ bớt ảnh hoặc tách phụ lục rồi gửi lại."
            )
        return file


class HeadForm(forms.Form):
    """The head of a document, corrected by the reviewer."""

    symbol = forms.CharField(label="Số, ký hiệu", max_length=60, required=False)
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=300, required=False)
    issued_on = DayField(label="Ngày ban hành", required=False)
    title = forms.CharField(
        label="Trích yếu", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    circulation = forms.ChoiceField(label="Phạm vi", choices=Circulation.choices)
    programme_code = forms.CharField(label="Chương trình", max_length=20, required=False)

    def __init__(self, *args: Any, programmes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme_code"] = forms.ChoiceField(
            label="Chương trình", choices=[("", "không thuộc chương trình nào"), *programmes], required=False
        )

    @staticmethod
    def initial_of(directive: Directive) -> dict[str, Any]:
        """What the form opens with."""
        names = ("symbol", "issuer", "issued_on", "title", "circulation", "programme_code")
        return {name: getattr(directive, name) for name in names}


class _BodyForm(forms.Form):
    """A form in which bodies are typed by name and resolved within the owner's territory."""

    def __init__(self, *args: Any, item: ReadItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = item.directive.owner

    def resolve(self, written: str) -> str:
        """The reference of a typed name; a ValidationError with suggestions when it is not certain."""
        found = matching.suggest(written, owner=self.owner)
        if found and found[0].certain:
            return found[0].ref
        near = "; ".join(each.label for each in found[:3])
        hint = f"Có thể là: {near}." if near else "Không thấy tên gần giống trong địa bàn."
        raise forms.ValidationError(f"Chưa xác định được “{written}”. {hint} Đề nghị ghi đúng tên đơn vị, nhóm đơn vị.")


class TaskItemForm(_BodyForm):
    """One task under review."""

    content = forms.CharField(
        label="Nội dung",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Nhiệm vụ chưa rõ nội dung. Đề nghị ghi nội dung rồi nhận."},
    )
    lead = forms.CharField(
        label="Chủ trì",
        max_length=300,
        error_messages={"required": "Nhiệm vụ chưa rõ chủ trì. Đề nghị ghi một đơn vị hoặc một nhóm đơn vị."},
        help_text="Một việc một đầu mối chủ trì; các đơn vị khác là phối hợp, hoặc tách việc.",
        widget=forms.TextInput(attrs={"list": "bodies", "autocomplete": "off"}),
    )
    cooperate = forms.CharField(
        label="Phối hợp", max_length=2000, required=False, help_text="Nhiều đơn vị cách nhau bằng dấu chấm phẩy."
    )
    qualifier = forms.ChoiceField(label="Cách ghi hạn", choices=QUALIFIERS, required=False)
    due_on = DayField(label="Hạn", required=False)
    due_time = HourField(label="Giờ", required=False)
    recurrence = forms.CharField(label="Định kỳ", max_length=300, required=False)
    product = forms.CharField(label="Sản phẩm", max_length=1000, required=False)
    report_to = forms.CharField(label="Báo cáo, trình", max_length=600, required=False)

    @staticmethod
    def initial_of(draft: TaskDraft, *, lead: str, cooperate: tuple[str, ...]) -> dict[str, Any]:
        """What the form opens with; bodies as names."""
        return {
            "content": draft.content,
            "lead": lead,
            "cooperate": "; ".join(cooperate),
            "qualifier": draft.qualifier,
            "due_on": draft.due_on,
            "due_time": draft.due_time,
            "recurrence": draft.recurrence,
            "product": draft.product,
            "report_to": draft.report_to,
        }

    def clean_lead(self) -> str:
        """The lead as a reference; exactly one, because a second name in the field is no unit's name."""
        return self.resolve(str(self.cleaned_data["lead"]))

    def draft(self) -> Draft:
        """What was settled; cooperating bodies that are not certain stay as printed."""
        refs: list[str] = []
        words: list[str] = []
        for name in filter(None, (part.strip() for part in self.cleaned_data["cooperate"].split(";"))):
            ref = matching.certain_ref(name, owner=self.owner)
            (refs if ref else words).append(ref or name)
        kept = self.cleaned_data
        return TaskDraft(
            content=" ".join(kept["content"].split()),
            lead=kept["lead"],
            cooperate=tuple(ref for ref in dict.fromkeys(refs) if ref != kept["lead"]),
            cooperate_words="; ".join(words),
            due_on=kept["due_on"],
            due_time=kept["due_time"],
            qualifier=kept["qualifier"] or Qualifier.ON.value,
            recurrence=kept["recurrence"],
            product=kept["product"],
            report_to=kept["report_to"],
        )


class DutyItemForm(_BodyForm):
    """One reporting duty under review."""

    who = forms.CharField(
        label="Đơn vị báo cáo",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "bodies", "autocomplete": "off"}),
    )
    who_words = forms.CharField(label="Ghi trong văn bản", max_length=400, required=False)
    to_words = forms.CharField(label="Nơi nhận báo cáo", max_length=400, required=False)
    cadence = forms.ChoiceField(label="Định kỳ", choices=CADENCES, required=False)
    cadence_words = forms.CharField(label="Định kỳ ghi trong văn bản", max_length=300, required=False)
    cutoff_words = forms.CharField(label="Thời hạn gửi", max_length=300, required=False)

    @staticmethod
    def initial_of(draft: DutyDraft, *, who: str) -> dict[str, Any]:
        """What the form opens with."""
        return {**draft.to_json(), "who": who}

    def clean_who(self) -> str:
        """The reporting body as a reference, "" where it stays in the words of the document."""
        written = str(self.cleaned_data["who"]).strip()
        return self.resolve(written) if written else ""

    def draft(self) -> Draft:
        """What was settled."""
        return DutyDraft(**self.cleaned_data)


class TargetItemForm(forms.Form):
    """One target under review; the indicator is chosen by a person."""

    indicator_code = forms.CharField(label="Chỉ tiêu", required=False)
    indicator_words = forms.CharField(label="Ghi trong văn bản", max_length=600, required=False)
    op = forms.ChoiceField(label="So sánh", choices=[(">=", "từ (≥)"), ("<=", "không quá (≤)"), ("=", "bằng (=)")])
    value = forms.CharField(label="Mức", max_length=30, required=False)
    unit_words = forms.CharField(label="Đơn vị tính", max_length=60, required=False)
    milestone_on = DayField(label="Đến ngày", required=False)

    def __init__(self, *args: Any, indicators: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator_code"] = forms.ChoiceField(
            label="Chỉ tiêu", choices=[("", "chưa chọn"), *indicators], required=False
        )

    def clean_value(self) -> str:
        """A number in Vietnamese writing."""
        written = str(self.cleaned_data["value"]).strip()
        if written:
            try:
                numbers.parse_decimal(written)
            except numbers.NumberUnreadable as error:
                raise forms.ValidationError("Số chưa đúng. Đề nghị ghi theo dạng 86,5 hoặc 1.250.") from error
        return written

    def draft(self) -> Draft:
        """What was settled."""
        return TargetDraft(**self.cleaned_data)


class SplitForm(forms.Form):
    """The parts of a task to be split, one per line."""

    parts = forms.CharField(label="Mỗi việc một dòng", widget=forms.Textarea(attrs={"rows": 4}), required=False)


class FinishForm(forms.Form):
    """End of the review: until when leading units fill in what is open."""

    clarify_by = DayField(label="Đơn vị chủ trì bổ sung nội dung chưa rõ trước ngày", required=False)


class ReasonForm(forms.Form):
    """Why a reviewed document goes back."""

    reason = forms.CharField(
        label="Nội dung cần rà soát tiếp",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Đề nghị ghi nội dung cần rà soát tiếp để người rà soát biết phải xem gì."},
    )
