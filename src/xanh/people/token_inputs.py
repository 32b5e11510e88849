"""The form that makes a key for a program."""

from __future__ import annotations

from django import forms

from xanh.people.tokens import LONGEST_DAYS, SCOPES


class TokenForm(forms.Form):
    """What the key is for, what it may do, how long it lives."""

    name = forms.CharField(label="Dùng cho phần mềm nào", max_length=120)
    scopes = forms.MultipleChoiceField(
        label="Phạm vi", choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(label="Thời hạn (ngày)", min_value=1, max_value=LONGEST_DAYS)
