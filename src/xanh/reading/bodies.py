"""Names of bodies and office-holders: where one begins, where it ends, how an enumeration is split.

A name is recognised by its first word (a closed class: ban, sở, ủy ban, các xã …) and goes on as long as its words
are of the kinds that names are made of. Verbs are an open class, the words inside names nearly are not; so the rule
lists the latter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xanh.reading.view import one_of, words

_HEAD = words(
    one_of("""
ban cán sự đảng | ban chấp hành | ban chỉ đạo | ban chỉ huy | ban chủ nhiệm | ban công tác | ban dân tộc
ban dân vận
ban giám đốc | ban giám hiệu | ban giám sát | ban bí thư | ban kinh tế | ban nội chính | ban nhân dân | ban pháp chế
ban phát triển thôn | ban quản lý | ban quản lý dự án | ban quản lý dự án đầu tư xây dựng | ban quản trị
ban tổ chức | ban thường trực | ban thường vụ | ban tiếp công dân
ban tuyên giáo | ban văn hóa | ban xây dựng đảng | ban vận động | ban điều hành | ban quân sự | ban chqs
ban soạn thảo | ban thư ký | ban đại diện | ban biên tập | ban đô thị | ban cơ yếu | sở | phòng | văn phòng | ủy ban
hội đồng | đảng ủy | tỉnh ủy | thành ủy | huyện ủy | quận ủy | thị ủy | đảng đoàn | đảng bộ | chi bộ | chi ủy
thường trực | cấp ủy | công an | tổ công tác | tổ giúp việc | tổ đề án | tổ hỗ trợ | bộ chính trị | bộ chỉ huy
bộ | trung tâm | trường | trạm | hội | đoàn | liên đoàn
liên minh | công đoàn | mặt trận | mttq | tổ | tiểu ban | cục | chi cục | tổng cục | vụ | viện | tòa án | thanh tra
cơ quan | chủ tịch | phó chủ tịch | chủ nhiệm | bí thư | phó bí thư | giám đốc | phó giám đốc | tổng giám đốc
trưởng
phó trưởng | chánh | phó chánh | người đứng đầu | thủ trưởng | đồng chí | đ/c | ông | bà | đơn vị | lãnh đạo
thành viên | ủy viên | quân sự | kho bạc | ngân hàng | bảo hiểm xã hội | bưu điện | bưu cục | điện lực | thuế
chính phủ | thủ tướng | quốc hội | trung ương | ubnd | hđnd | ubmttq | ubkt | vnpt | viettel | mobifone | cấp xã
cấp tỉnh | cấp trên | cấp có thẩm quyền | cấp ủy cấp trên | chính quyền | doanh nghiệp | công ty | hợp tác xã | quỹ
đài | tạp chí | nhà văn hóa | bệnh viện | hạt kiểm lâm | đội | xã | phường | thôn | ấp | khu phố | tổ dân phố | tỉnh
thành phố | hiệu trưởng | hệ thống thông tin | hệ thống | cổng | học viện | đại học | tổ chức đảng | kiểm toán
trưởng thôn | nhà trường
"""),
    re.IGNORECASE,
)
# What begins like a name and is none.
_NOT_A_NAME = words(
    one_of("""
ban hành | tổ chức(?! (?:đảng|chính trị|cơ sở)) | hội (?:nghị|thảo|họp|nhập|viên|trường|thi) | đoàn kết | trường hợp
bộ (?:chỉ (?:tiêu|số)|máy|thủ tục|tiêu chí|mã) | phòng[ ,]*(?:ngừa|chống) | phòng họp | sở hữu | báo cáo | đội ngũ
quỹ đất | trưởng thành | cơ sở (?:dữ|vật|hạ|pháp|đó|lý) | thôn số | thuế suất | đài thọ | hệ thống (?:hóa|chính trị)
lãnh đạo,? (?:chỉ|điều|tổ|thống|cụ|triển|thực) | đoàn (?:kiểm tra|giám sát|công tác|viên) | tổ hợp | viện dẫn
vụ việc | xã hội | công ty mẹ | thanh tra, kiểm tra | kiểm toán nội bộ | thường trực (?:24|sẵn)
"""),
    re.IGNORECASE,
)
# "các …", "mỗi …", "từng …" before one of these nouns is a body or a group of office-holders.
_GROUP = words(
    r"(?:các|những|mỗi|từng|toàn thể|tất cả các|100%(?: các)?) (?:(?:đồng chí|đ/c) )?"
    + one_of("""
