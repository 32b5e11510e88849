"""The import of people from a file: every fault by its cell, and all or nothing."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from xanh.events.models import Event
from xanh.org import roster, roster_file
from xanh.org.access import Viewer, viewer_of
from xanh.org.models import Post, Unit
from xanh.people.models import Invitation, User

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)
HEADS = list(roster_file.COLUMNS)
GOOD = {
    "Mã đơn vị": "99001-UB",
    "Họ và tên": "Lê Thị Hoa",
    "Tên đăng nhập": "hoa.le",
    "Thư điện tử": "hoa.le@tinhmau.example",
    "Điện thoại": "0900000001",
    "Vai trò": "Nhập liệu",
    "Chức danh": "Công chức Văn hóa - Xã hội",
    "Là người duyệt thay": "",
    "Từ ngày": "01/07/2025",
    "Đến ngày": "",
    "Văn bản bố trí": "03-QĐ/MẪU",
}


def row(**changes: str) -> list[str]:
    """The good row, changed by the names of `KEYS`."""
    keys = {"unit": 0, "name": 1, "username": 2, "email": 3, "role": 5, "capacity": 6, "stand_in": 7, "since": 8,
            "until": 9, "document": 10}  # fmt: skip
    cells = list(GOOD.values())
    for key, value in changes.items():
        cells[keys[key]] = value
    return cells


def grid(*rows: list[str]) -> roster_file.Grid:
    return [HEADS, *rows]


def csv_of(rows: roster_file.Grid, *, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def excel_of(rows: list[list[object]]) -> bytes:
    """As people make them: days as Excel's days, codes as numbers where they look like numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        as_day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, datetime(cell.year, cell.month, cell.day), as_day)  # noqa: DTZ001
                else:
                    sheet.write(number, column, cell)
    return out.getvalue()


def counts() -> tuple[int, int, int, int]:
    return (User.objects.count(), Post.objects.count(), Invitation.objects.count(), Event.objects.count())


@pytest.fixture
def viewer(nation: factories.Nation) -> Viewer:
    """The administrator of xã Tân Mẫu."""
    return viewer_of(factories.person("unit_admin", "99001", name="Vũ Thị Quản"), day=DAY)


@pytest.fixture
def provincial(nation: factories.Nation) -> Viewer:
    """The administrator of Tỉnh Mẫu."""
    return viewer_of(factories.person("unit_admin", "00", name="Đỗ Văn Trị"), day=DAY)


def faults(viewer: Viewer, *rows: list[str]) -> list[tuple[int, str]]:
    return [(fault.row, fault.column) for fault in roster.check(grid(*rows), viewer).faults]


def fault(viewer: Viewer, *rows: list[str]) -> roster.CellFault:
    """The only fault of some rows."""
    (found,) = roster.check(grid(*rows), viewer).faults
    return found


def write(viewer: Viewer, *rows: list[str]) -> roster.ImportedRoster:
    content = csv_of(grid(*rows))
    return roster.import_roster(
        grid=roster_file.read_grid(content), digest=roster.digest_of(content), viewer=viewer, at=AT
    )


