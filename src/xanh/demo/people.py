"""The people of the sample nation. Every name carries "Mẫu" and nobody has a password: they are only ever looked at
through "Xem thử theo vai trò".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from xanh.demo import places
from xanh.org import actions as org
from xanh.org import bodies
from xanh.org.kinds import Level
from xanh.org.models import Post, Unit
from xanh.people import actions as people
from xanh.people.models import User

DOCUMENT = "01-QĐ/MẪU"
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh")
_GIVEN = (
    *("An", "Bình", "Chi", "Dung", "Giang", "Hà", "Hạnh", "Hiền", "Hoa", "Hùng", "Hương", "Khánh", "Lan", "Linh"),
    *("Long", "Mai", "Minh", "Nam", "Nga", "Ngọc", "Phong", "Phúc", "Quang", "Sơn", "Tâm", "Thảo", "Trang", "Tuấn"),
    *("Vân",),
)
CONSOLIDATOR, LEADER_ROLE = "consolidator", "leader"
COMMUNE_OFFICE = "VPDU"


@dataclass(frozen=True, slots=True)
class Approver:
    """Who approves a block, in which capacity."""

    person: User
    capacity: str


@dataclass(frozen=True, slots=True)
class BlockPeople:
    """Who types and who approves one block; the first approver is the default."""

    clerk: User
    approvers: tuple[Approver, ...]


@dataclass(frozen=True, slots=True)
class ProvincePeople:
    """The people of the province itself who act in the sample."""

    consolidators: tuple[User, User]
    leader: User


@dataclass(slots=True)
class People:
    """Everybody of the sample nation by what they do."""

    blocks: dict[str, BlockPeople] = field(default_factory=dict)
    consolidators: dict[str, User] = field(default_factory=dict)
    province: ProvincePeople | None = None
    typist: User | None = None
    approver: User | None = None


def _names() -> Iterator[str]:
    """Invented names, all different: 14 × 29 of them; the steps share no divisor with the lists."""
    for number in range(len(_FAMILIES) * len(_GIVEN)):
        yield f"{_FAMILIES[number % len(_FAMILIES)]} Mẫu {_GIVEN[number % len(_GIVEN)]}"


class _Office:
    """Makes people and gives them posts, all from one day on."""

    def __init__(self, *, starts_on: date, at: datetime) -> None:
        self._names, self._starts_on, self._at = _names(), starts_on, at

    def person(self, username: str, name: str = "") -> User:
        return people.create_user(username=username, full_name=name or next(self._names), by=None, at=self._at)

    def post(self, person: User, unit: Unit, role: str, capacity: str, *, substitute: bool = False) -> Post:
        return org.open_post(
            person=person,
            unit=unit,
            role=role,
            capacity=capacity,
            is_substitute=substitute,
            starts_on=self._starts_on,
            document=DOCUMENT,
            by=None,
            at=self._at,
        )

    def body(self, owner: Unit, code: str) -> Unit:
        return org.ensure_body(owner=owner, body_code=code, by=None, at=self._at)


def appoint_all(*, starts_on: date, at: datetime) -> People:
    """Create everybody of Tỉnh Mẫu, the nation's two posts, and the two technical users of the real units."""
    office = _Office(starts_on=starts_on, at=at)
    found = People()
    found.typist = office.person("mau-nhap", "Người nhập mẫu")
    found.approver = office.person("mau-duyet", "Người duyệt mẫu")
    nation = Unit.objects.get(level=Level.NATION)
    office.post(office.person("vn-quan-tri"), nation, "system_admin", "Quản trị hệ thống")
    office.post(office.person("vn-lanh-dao"), nation, LEADER_ROLE, "Thành viên Ban Chỉ đạo Trung ương")
    found.province = _appoint_province(office, Unit.objects.get(pk=places.PROVINCE))
    for commune in Unit.objects.communes_of(places.PROVINCE):
        _appoint_commune(office, commune, found)
    return found


def _appoint_province(office: _Office, province: Unit) -> ProvincePeople:
    standing_office = office.body(province, "VPTU")
    first, second = office.person("00-vptu-1"), office.person("00-vptu-2")
    office.post(first, standing_office, CONSOLIDATOR, "Chuyên viên Văn phòng Tỉnh ủy")
    office.post(second, standing_office, CONSOLIDATOR, "Trưởng phòng Tổng hợp, Văn phòng Tỉnh ủy")
    office.post(office.person("00-skhcn"), office.body(province, "SKHCN"), "owner", "Chuyên viên Sở KH&CN")
    office.post(office.person("00-btctu"), office.body(province, "BTCTU"), "owner", "Chuyên viên Ban Tổ chức Tỉnh ủy")
    leader = office.person("00-lanh-dao")
    office.post(leader, province, LEADER_ROLE, "Phó Bí thư Thường trực Tỉnh ủy")
    office.post(office.person("00-ubkt"), province, "inspector", "Ủy viên Ủy ban Kiểm tra Tỉnh ủy")
    office.post(office.person("00-quan-tri"), province, "unit_admin", "Quản trị đơn vị của tỉnh")
    return ProvincePeople((first, second), leader)


def _appoint_commune(office: _Office, commune: Unit, found: People) -> None:
    code = commune.code
    for block in Unit.objects.blocks_of(code):
        suffix = block.code.removeprefix(f"{code}-").lower()
        clerk = office.person(f"{code}-{suffix}-nhap")
        office.post(clerk, block, "clerk", f"Cán bộ nhập liệu, {block.name}")
        approvers = []
        for number, capacity in enumerate(bodies.approver_capacities(block.block)):
            person = office.person(f"{code}-{suffix}-duyet-{number + 1}")
            office.post(person, block, "approver", capacity, substitute=number > 0)
            approvers.append(Approver(person, capacity))
        found.blocks[block.code] = BlockPeople(clerk, tuple(approvers))
    # The secretary leads the commune and stands in as approver of the Party's block.
    secretary = found.blocks[f"{code}-DU"].approvers[-1]
    office.post(secretary.person, commune, LEADER_ROLE, secretary.capacity)
    standing_office = office.person(f"{code}-vpdu")
    office.post(standing_office, office.body(commune, COMMUNE_OFFICE), CONSOLIDATOR, "Chánh Văn phòng Đảng ủy")
    found.consolidators[code] = standing_office
