"""Form fields shared by the domain packages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from xanh.core import dates


class DayField(forms.CharField):
    """A day typed as dd/MM/yyyy; cleans to a date, or to None when left empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"}))
        super().__init__(max_length=10, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A date is shown in Vietnamese form; what was typed stays as typed."""
        return dates.format_date(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        """The date, or None when left empty."""
        written = super().clean(value)
        if not written:
            return None
        try:
            return dates.parse_date(written)
        except dates.DateUnreadable as error:
            raise forms.ValidationError("Ngày chưa đúng. Đề nghị ghi theo dạng 20/11/2026.") from error
