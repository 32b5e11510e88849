"""Import of people and offices from a grid of text: checked cell by cell, written whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from xanh.core import dates, text
from xanh.events import actions as events
from xanh.org import access, queries, staff
from xanh.org.models import Post, Unit
from xanh.org.roster_file import COLUMNS, Grid
from xanh.people import actions as people
from xanh.people.inputs import USERNAME
from xanh.people.models import User
from xanh.people.roles import ROLES, Act

REQUIRED = frozenset({"Mã đơn vị", "Họ và tên", "Tên đăng nhập", "Vai trò", "Chức danh", "Từ ngày", "Văn bản bố trí"})
LENGTHS = {"Tên đăng nhập": 80, "Thư điện tử": 254, "Điện thoại": 30}
LENGTH_ELSEWHERE = 200
YES, NO = frozenset({"co", "x", "1", "true", "dung"}), frozenset({"", "khong", "0", "false"})
COMMUNE_CODE_LENGTH = 5
SUGGESTIONS_MAX = 20


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in one cell: row as Excel numbers it, head of the column, the fault, how to mend it."""

    row: int
    column: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One clean row: who, and which office; `ends_on` is the first day without it."""

    row: int
    unit: Unit
    full_name: str
    username: str
    email: str
    phone: str
    role: str
    capacity: str
    is_substitute: bool
    starts_on: date
    ends_on: date | None
    document: str

    @property
    def office(self) -> tuple[str, str, str, str]:
        """What may not stand twice."""
        return (self.username, self.unit.code, self.role, self.capacity)


@dataclass(slots=True)
class RosterCheck:
    """Outcome of the dry run."""

    lines: list[RosterLine] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether the whole file may be written."""
        return bool(self.lines) and not self.faults


class RosterRefused(Exception):
    """The file has faults (again) at the moment of writing; nothing was written."""


def check(grid: Grid, viewer: access.Viewer) -> RosterCheck:
    """The dry run: every fault of every cell, homonyms as notes. Writes nothing."""
    outcome = RosterCheck()
    # A NUL is no text: PostgreSQL refuses it even in a look-up.
    grid = [[cell.replace("\x00", "") for cell in row] for row in grid]
    places = _places_of(grid[0], outcome)
    if outcome.faults:
        return outcome
    checker = _Checker(outcome, viewer)
    for number, row in enumerate(grid[1:], start=2):
        cells = {head: (row[place] if place < len(row) else "") for head, place in places.items()}
        if any(cells.values()):
            checker.check_row(number, cells)
    if not outcome.lines and not outcome.faults:
        outcome.faults.append(
            CellFault(2, COLUMNS[0], "Danh sách chưa có dòng nào.", "Ghi mỗi người một dòng dưới dòng tiêu đề.")
        )
    _note_homonyms(outcome)
    return outcome


def _places_of(heads: list[str], outcome: RosterCheck) -> dict[str, int]:
    folded = [text.fold(head) for head in heads]
    places: dict[str, int] = {}
    for head in COLUMNS:
        count = folded.count(text.fold(head))
        if count == 1:
            places[head] = folded.index(text.fold(head))
        elif count > 1:
            outcome.faults.append(CellFault(1, head, "Cột xuất hiện nhiều lần.", "Chỉ giữ một cột này."))
        elif head in REQUIRED:
            outcome.faults.append(CellFault(1, head, "Thiếu cột này.", "Dùng tệp mẫu, giữ nguyên dòng tiêu đề."))
    return places