bộ(?! (?:chỉ|thủ|tiêu)) | ban(?! hành) | ngành | sở | phòng(?! (?:họp|chống|ngừa)) | cơ quan | đơn vị | địa phương
tổ chức | cấp | cấp ủy | chi bộ | chi ủy | đảng bộ | đảng ủy | xã | phường | thôn | ấp | buôn | bản | làng | khu phố
khu dân cư | tổ dân phố | tổ | tổ công nghệ | hội | đoàn thể | trường | trạm | trung tâm | doanh nghiệp | hợp tác xã
thành viên | ủy viên | phó | trưởng | bí thư | chủ tịch | giám đốc | công chức | cán bộ | viên chức | đảng viên
quận
người đứng đầu | ủy ban | tỉnh | thành phố | huyện | tập thể | lãnh đạo | bộ phận | cơ sở giáo dục | thủ trưởng
khối
đồng chí | trường học | nhà mạng | công ty | tổng công ty | văn phòng | nhà trường | ban ngành | đặc khu | hộ
"""),
    re.IGNORECASE,
)
_DEMONSTRATIVE = words(r"(?:này|đó|nêu trên|kể trên)(?!\w)")
# Lower-case words that stand inside names.
_INSIDE = words(
    one_of("""
tham mưu,? giúp việc | chính trị - xã hội | xã hội - nghề nghiệp | hành chính công | phục vụ hành chính công
có liên quan | liên quan | có thẩm quyền | trên địa bàn | trực thuộc | chuyên trách | chuyên môn | địa phương
nhân dân | dân phố | dân cư | tổ quốc | cơ quan | đơn vị
tổ chức(?=(?: ?,| và| chính| đảng| cơ sở| có liên| liên| xã hội| trực)) | đoàn thể | doanh nghiệp | hợp tác xã
công lập | giáo dục | đào tạo | khoa học | công nghệ | (?-i:công nghệ số) | công nghệ số(?= cộng đồng)
công nghệ thông tin | kỹ thuật | văn hóa
kinh tế | hạ tầng | đô thị | nội vụ | tài chính | tư pháp | y tế | công thương | nông nghiệp | môi trường
xây dựng đảng | thường vụ | thường trực | (?-i:Chỉ đạo) | ban chỉ đạo | giúp việc | bí thư | chủ tịch | phó | trưởng
giám đốc | chánh văn phòng | văn phòng | ủy viên | thành viên | chi bộ | chi ủy | đảng bộ | đảng ủy | cấp ủy | đảng
ủy | đồng chí | công chức | viên chức | cán bộ | người lao động | đảng viên
kiểm tra(?= (?:đảng|tỉnh|các|thành|huyện)) | kiểm sát | quân sự | công an | biên phòng | mặt trận | nông dân
phụ nữ
thanh niên | cựu chiến binh | thể thao | du lịch | dân tộc | tôn giáo | dân vận | tuyên giáo
phòng(?! (?:họp|chống|ngừa)) | sở | ban(?! hành) | ngành | bộ
các(?= (?:xã|phường|thôn|chi bộ|cấp|cơ quan|sở|phòng|đơn vị|khu|ấp|tổ|trường|đoàn thể|hội|tổ chức|ban, ngành|đồng chí|đảng ủy))
xã | phường | tỉnh | thành phố | huyện | thôn | ấp | bản(?= (?-i:[A-ZĐ])) | buôn | khu phố | tổ(?! chức) | khu | cấp
trên | dưới | hội | đoàn | trường | trạm | trung tâm | trung ương | cơ sở(?! (?:dữ|vật|hạ|đó)) | khối | khác
cộng đồng | trung học | tiểu học | mầm non | thuộc | của | thông tin | chuyển đổi số | đổi mới sáng tạo
người đứng đầu | chính quyền | chức năng | nhà nước | nghiệp vụ | một cửa | dùng chung | hành chính | sự nghiệp | khu vực
bưu chính | viễn thông | cung cấp dịch vụ | dịch vụ | quản lý dự án | truyền thanh | đại biểu | đoàn viên
được phân công | được giao | họ | nghèo
"""),  # noqa: E501
    re.IGNORECASE,
)
_LOWER_HEAD = words(
    one_of("""