class TestFiles:
    def test_excel_days_and_numbers_become_what_people_see(self) -> None:
        cells: list[object] = [*row()]
        cells[0], cells[4], cells[8] = 99001, 900000001, date(2025, 7, 1)
        read = roster_file.read_grid(excel_of([[*HEADS], cells]))
        assert read[0] == HEADS
        assert (read[1][0], read[1][4], read[1][8]) == ("99001", "900000001", "01/07/2025")

    def test_excel_and_csv_say_the_same(self, viewer: Viewer) -> None:
        as_excel = roster_file.read_grid(excel_of([[*HEADS], [*row()]]))
        as_csv = roster_file.read_grid(csv_of(grid(row())))
        assert as_excel == as_csv == grid(row())

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_csv_as_excel_saves_it(self, delimiter: str, encoding: str) -> None:
        assert roster_file.read_grid(csv_of(grid(row()), delimiter=delimiter, encoding=encoding)) == grid(row())

    def test_csv_with_the_line_ends_of_old_machines_is_read(self) -> None:
        content = csv_of(grid(row())).replace(b"\r\n", b"\r")
        assert roster_file.read_grid(content) == grid(row())

    def test_a_quotation_mark_that_never_closes_is_refused_in_words(self) -> None:
        content = csv_of([HEADS]) + b'"' + b"a" * 200_000
        with pytest.raises(roster_file.FileUnreadable, match="Đề nghị"):
            roster_file.read_grid(content)

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "Tệp trống"),
            (b"\n\n,,\n", "không có dòng nào"),
            (b"PK\x03\x04 not really packed", "Không đọc được tệp Excel"),
            (b"\x00\x01\x02", "không phải bảng"),
            ("Họ và tên".encode("cp1258", "replace"), "Không đọc được chữ"),
            (b"a" * (2 * 1024 * 1024 + 1), "lớn hơn 2 MB"),
            (b"a\n" * 2002, "dài hơn 2.000 dòng"),
        ],
    )
    def test_what_is_no_roster_is_refused_with_the_reason(self, content: bytes, words: str) -> None:
        with pytest.raises(roster_file.FileUnreadable, match=words):
            roster_file.read_grid(content)

    def test_the_template_opens_and_is_itself_a_clean_file(self, viewer: Viewer) -> None:
        outcome = roster.check(roster_file.read_grid(roster_file.template()), viewer)
        assert outcome.clean
        (line,) = outcome.lines
        assert (line.unit.code, line.role, line.starts_on) == ("99001-UB", "clerk", date(2025, 7, 1))

    def test_the_download_never_holds_a_formula(self) -> None:
        content = roster_file.sheet_of("Danh sách", ["Họ và tên"], [["=1+1"]])
        assert roster_file.read_grid(content) == [["Họ và tên"], ["=1+1"]]