class _Checker:
    """Checks rows one after the other; knows the rows before and everything the file may touch."""

    def __init__(self, outcome: RosterCheck, viewer: access.Viewer) -> None:
        self.outcome, self.viewer = outcome, viewer
        units = Unit.objects.filter(viewer.units_where(Act.MANAGE_PEOPLE) | viewer.units_where(Act.MANAGE_SYSTEM))
        self.units = {unit.code: unit for unit in units}
        self.known = {user.username.casefold(): user for user in User.objects.all()}
        self.managed = set(staff.people_within(viewer).values_list("pk", flat=True))
        self.looked_up = 0
        self.names: dict[str, tuple[str, int]] = {}
        self.offices: dict[tuple[str, str, str, str], int] = {}

    def check_row(self, row: int, cells: dict[str, str]) -> None:
        """Add a RosterLine, or the faults of the row."""
        before = len(self.outcome.faults)

        def fault(column: str, problem: str, remedy: str) -> None:
            self.outcome.faults.append(CellFault(row, column, problem, remedy))

        for column in COLUMNS:
            value = cells.get(column, "")
            if column in REQUIRED and not value:
                fault(column, "Chưa ghi.", "Ghi nội dung vào ô này.")
            longest = LENGTHS.get(column, LENGTH_ELSEWHERE)
            if len(value) > longest:
                fault(column, f"Dài quá {longest} ký tự.", "Ghi ngắn lại.")
                # The rest is neither looked up nor told again.
                cells[column] = value[:longest]
        unit = self._unit(cells["Mã đơn vị"], fault)
        self._person(row, cells, fault)
        role = self._role(cells["Vai trò"], unit, fault)
        substitute = self._substitute(cells.get("Là người duyệt thay", ""), role, fault)
        starts_on = self._day(cells["Từ ngày"], "Từ ngày", fault)
        last_on = self._day(cells.get("Đến ngày", ""), "Đến ngày", fault)
        if starts_on and last_on and last_on < starts_on:
            fault("Đến ngày", "Trước Từ ngày.", "Sửa một trong hai ngày.")
        if len(self.outcome.faults) > before or unit is None or starts_on is None:
            return
        line = RosterLine(
            row=row,
            unit=unit,
            full_name=cells["Họ và tên"],
            username=cells["Tên đăng nhập"].casefold(),
            email=cells.get("Thư điện tử", ""),
            phone=cells.get("Điện thoại", ""),
            role=role,
            capacity=cells["Chức danh"],
            is_substitute=substitute,
            starts_on=starts_on,
            ends_on=last_on + timedelta(days=1) if last_on else None,
            document=cells["Văn bản bố trí"],
        )
        if line.office in self.offices:
            fault("Chức danh", f"Trùng dòng {self.offices[line.office]}.", "Bỏ một trong hai dòng.")
            return
        self.offices[line.office] = row
        self.outcome.lines.append(line)

    def _unit(self, code: str, fault: Callable[[str, str, str], None]) -> Unit | None:
        wanted = code.upper()
        if not wanted or wanted in self.units:
            return self.units.get(wanted)
        padded = wanted.zfill(COMMUNE_CODE_LENGTH)
        if wanted.isdecimal() and padded in self.units:
            name = self.units[padded].name
            fault("Mã đơn vị", f"Không có mã {code}.", f"Excel đã bỏ số 0 ở đầu. Có phải {padded} ({name})?")
            return None
        # A look-up reads the whole map; a file of wrong codes needs the remedy said a few times, not thousands.
        self.looked_up += 1
        near = queries.suggestions(code, list(self.units)) if self.looked_up <= SUGGESTIONS_MAX else []
        maybe = "; ".join(f"{unit.code} ({unit.name})" for unit in near)
        remedy = f"Có phải: {maybe}?" if maybe else "Xem mã ở Quản trị, mục Đơn vị."
        fault("Mã đơn vị", f"“{code}” không phải mã đơn vị trong phạm vi quản trị của đồng chí.", remedy)
        return None

    def _person(self, row: int, cells: dict[str, str], fault: Callable[[str, str, str], None]) -> None:
        name, username, email = cells["Họ và tên"], cells["Tên đăng nhập"].casefold(), cells.get("Thư điện tử", "")
        if name and " " not in name:
            fault("Họ và tên", "Chỉ có một từ.", "Ghi đủ họ và tên.")
        if email:
            try:
                validate_email(email)
            except ValidationError:
                fault("Thư điện tử", f"“{email}” chưa đúng dạng.", "Ghi dạng ten@co-quan.gov.vn hoặc để trống.")
        if not username:
            return
        try:
            USERNAME(username)
        except ValidationError:
            fault(
                "Tên đăng nhập",
                f"“{username}” chưa đúng dạng.",
                "Chữ thường không dấu, số, dấu chấm, gạch; từ 3 ký tự.",
            )
            return
        earlier = self.names.setdefault(username, (name, row))
        if text.same_tone_place(earlier[0]) != text.same_tone_place(name):
            fault("Tên đăng nhập", f"Dòng {earlier[1]} dùng tên này cho {earlier[0]}.", "Mỗi người một tên đăng nhập.")
        self._known_person(name, username, fault)

    def _known_person(self, name: str, username: str, fault: Callable[[str, str, str], None]) -> None:
        known = self.known.get(username)
        if known is None:
            return
        if text.same_tone_place(known.full_name) != text.same_tone_place(name) or known.pk not in self.managed:
            # The name of a stranger is not told.
            fault("Tên đăng nhập", f"“{username}” đã có người khác dùng.", "Chọn tên đăng nhập khác.")
        elif known.pk == self.viewer.user.pk:
            fault(
                "Tên đăng nhập", "Đây là tài khoản của đồng chí.", "Chức danh của mình do người quản trị khác bố trí."
            )

    def _role(self, written: str, unit: Unit | None, fault: Callable[[str, str, str], None]) -> str:
        wanted = text.fold(written)
        role = next((r for r in ROLES.values() if wanted in (text.fold(r.label), r.code)), None)
        if role is None:
            if wanted:
                labels = ", ".join(r.label for r in ROLES.values())
                fault("Vai trò", f"Không có vai trò “{written}”.", f"Ghi một trong: {labels}.")
            return ""
        if unit is not None and role not in access.grantable_roles(self.viewer, unit):
            fault(
                "Vai trò",
                f"Đồng chí không được giao bố trí vai trò {role.label} tại {unit.name}.",
                "Chọn vai trò khác.",
            )
        return role.code

    def _substitute(self, written: str, role: str, fault: Callable[[str, str, str], None]) -> bool:
        folded = text.fold(written)
        if folded not in YES | NO:
            fault("Là người duyệt thay", f"Không hiểu “{written}”.", "Ghi “có” hoặc để trống.")
        if folded in YES and role and role != "approver":
            fault("Là người duyệt thay", "Chỉ Người duyệt mới có người duyệt thay.", "Để trống hoặc đổi vai trò.")
        return folded in YES

    def _day(self, written: str, column: str, fault: Callable[[str, str, str], None]) -> date | None:
        if not written:
            return None
        try:
            return dates.parse_date(written)
        except dates.DateUnreadable:
            fault(column, f"“{written}” không phải ngày.", "Ghi theo dạng 20/11/2026.")
            return None


