"""Forms about posts, delegations and groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from xanh.core import text
from xanh.kit.inputs import DayField
from xanh.org import access, queries, trail
from xanh.org.kinds import Level
from xanh.org.models import Post, Unit
from xanh.people.inputs import NewPersonForm
from xanh.people.models import User
from xanh.people.roles import ROLES

NOT_ENDED = "để trống nếu chưa có ngày thôi"


class PostForm(forms.Form):
    """An office: unit, role, capacity, dates, appointing document; within what the viewer may give."""

    unit = forms.CharField(
        label="Đơn vị",
        help_text="Ghi mã (99001-UB) hoặc tên đơn vị (UBND xã Tân Mẫu).",
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label="Vai trò", choices=[(role.code, f"{role.label}: {role.duty}") for role in ROLES.values()]
    )
    capacity = forms.CharField(label="Chức danh", max_length=200, help_text="Ghi như văn bản bố trí.")
    is_substitute = forms.BooleanField(label="Là người duyệt thay", required=False)
    starts_on = DayField(label="Từ ngày")
    last_on = DayField(label="Đến hết ngày", required=False, help_text=NOT_ENDED)
    document = forms.CharField(label="Văn bản bố trí", max_length=200, help_text="Số, ký hiệu và ngày.")

    def __init__(self, *args: Any, viewer: access.Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_unit(self) -> Unit:
        """A code, or a name that means one unit within the viewer's reach for certain."""
        return resolve_unit(str(self.cleaned_data["unit"]), self.viewer)

    def clean(self) -> dict[str, Any]:
        """The role must be the viewer's to give there; the last day not before the first."""
        cleaned = super().clean() or {}
        unit, role = cleaned.get("unit"), cleaned.get("role")
        if unit and role and role not in {granted.code for granted in access.grantable_roles(self.viewer, unit)}:
            self.add_error("role", f"Đồng chí không được giao bố trí vai trò {ROLES[role].label} tại {unit.name}.")
        if cleaned.get("is_substitute") and role and role != "approver":
            self.add_error("is_substitute", "Chỉ người duyệt mới có người duyệt thay. Đề nghị bỏ dấu hoặc đổi vai trò.")
        starts_on, last_on = cleaned.get("starts_on"), cleaned.get("last_on")
        if starts_on and last_on and last_on < starts_on:
            self.add_error("last_on", "Ngày cuối không được trước ngày bắt đầu.")
        return cleaned


class NewPersonPostForm(NewPersonForm, PostForm):
    """A new person together with the first office: nobody exists here without one."""

    field_order = (
        "full_name", "username", "email", "phone",
        "unit", "role", "capacity", "is_substitute", "starts_on", "last_on", "document",
    )  # fmt: skip


def resolve_unit(written: str, viewer: access.Viewer) -> Unit:
    """The unit that a code or a name means within what the viewer manages; raises ValidationError with suggestions."""
    wanted = written.strip()
    by_code = queries.units([wanted.upper()]).get(wanted.upper())
    if by_code and access.grantable_roles(viewer, by_code):
        return by_code
    provinces = {reach.province_code for reach in viewer.reaches}
    matches = [
        match
        for province in sorted(provinces)
        for match in queries.find_units(wanted, province_code=province)
        if access.grantable_roles(viewer, match.unit)
    ]
    certain = [match.unit for match in matches if match.certain]
    if len(certain) == 1:
        return certain[0]
    if matches:
        names = "; ".join(f"{match.unit.code} {match.unit.name}" for match in matches[:3])
        raise forms.ValidationError(f"Chưa rõ là đơn vị nào. Có phải: {names}? Đề nghị ghi mã.")
    raise forms.ValidationError(
        f"Không thấy “{wanted}” trong phạm vi quản trị của đồng chí. Đề nghị xem mã ở mục Đơn vị."
    )


class EndPostForm(forms.Form):
    """The day from which a person no longer holds an office."""

    ends_on = DayField(label="Thôi giữ từ ngày", help_text="Từ ngày này người đó không còn quyền của chức danh.")

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post

    def clean_ends_on(self) -> Any:
        """After the first day."""
        day = self.cleaned_data["ends_on"]
        if day <= self.post.starts_on:
            raise forms.ValidationError("Ngày thôi giữ chức danh phải sau ngày bắt đầu.")
        return day