class TestFaults:
    def test_a_clean_file_has_none_and_nothing_is_written_yet(self, viewer: Viewer) -> None:
        before = counts()
        outcome = roster.check(grid(row(), row(unit="99001-DU", username="an.tran", name="Trần An")), viewer)
        assert outcome.clean
        assert [line.row for line in outcome.lines] == [2, 3]
        assert counts() == before

    def test_every_fault_is_told_with_row_column_and_remedy(self, viewer: Viewer) -> None:
        rows = [row(), row(username="x", since="31/02/2026", role="Vua"), row(unit="", document="")]
        found = roster.check(grid(*rows), viewer).faults
        assert [(each.row, each.column) for each in found] == [
            (3, "Tên đăng nhập"), (3, "Vai trò"), (3, "Từ ngày"), (4, "Mã đơn vị"), (4, "Văn bản bố trí"),
        ]  # fmt: skip
        assert all(each.problem and each.remedy for each in found)

    def test_a_wrong_code_is_answered_with_the_nearest_unit(self, viewer: Viewer) -> None:
        found = fault(viewer, row(unit="99001-UBB"))
        assert (found.row, found.column) == (2, "Mã đơn vị")
        assert "99001-UB (" in found.remedy

    def test_a_name_in_place_of_the_code_is_answered_with_the_code(self, viewer: Viewer) -> None:
        assert "99001 (Xã Tân Mẫu)" in fault(viewer, row(unit="Xã Tân Mẫu")).remedy

    def test_of_two_units_of_one_name_only_the_own_one_is_suggested(self, provincial: Viewer) -> None:
        # 98001 in the neighbouring province is called Xã Tân Mẫu too.
        remedy = fault(provincial, row(unit="Xã Tân Mẫu")).remedy
        assert "99001" in remedy
        assert "98001" not in remedy

    @pytest.mark.parametrize("code", ["99002-UB", "98001-UB", "00"])
    def test_a_unit_outside_the_own_reach_is_as_good_as_unknown(self, viewer: Viewer, code: str) -> None:
        assert "trong phạm vi quản trị" in fault(viewer, row(unit=code)).problem

    @pytest.mark.parametrize("written", ["Nhập liệu", "nhap lieu", "clerk"])
    def test_a_role_by_its_label_or_code(self, viewer: Viewer, written: str) -> None:
        (line,) = roster.check(grid(row(role=written)), viewer).lines
        assert line.role == "clerk"

    def test_an_unknown_role_is_answered_with_all_roles(self, viewer: Viewer) -> None:
        found = fault(viewer, row(role="Vua"))
        assert found.column == "Vai trò"
        assert "Nhập liệu, Người duyệt" in found.remedy

    def test_a_unit_admin_makes_no_system_admin(self, viewer: Viewer) -> None:
        assert "không được giao" in fault(viewer, row(role="Quản trị hệ thống")).problem

    @pytest.mark.parametrize("written", ["31/02/2026", "hôm qua", "2026", "1/7"])
    def test_a_bad_day(self, viewer: Viewer, written: str) -> None:
        found = fault(viewer, row(since=written))
        assert (found.column, found.remedy) == ("Từ ngày", "Ghi theo dạng 20/11/2026.")

    def test_an_end_before_the_start(self, viewer: Viewer) -> None:
        assert fault(viewer, row(since="02/07/2025", until="01/07/2025")).column == "Đến ngày"

    def test_a_single_day_in_office_is_a_term(self, viewer: Viewer) -> None:
        (line,) = roster.check(grid(row(since="01/07/2025", until="01/07/2025")), viewer).lines
        assert line.ends_on == date(2025, 7, 2)

    def test_one_username_for_two_people(self, viewer: Viewer) -> None:
        found = fault(viewer, row(), row(name="Trần Văn An", unit="99001-DU"))
        assert (found.row, found.column) == (3, "Tên đăng nhập")
        assert "Dòng 2 dùng tên này cho Lê Thị Hoa" in found.problem

    def test_one_person_may_hold_two_offices(self, viewer: Viewer) -> None:
        assert faults(viewer, row(), row(unit="99001-DU")) == []

    def test_the_same_office_twice_in_a_file(self, viewer: Viewer) -> None:
        assert "Trùng dòng 2" in fault(viewer, row(), row()).problem

    def test_a_username_of_a_stranger_is_taken_and_his_name_is_not_told(self, viewer: Viewer) -> None:
        stranger = factories.person("clerk", "99002-UB", name="Phạm Thị Kín")
        found = fault(viewer, row(username=stranger.username))
        assert found.column == "Tên đăng nhập"
        assert "Phạm Thị Kín" not in found.problem + found.remedy

    def test_nobody_appoints_himself_by_a_file(self, viewer: Viewer) -> None:
        own = row(username=viewer.user.username, name=viewer.user.full_name)
        assert "tài khoản của đồng chí" in fault(viewer, own).problem

    def test_only_approvers_have_stand_ins(self, viewer: Viewer) -> None:
        assert fault(viewer, row(stand_in="có")).column == "Là người duyệt thay"
        assert faults(viewer, row(stand_in="có", role="Người duyệt")) == []

    @pytest.mark.parametrize("column", ["Mã đơn vị", "Họ và tên", "Vai trò", "Từ ngày", "Văn bản bố trí"])
    def test_a_column_that_is_missing_or_stands_twice(self, viewer: Viewer, column: str) -> None:
        missing = [head for head in HEADS if head != column]
        assert [f.column for f in roster.check([missing, row()], viewer).faults] == [column]
        assert [f.column for f in roster.check([[*HEADS, column], row()], viewer).faults] == [column]

    def test_a_file_of_heads_alone_says_so(self, viewer: Viewer) -> None:
        assert "chưa có dòng nào" in roster.check(grid(), viewer).faults[0].problem

    @pytest.mark.parametrize("place", range(len(HEADS)))
    def test_a_cell_of_a_whole_book_is_a_fault_of_that_cell(self, viewer: Viewer, place: int) -> None:
        cells = row()
        cells[place] = "a" * 20_000
        assert (2, HEADS[place]) in faults(viewer, cells)

    def test_two_people_of_one_name_are_said_before_anybody_confirms(self, viewer: Viewer) -> None:
        known = factories.person("clerk", "99001-DU", name="Lê Thị Hoa")
        outcome = roster.check(grid(row()), viewer)
        assert outcome.clean
        (note,) = outcome.notes
        assert "hoa.le (dòng 2)" in note
        assert f"{known.username} (đã có)" in note

    def test_two_people_of_one_name_without_diacritics_are_two_names(self, viewer: Viewer) -> None:
        factories.person("clerk", "99001-DU", name="Lê Thị Hòa")
        assert roster.check(grid(row()), viewer).notes == []