đồng chí | đ/c | cấp ủy | cấp xã | cấp tỉnh | cấp trên | cấp có thẩm quyền | chi bộ | người đứng đầu | thủ trưởng
ông | bà | cơ quan | đơn vị | xã | phường | tỉnh | chính quyền | tổ chức đảng | bí thư | chủ tịch | trưởng | công an
đảng ủy | lãnh đạo (?:các|UBND|đảng|xã|sở|phòng|ban) | phòng (?=[A-ZĐ])\\w+ | sở (?=[A-ZĐ])\\w+ | thôn | ban chỉ đạo
nhà trường | hệ thống (?:thông tin|giám|báo) | ủy ban nhân dân | ban thường vụ | trung ương | ủy ban mặt trận
""")
)
# Second syllables of two-syllable words in names; taken only right after a capital
# ("Liên hiệp", "Lao động", "Chữ thập đỏ").
_SECOND = words(
    one_of("""
hiệp | động | khoa | hợp | yếu | trị | vấn | chế | thập | đỏ | dục | nghiệp | thương | tế | chính | pháp | vụ | đất
kê | lâm | nông | nghệ | niên | nữ
binh | sản | học | hóa | lịch | thao | tư | sáng | vốn | phần | vật | cao | đẳng | khiếu | trí | mạng | hộ | nghề
tộc | triển | chợ | quyết | đốc | quan
""")
)
_WORD = re.compile(r"[^\W\d_](?:[\w/&]|\.(?=\w))*|\d+(?:/\d+)?(?!\d*[/.%]\d)")
_FIELD_TAIL = words(r" về (?:phát triển|chuyển đổi|cải cách|xây dựng|thực hiện|khoa học|công tác)(?!\w)", re.IGNORECASE)
_TAIL_STOP = words(
    r"[.;:()“”]| "
    + one_of("""
đã | vừa | đang | tổ chức(?! chính) | ban hành | báo cáo | giao | yêu cầu | đề nghị | chủ trì | phối hợp | thông báo
kết luận | để | theo | trước | về việc | về | có trách nhiệm | xem xét | tham mưu | và các | chịu | chỉ đạo | gồm
họp | hướng dẫn | theo dõi | đôn đốc
""")
)
_SYSTEM = words(r"(?:hệ thống|cổng|nền tảng)(?!\w)", re.IGNORECASE)
_SYSTEM_STOP = words(
    r"[.;:()“”]| "
    + one_of("theo | trước | để | từ | hằng | hàng | định kỳ | và tháng | bảo đảm | đảm bảo | chậm nhất | đúng")
)
_ROLE = words(
    r" - (?=(?:[Cc]ơ quan|[Đđ]ơn vị|Thường trực|Ủy viên|Phó|Trưởng|Tổ trưởng|Bí thư|Chủ tịch|Giám đốc|Chánh)(?!\w))"
)
_PERSON = words(r"(?:đồng chí|đ/c|ông|bà) (?=[A-ZĐÀ-Ỹ])(?!Bí thư|Chủ tịch|Phó|Trưởng|Giám đốc|Chánh)", re.IGNORECASE)
_OFFICE_OF_A_PERSON = words(r" ?, (?=(?:Ủy viên|Phó|Trưởng|Tổ trưởng|Bí thư|Chủ tịch|Giám đốc|Chánh)(?!\w))")
_SHARED_NOUN = words(
    one_of("""
