"""What people type, turned into figures: Vietnamese numbers, days, yes/no; errors at the field, nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from xanh.core import dates, numbers, text
from xanh.core.measures import Kind
from xanh.indicators.models import Indicator
from xanh.reporting.actions.drafts import Entered

YES = frozenset({"1", "c", "co", "x", "dung", "y"})
NO = frozenset({"0", "k", "ko", "khong", "chua", "n"})
BIGGEST = 10**12
NOTE_LENGTH = 2000


@dataclass(slots=True)
class Typed:
    """What was read, and for each code and field what could not be read."""

    values: dict[str, Entered] = field(default_factory=dict)
    errors: dict[str, dict[str, str]] = field(default_factory=dict)

    def fail(self, code: str, name: str, message: str) -> None:
        """Note an error at a field."""
        self.errors.setdefault(code, {})[name] = message


class FigureUnreadableError(ValueError):
    """A typed figure that cannot be read; the message is for people."""


def figure(indicator: Indicator, written: str, *, name: str) -> int | None:
    """The scaled whole number behind a typed figure; None for an empty one. Raises FigureUnreadableError."""
    content = written.strip()
    if not content:
        return None
    if indicator.kind == Kind.YES_NO:
        return _yes_no(content)
    if indicator.kind == Kind.DATE:
        return _day(content)
    try:
        if name == "n" and indicator.kind in (Kind.SCORE, Kind.COUNT) and indicator.scale:
            value = numbers.parse_decimal(content).scaleb(indicator.scale)
            if value != value.to_integral_value():
                raise FigureUnreadableError(f"“{written}” có quá {indicator.scale} chữ số thập phân.")
            found = int(value)
        else:
            found = numbers.parse_int(content)
    except numbers.NumberUnreadable as unreadable:
        raise FigureUnreadableError(str(unreadable)) from unreadable
    return _bounded(found)


def _bounded(found: int) -> int:
    if not 0 <= found <= BIGGEST:
        raise FigureUnreadableError("Số phải từ 0 trở lên và không quá 13 chữ số. Đề nghị kiểm tra lại.")
    return found


def _yes_no(content: str) -> int:
    folded = text.fold(content)
    if folded in YES:
        return 1
    if folded in NO:
        return 0
    raise FigureUnreadableError(f"“{content}” chưa rõ là có hay không. Đề nghị gõ C (có) hoặc K (không).")


def _day(content: str) -> int:
    if text.fold(content) in ("0", "chua", "chua co"):
        return 0
    try:
        return dates.parse_date(content).toordinal()
    except dates.DateUnreadable as unreadable:
        raise FigureUnreadableError(str(unreadable)) from unreadable


def from_form(indicators: list[Indicator], posted: Mapping[str, Any]) -> Typed:
    """Read the plain form: fields n-CODE, d-CODE, est-CODE, note-CODE; a code without any field stays as it was."""
    typed = Typed()
    for row in indicators:
        if f"n-{row.code}" not in posted or row.is_computed:
            continue
        found: dict[str, int | None] = {}
        for name in ("n", "d"):
            try:
                found[name] = figure(row, str(posted.get(f"{name}-{row.code}", "")), name=name)
            except FigureUnreadableError as unreadable:
                typed.fail(row.code, name, str(unreadable))
        if row.code in typed.errors:
            continue
        typed.values[row.code] = Entered(
            n=found["n"],
            d=found["d"] if row.kind == Kind.RATIO else None,
            is_estimate=bool(posted.get(f"est-{row.code}")),
            note=str(posted.get(f"note-{row.code}", ""))[:NOTE_LENGTH],
        )
    return typed


def from_json(indicators: list[Indicator], body: Mapping[str, Any]) -> Typed:
    """Read the grid's autosave: {"UB-01": {"n": 2493, "d": 2889, "est": false, "note": ""}}; raises ValueError on a
    body of another shape.
    """
    known = {row.code: row for row in indicators if not row.is_computed}
    typed = Typed()
    for code, row in body.items():
        if not isinstance(row, dict):
            raise ValueError("each value must be an object")  # noqa: TRY004  a fault of the sender, answered with 400
        if code not in known:
            typed.fail(str(code), "n", "Không có chỉ tiêu này trong biểu nhập của khối.")
            continue
        typed.values[code] = Entered(
            n=_whole(typed, code, "n", row.get("n")),
            d=_whole(typed, code, "d", row.get("d")) if known[code].kind == Kind.RATIO else None,
            is_estimate=bool(row.get("est")),
            note=str(row.get("note") or "")[:NOTE_LENGTH],
            not_applicable=bool(row.get("na")),
        )
        if known[code].kind == Kind.YES_NO and typed.values[code].n not in (None, 0, 1):
            typed.fail(code, "n", "Chỉ tiêu này chỉ nhận 1 (có) hoặc 0 (không).")
        if known[code].kind == Kind.DATE and not _is_day(typed.values[code].n):
            typed.fail(code, "n", "Ngày chưa hợp lệ. Đề nghị nhập dạng 20/11/2026.")
    for code in typed.errors:
        typed.values.pop(code, None)
    return typed


def _is_day(value: int | None) -> bool:
    return value in (None, 0) or date.min.toordinal() < int(value or 0) <= date.max.toordinal()


def _whole(typed: Typed, code: str, name: str, value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= BIGGEST:
        typed.fail(code, name, "Số phải là số nguyên từ 0 trở lên.")
        return None
    return value


class EvidenceForm(forms.Form):
    """A file or a link behind a figure."""

    indicator_code = forms.CharField(label="Chỉ tiêu", max_length=20)
    label = forms.CharField(label="Tên minh chứng", max_length=300)
    link = forms.URLField(
        label="Địa chỉ liên kết",
        max_length=1000,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Địa chỉ chưa đúng dạng. Đề nghị chép cả địa chỉ, bắt đầu bằng https://."},
    )
    file = forms.FileField(
        label="Tệp (không quá 25 MB)",
        required=False,
        error_messages={"empty": "Tệp trống, không có nội dung nào. Đề nghị kiểm tra lại và chọn đúng tệp."},
    )
    not_secret = forms.BooleanField(label="Tôi xác nhận tài liệu không thuộc bí mật nhà nước")

    def clean(self) -> dict[str, Any]:
        """Exactly one of file and link."""
        cleaned: dict[str, Any] = super().clean() or {}
        told = "file" in self.errors or "link" in self.errors
        if not told and bool(cleaned.get("file")) == bool(cleaned.get("link")):
            raise forms.ValidationError("Minh chứng phải là một tệp hoặc một địa chỉ liên kết (chọn một).")
        return cleaned


class AskForm(forms.Form):
    """Figures asked from whoever holds them."""

    provider = forms.CharField(label="Đơn vị giữ số liệu", max_length=200)
    due_time = forms.TimeField(label="Cung cấp trước (giờ)", initial="14:00")
    codes = forms.MultipleChoiceField(label="Số liệu cần xin", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = choices  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label="Lý do", max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class NationalFigureForm(forms.Form):
    """The value that the national system shows."""

    value = forms.CharField(label="Số trên Hệ thống 57", max_length=40)
    seen_on = forms.DateField(label="Xem ngày", input_formats=["%d/%m/%Y", "%Y-%m-%d"])

    def __init__(self, *args: Any, scale: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scale = scale

    def clean_value(self) -> int:
        """The typed value as a scaled integer: "85,1" with two decimals is 8510."""
        written = self.cleaned_data["value"].strip().removesuffix("%").strip()
        try:
            scaled = numbers.parse_decimal(written).scaleb(self.scale)
        except numbers.NumberUnreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from unreadable
        if scaled != scaled.to_integral_value() or not 0 <= scaled <= BIGGEST:
            raise forms.ValidationError(f"Đề nghị nhập số từ 0 trở lên, không quá {self.scale} chữ số thập phân.")
        return int(scaled)