class TestWriting:
    def test_people_offices_links_and_one_event(self, viewer: Viewer) -> None:
        events = Event.objects.count()
        written = write(
            viewer, row(), row(unit="99001-DU"), row(username="an.tran", name="Trần An", until="31/12/2026")
        )
        assert (len(written.invited), written.posts_added, written.posts_known) == (2, 3, 0)
        hoa = User.objects.get(username="hoa.le")
        assert sorted(hoa.posts.values_list("unit_id", flat=True)) == ["99001-DU", "99001-UB"]
        assert not hoa.has_usable_password()
        assert User.objects.get(username="an.tran").posts.get().ends_on == date(2027, 1, 1)
        assert Event.objects.count() == events + 1
        event = Event.objects.get(kind="roster.imported")
        assert event.facts["people"] == ["an.tran", "hoa.le"]
        assert event.unit_code == "99001"

    def test_one_fault_keeps_the_whole_file_out(self, viewer: Viewer) -> None:
        before = counts()
        with pytest.raises(roster.RosterRefused, match="kiểm tra lại"):
            write(viewer, row(), row(username="an.tran", name="Trần An", since="31/02/2026"))
        assert counts() == before

    def test_what_changed_since_the_check_keeps_it_out_too(self, viewer: Viewer) -> None:
        assert roster.check(grid(row()), viewer).clean
        User.objects.create_user("hoa.le", full_name="Người Khác")
        before = counts()
        with pytest.raises(roster.RosterRefused):
            write(viewer, row())
        assert counts() == before

    def test_the_same_file_twice_adds_nothing_the_second_time(self, viewer: Viewer) -> None:
        write(viewer, row(), row(unit="99001-DU"))
        before = counts()
        again = write(viewer, row(), row(unit="99001-DU"))
        assert (again.invited, again.posts_added, again.posts_known) == ((), 0, 2)
        assert counts()[:3] == before[:3]
        first, second = Event.objects.filter(kind="roster.imported").order_by("id")
        assert first.facts["posts"] == [
            "hoa.le · clerk · 99001-UB · Công chức Văn hóa - Xã hội",
            "hoa.le · clerk · 99001-DU · Công chức Văn hóa - Xã hội",
        ]
        assert (second.facts["people"], second.facts["posts"]) == ([], [])

    def test_a_known_person_gets_an_office_and_no_new_link(self, viewer: Viewer) -> None:
        known = factories.person("clerk", "99001-DU", name="Lê Thị Hoa")
        written = write(viewer, row(username=known.username))
        assert written.invited == ()
        assert sorted(known.posts.values_list("unit_id", flat=True)) == ["99001-DU", "99001-UB"]


ODD = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["99001-UB", "clerk", "01/07/2025", "31/12/2199", "có", "=1+1", "\x00", "９９００１", "²", "İ", "ß"]
    ),
    st.sampled_from(list(GOOD.values())),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(ODD, max_size=14), max_size=4), damaged=st.integers(0, 10), cell=ODD)
def test_odd_cells_never_crash_and_a_check_never_writes(
    viewer: Viewer, rows: list[list[str]], damaged: int, cell: str
) -> None:
    almost = row()
    almost[damaged] = cell
    before = counts()
    outcome = roster.check(grid(*rows, almost), viewer)
    assert counts() == before
    told = {each.row for each in outcome.faults}
    assert told.isdisjoint(line.row for line in outcome.lines)
    assert all(line.unit in Unit.objects.filter(commune_code="99001") for line in outcome.lines)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail)))
def test_odd_files_are_read_or_refused_in_words(viewer: Viewer, content: bytes) -> None:
    before = counts()
    refused = ""
    try:
        assert not roster.check(roster_file.read_grid(content), viewer).clean
    except roster_file.FileUnreadable as unreadable:
        refused = str(unreadable)
    assert "Đề nghị" in refused or not refused
    assert counts() == before
