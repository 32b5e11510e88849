"""Forms about accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from xanh.people.models import User

USERNAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{2,79}$",
    "Tên đăng nhập gồm chữ thường không dấu, số, dấu chấm, gạch; từ 3 ký tự. Ví dụ: lan.nguyen.25099",
)


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth carries no types
    """Signing in; both fields are named in Vietnamese, and the page itself leads to a forgotten password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label = "Tên đăng nhập hoặc thư điện tử"
        name.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        del name.widget.attrs["placeholder"], password.widget.attrs["placeholder"]
        password.help_text = ""


class FirstPasswordForm(forms.Form):
    """The password that a person sets by the link of an invitation."""

    password = forms.CharField(
        label="Mật khẩu",
        help_text="Ít nhất 10 ký tự; không dùng tên, ngày sinh hay mật khẩu thông dụng.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Nhập lại mật khẩu", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """A password that the validators of the settings accept."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        """Both fields must agree."""
        cleaned = super().clean() or {}
        if "password" in cleaned and cleaned.get("again") != cleaned["password"]:
            self.add_error("again", ValidationError("Hai lần nhập chưa giống nhau. Đề nghị nhập lại."))
        return cleaned


class PersonForm(forms.Form):
    """Name and addresses of a person."""

    full_name = forms.CharField(label="Họ và tên", max_length=200)
    email = forms.EmailField(
        label="Thư điện tử công vụ",
        required=False,
        error_messages={"invalid": "Thư điện tử chưa đúng dạng. Ví dụ: lan.nguyen@tinhmau.example"},
    )
    phone = forms.CharField(label="Điện thoại", max_length=30, required=False)

    def clean_full_name(self) -> str:
        """At least a family name and a given name; runs of spaces become one."""
        name = " ".join(str(self.cleaned_data["full_name"]).split())
        if " " not in name:
            raise ValidationError("Đề nghị ghi đủ họ và tên.")
        return name


class NewPersonForm(PersonForm):
    """A person who does not yet have an account."""

    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=80,
        validators=[USERNAME],
        help_text="Chữ thường không dấu, ví dụ lan.nguyen.25099; không đổi được về sau.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order: tuple[str, ...] = ("full_name", "username", "email", "phone")