def _note_homonyms(outcome: RosterCheck) -> None:
    """Same name, another account: allowed, but said before anybody confirms."""
    by_name: dict[str, dict[str, int]] = {}
    for line in outcome.lines:
        by_name.setdefault(text.same_tone_place(line.full_name).casefold(), {}).setdefault(line.username, line.row)
    known = User.objects.filter(name_folded__in={text.fold(name) for name in by_name})
    for user in known:
        # The names of the file are compared with their diacritics; the folded column only narrows the rows.
        accounts = by_name.get(text.same_tone_place(user.full_name).casefold(), {})
        accounts.setdefault(user.username, 0)
    for accounts in by_name.values():
        if len(accounts) > 1:
            told = ", ".join(f"{name} (dòng {row})" if row else f"{name} (đã có)" for name, row in accounts.items())
            outcome.notes.append(f"Trùng họ tên ở các tài khoản: {told}. Nếu là một người, dùng một tên đăng nhập.")


@dataclass(frozen=True, slots=True)
class ImportedRoster:
    """What was written: new people with the token of their links, offices added, offices that stood already."""

    invited: tuple[tuple[User, str], ...]
    posts_added: int
    posts_known: int


def digest_of(content: bytes) -> str:
    """SHA-256 of a roster file: the token by which the confirmation names what was checked."""
    return hashlib.sha256(content).hexdigest()


@transaction.atomic
def import_roster(*, grid: Grid, digest: str, viewer: access.Viewer, at: datetime) -> ImportedRoster:
    """Check once more and write people, offices and invitations; one event. Raises RosterRefused and writes nothing."""
    outcome = check(grid, viewer)
    if not outcome.clean:
        raise RosterRefused("Từ lúc kiểm tra đến lúc ghi, dữ liệu đã thay đổi. Đề nghị kiểm tra lại tệp.")
    invited: dict[str, tuple[User, str]] = {}
    persons = {user.username.casefold(): user for user in User.objects.filter(username__in=_usernames(outcome))}
    added: list[str] = []
    for line in outcome.lines:
        person = persons.get(line.username)
        if person is None:
            person = people.new_account(
                username=line.username, full_name=line.full_name, email=line.email, phone=line.phone
            )
            persons[line.username] = person
            invited[line.username] = (person, people.new_link(user=person, at=at))
        if _open(line, person):
            added.append(f"{line.username} · {line.role} · {line.unit.code} · {line.capacity}")
    # The trail tells what was written; offices that stood already were told when they were given.
    facts = {"file_sha256": digest, "people": sorted(invited), "posts": added}
    home = viewer.home.unit_code if viewer.home else ""
    events.record(
        kind="roster.imported", subject=("roster", digest[:16]), by=viewer.user, at=at, unit_code=home, facts=facts
    )
    return ImportedRoster(tuple(invited.values()), len(added), len(outcome.lines) - len(added))


def _usernames(outcome: RosterCheck) -> list[str]:
    return [line.username for line in outcome.lines]


def _open(line: RosterLine, person: User) -> bool:
    """Add the office unless it stands open already."""
    same = Post.objects.filter(person=person, unit=line.unit, role=line.role, capacity=line.capacity)
    if same.filter(ends_on=None).exists() or same.filter(starts_on=line.starts_on).exists():
        return False
    Post.objects.create(
        person=person,
        unit=line.unit,
        role=line.role,
        capacity=line.capacity,
        is_substitute=line.is_substitute,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        document=line.document,
    )
    return True
