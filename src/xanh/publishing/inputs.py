"""Forms of the publishing screens."""

from __future__ import annotations

from typing import Any

from django import forms

from xanh.core.periods import Cadence, Period, period_containing
from xanh.kit.inputs import DayField
from xanh.publishing.kinds import Template, TextKind

PERIOD_KINDS = [
    (Cadence.DAILY.value, "Ngày"),
    (Cadence.WEEKLY.value, "Tuần"),
    (Cadence.MONTHLY.value, "Tháng"),
    (Cadence.QUARTERLY.value, "Quý"),
    (Cadence.HALF_YEARLY.value, "6 tháng"),
    (Cadence.NINE_MONTHLY.value, "9 tháng"),
    (Cadence.YEARLY.value, "Năm"),
    (Cadence.AD_HOC.value, "Từ ngày … đến ngày …"),
]


class ChooseForm(forms.Form):
    """Mẫu → đơn vị, kỳ. The units offered are those whose figures the viewer may see."""

    mau = forms.ChoiceField(label="Mẫu báo cáo", choices=Template.choices)
    don_vi = forms.ChoiceField(label="Đơn vị")
    loai_ky = forms.ChoiceField(label="Kỳ báo cáo", choices=PERIOD_KINDS)
    ngay = DayField(
        label="Ngày trong kỳ", help_text="Một ngày bất kỳ của kỳ; với đợt riêng là ngày đầu.", required=True
    )
    den_ngay = DayField(label="Đến ngày", help_text="Chỉ dùng cho đợt từ ngày … đến ngày …", required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["don_vi"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type only
        field.choices = units

    def clean(self) -> dict[str, Any]:
        """A span needs its end, not before its start."""
        kept: dict[str, Any] = super().clean() or {}
        first, last = kept.get("ngay"), kept.get("den_ngay")
        if kept.get("loai_ky") == Cadence.AD_HOC and first is not None and (last is None or last < first):
            self.add_error("den_ngay", "Ngày cuối phải có và không trước ngày đầu. Đề nghị ghi lại.")
        return kept

    def period(self) -> Period:
        """The chosen period; only after `is_valid`."""
        kept = self.cleaned_data
        if kept["loai_ky"] == Cadence.AD_HOC:
            return Period(Cadence.AD_HOC, kept["ngay"], kept["den_ngay"])
        return period_containing(kept["ngay"], Cadence(kept["loai_ky"]))


class TextsForm(forms.Form):
    """The two parts that people write."""

    DIFFICULTIES = forms.CharField(
        label=TextKind.DIFFICULTIES.label,
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    PROPOSALS = forms.CharField(
        label=TextKind.PROPOSALS.label,
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class LetterForm(forms.Form):
    """How the letter names those who have not sent."""

    names_all = forms.BooleanField(
        label="Một công văn chung, nêu tên tất cả đơn vị chưa gửi",
        help_text="Để trống: mỗi nơi nhận một bản, chỉ nêu phần của mình. Việc nêu tên chung do người ký quyết định.",
        required=False,
    )