class DelegationForm(forms.Form):
    """To whom, which block, when, by which document."""

    receiver = forms.ModelChoiceField(
        label="Người được ủy quyền", queryset=User.objects.none(), empty_label="chọn người"
    )
    unit = forms.ModelChoiceField(label="Khối", queryset=Unit.objects.none(), empty_label=None)
    starts_on = DayField(label="Từ ngày")
    ends_on = DayField(label="Đến hết ngày")
    document = forms.CharField(label="Theo văn bản số", max_length=120)

    def __init__(self, *args: Any, receivers: Any, blocks: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        receiver, unit = self.fields["receiver"], self.fields["unit"]
        assert isinstance(receiver, forms.ModelChoiceField)  # noqa: S101  for the type checker
        assert isinstance(unit, forms.ModelChoiceField)  # noqa: S101
        receiver.queryset = receivers
        unit.queryset = Unit.objects.filter(pk__in=[block.pk for block in blocks])

    def clean(self) -> dict[str, Any]:
        """The last day not before the first."""
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "Ngày kết thúc ủy quyền không được trước ngày bắt đầu.")
        return cleaned


class GroupChangeForm(forms.Form):
    """Who joins and who leaves a group, from which day."""

    left = forms.ModelMultipleChoiceField(
        label="Thôi là thành viên", queryset=Unit.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    joined = forms.CharField(
        label="Thêm thành viên",
        required=False,
        help_text="Mỗi dòng một đơn vị: mã (99001) hoặc tên (Xã Tân Mẫu).",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    on = DayField(label="Từ ngày")

    def __init__(self, *args: Any, members: Any, province_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = self.fields["left"]
        assert isinstance(left, forms.ModelMultipleChoiceField)  # noqa: S101  for the type checker
        left.queryset = members
        self.province_code = province_code

    def clean_joined(self) -> list[Unit]:
        """Every line as one unit of the province; the first line that is not says why."""
        found: dict[str, Unit] = {}
        for number, line in enumerate(str(self.cleaned_data["joined"]).splitlines(), start=1):
            if line.strip():
                unit = self._unit_of(number, text.nfc(line).strip())
                found[unit.code] = unit
        return list(found.values())

    def _unit_of(self, number: int, written: str) -> Unit:
        by_code = queries.units([written.upper()]).get(written.upper())
        if by_code and by_code.province_code == self.province_code and by_code.level != Level.PROVINCE:
            return by_code
        matches = queries.find_units(written, province_code=self.province_code)
        certain = [match.unit for match in matches if match.certain]
        if len(certain) == 1:
            return certain[0]
        maybe = "; ".join(f"{match.unit.code} {match.unit.name}" for match in matches[:3])
        hint = f" Có phải: {maybe}?" if maybe else " Đề nghị xem mã ở mục Đơn vị."
        raise forms.ValidationError(f"Dòng {number}: chưa rõ “{written}” là đơn vị nào.{hint}")

    def clean(self) -> dict[str, Any]:
        """Something must change."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("left") and not cleaned.get("joined"):
            raise forms.ValidationError("Chưa chọn đơn vị nào. Đề nghị đánh dấu đơn vị thôi hoặc ghi đơn vị thêm.")
        return cleaned


class ReadingForm(forms.Form):
    """By which decision, and of which unit, an inspector opens the trail."""

    decision = forms.CharField(
        label="Theo Quyết định số", max_length=120, help_text="Số, ký hiệu và ngày, ví dụ 15-QĐ/UBKTTU ngày 10/11/2026."
    )
    unit = forms.CharField(label="Đơn vị", help_text="Ghi mã (99001) hoặc tên (Xã Tân Mẫu); gồm cả đơn vị bên trong.")

    def __init__(self, *args: Any, viewer: access.Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_unit(self) -> Unit:
        """One unit of the inspector's territory."""
        wanted = str(self.cleaned_data["unit"]).strip()
        by_code = queries.units([wanted.upper()]).get(wanted.upper())
        candidates = [by_code] if by_code else []
        for province in sorted({reach.province_code for reach in self.viewer.reaches}):
            candidates += [m.unit for m in queries.find_units(wanted, province_code=province) if m.certain]
        allowed = {unit.code: unit for unit in candidates if trail.may_open(self.viewer, unit)}
        if len(allowed) != 1:
            raise forms.ValidationError("Chưa rõ đơn vị, hoặc ngoài phạm vi của đồng chí. Đề nghị ghi mã đơn vị.")
        return next(iter(allowed.values()))