cơ quan | đơn vị | địa phương | tổ chức(?! (?:chính|đảng)) | ban | ngành | sở | phường | xã | thôn | ấp | tổ dân phố
chính quyền | doanh nghiệp | đoàn thể | đặc khu | công chức | viên chức | cá nhân | giúp việc | người lao động
hợp tác xã | bộ | khu phố | phòng(?=,) | tổ chức đảng | chủ tịch | Chủ tịch | các ngành
""")
)
_DEPARTMENT = words(r"(?:sở|phòng|ban|bộ|trung tâm|trường|chi cục|cục|viện|tổ)(?!\w)", re.IGNORECASE)
_FIELD_WORD = words(
    one_of("""
Công | Môi | Truyền | Dân | Đào | Du | Thể | Xã | Đổi | Hạ | Đô | Tôn | Tuyên | Khoa | Kỹ | Giúp | Đầu | Chuyển
Quản
Gia | Trẻ | Thông | đào | công | môi | đô | hạ | Việc | Thương | Nghiệp | Phát
""")
)
_EACH = words(r"(?:các|những|mỗi|từng)(?!\w)", re.IGNORECASE)
_COLLECTIVE = words(
    r"(?:các|những|mỗi|từng|cấp ủy|người đứng đầu|cán bộ|cơ quan|đơn vị|thủ trưởng|lãnh đạo|toàn thể|"
    r"đồng chí|cá)(?!\w)",
    re.IGNORECASE,
)
_STANDING = words(r"(?:Ban Thường vụ|Thường trực|Ban Thường trực) *")
_LINK = words(r" ?(?:,|;|(?<=\s)và|(?<=\s)cùng(?: với)?) (?:(?:nhất|đặc biệt) là )?")


@dataclass(frozen=True)
class Name:
    """One name in the text (its apposition of role left out) and where the whole mention ends."""

    start: int
    end: int
    mention_end: int


def starts_name(flat: str, at: int) -> bool:
    """Whether a body or an office-holder is named from this place on."""
    if _NOT_A_NAME.match(flat, at):
        return False
    if _GROUP.match(flat, at):
        return True
    if not _HEAD.match(flat, at):
        return False
    return flat[at].isupper() or bool(_LOWER_HEAD.match(flat, at))


def name_at(flat: str, at: int, limit: int) -> Name | None:
    """The name that begins at this place, or None. `limit` is where the sentence ends."""
    if at >= limit or not starts_name(flat, at):
        return None
    if _SYSTEM.match(flat, at):
        return _with_tail(flat, at, at, limit, _SYSTEM_STOP)
    end = _walk(flat, at, limit)
    if end <= at or _DEMONSTRATIVE.match(flat, _skip(flat, end)):
        return None
    tail = _FIELD_TAIL.match(flat, end, limit)
    if tail and words(r"(?:ban chỉ đạo|tổ|tiểu ban|hội đồng)(?!\w)", re.IGNORECASE).match(flat, at):
        return _with_tail(flat, at, tail.end(), limit, _TAIL_STOP)
    if not _EACH.match(flat, at):
        end = _strip_back(flat, at, at + len(re.split(r"\s+trên\s+địa\s+bàn", flat[at:end])[0]))
    role = _ROLE.match(flat, end, limit) or (_PERSON.match(flat, at) and _OFFICE_OF_A_PERSON.match(flat, end, limit))
    return Name(at, end, max(_walk(flat, role.end(), limit), end) if role else end)


def _with_tail(flat: str, at: int, start: int, limit: int, stop: re.Pattern[str]) -> Name:
    hit = stop.search(flat, start, limit)
    end = _strip_back(flat, at, hit.start() if hit else limit)
    return Name(at, end, end)


def _skip(flat: str, at: int) -> int:
    while at < len(flat) and flat[at] == " ":
        at += 1
    return at


def _strip_back(flat: str, start: int, end: int) -> int:
    while end > start and flat[end - 1] in " ,-":
        end -= 1
    return end


def _step(flat: str, at: int, limit: int) -> int:
    """The end of the word of a name that begins at `at`, or `at` when the name stops here."""
    inside = _INSIDE.match(flat, at, limit)
    if inside:
        return inside.end()
    second = _SECOND.match(flat, at, limit)
    if (
        second
        and re.search(r"[^\W\d_]", flat[max(0, at - 9) : at])
        and flat[max(0, at - 40) : at].split(" ")[-2:][0][:1].isupper()
    ):
        return second.end()
    word = _WORD.match(flat, at, limit)
    if word and word[0] != "V/v" and (word[0][0].isupper() or word[0][0].isdigit()):
        return word.end()
    return at


def _walk(flat: str, at: int, limit: int) -> int:
    """The end of one name with everything that shares its head or modifier."""
    first = _GROUP.match(flat, at, limit) or _HEAD.match(flat, at, limit)
    end = first.end() if first else at
    while True:
        here = _skip(flat, end)
        mark = re.compile(r"[,-]|và(?=\s)").match(flat, here, limit)
        if mark:
            after = _skip(flat, mark.end())
            if not _joins(flat, at, here, after, limit):
                break
            here = after
        step = _step(flat, here, limit)
        if step == here:
            break
        end = step
    return _strip_back(flat, at, end)


def _joins(flat: str, start: int, mark: int, after: int, limit: int) -> bool:
    """Whether a comma, dash or "và" stands inside one name (shared head or modifier) and not between two."""
    if after >= limit:
        return False
    head = flat[start:mark]
    if flat[mark] == "-":
        role = _ROLE.match(flat, mark - 1)
        return not role and (flat[after].isupper() or flat.startswith(("xã hội", "nghề"), after))
    if _EACH.match(flat, after):
        return False
    if _STANDING.fullmatch(head):
        return flat.startswith(("Thường trực", "Ban Thường vụ", "Ban Chấp hành"), after)
    if words(r"(?:^| )[Bb]í thư ").search(head) and flat.startswith(("Chủ tịch", "Phó"), after):
        return True
    if words(r"(?:^| )(?:các|mỗi|từng) [\w,]+(?: \w+)? ?$").search(head) and _SHARED_NOUN.match(flat, after):
        return True
    if _COLLECTIVE.match(head):
        noun = words(r"(?:các |những |mỗi |từng )?(\w+ \w+)", re.IGNORECASE).match(head)
        again = noun is not None and flat[after:].lower().startswith(noun[1].lower())
        return bool(_SHARED_NOUN.match(flat, after)) and not again
    return _compound(flat, head, after)


def _compound(flat: str, head: str, after: int) -> bool:
    """Whether the name of a department goes on ("Sở Nông nghiệp và Môi trường", "Văn phòng HĐND và UBND xã")."""
    if re.match(r"Văn\s+phòng\s", head):
        council = re.search(r"(?:HĐND|ĐBQH|Quốc\s+hội|nhân\s+dân)\s*$", head)
        return bool(council) and flat.startswith(("UBND", "HĐND", "Ủy ban", "Hội đồng"), after)
    return bool(_DEPARTMENT.match(head) and _FIELD_WORD.match(flat, after)) and not starts_name(flat, after)


def names_at(flat: str, at: int, limit: int) -> list[Name]:
    """The enumeration of names that begins here: "A, B và C" gives three, "các sở, ban, ngành" one."""
    found: list[Name] = []
    here = _skip(flat, at)
    while (name := name_at(flat, here, limit)) is not None:
        found.append(name)
        link = _LINK.match(flat, name.mention_end, limit)
        if link is None:
            break
        here = link.end()
    return found


def is_only_names(flat: str, start: int, end: int) -> bool:
    """Whether a stretch is nothing but names (a heading or a bullet that names the bodies for the lines under it)."""
    names = names_at(flat, start, end)
    return bool(names) and not flat[names[-1].mention_end : end].strip(" .:;,")
