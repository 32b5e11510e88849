"""What sort of work a task is, what it produces, and its content in one line."""

from __future__ import annotations

import re

from xanh.reading import bodies, wording
from xanh.reading.view import View, one_of, words

_PRODUCING = words(
    one_of("""
xây dựng | ban hành | thành lập | (?<!tạo\\s)lập | biên soạn | biên tập | soạn thảo | hoàn chỉnh | hoàn thiện | mở
thử nghiệm | thí điểm | nâng cấp | thiết lập | trình ban hành
đề xuất(?= (?:danh mục|phương án|dự án|các cơ chế|cơ chế|sửa đổi|kế hoạch|đề án|các nhiệm vụ))
triển khai(?= (?:thí điểm |xây dựng )?(?:phần mềm|hệ thống|nền tảng|mô hình))
tổ chức(?= (?:các |một |\\d+ )?(?:hội nghị|hội thảo|lớp|cuộc|sự kiện|buổi|đợt|lễ|hội thi|phiên|tọa đàm|khóa|chuyên đề))
gửi(?= (?:bản|dự thảo|danh sách|kế hoạch)) | tạo(?= cơ chế) | ban hành chính sách | xây dựng và tổ chức thực hiện
xây dựng, ban hành | xây dựng và ban hành | xây dựng, triển khai | cụ thể hóa vào | có(?= (?:cơ chế|kế hoạch))
phát hành | công bố | tham mưu (?:xây dựng|ban hành)
"""),
)
_PRODUCING_AT_START = words(
    r"(?:Xây dựng|Ban hành|Thành lập|Lập|Biên soạn|Soạn thảo|Hoàn chỉnh|Hoàn thiện|Mở|Thử nghiệm|Nâng "
    r"cấp|Thiết lập|Tổ chức(?= (?:các |một |\d+ )?(?:hội nghị|hội thảo|lớp|cuộc|sự kiện|buổi|đợt|lễ|"
    r"hội thi|phiên|tọa đàm|khóa|chuyên đề))|Có(?= (?:cơ chế|kế hoạch))|Phát hành|Công bố|Đề xuất(?= "
    r"(?:danh mục|phương án|dự án)))(?:(?:,| và) (?:ban hành|xây dựng|hoàn thiện|triển khai|tổ chức "
    r"thực hiện|trình|lập))* "
)
_MORE_VERBS = words(
    r"(?:(?:,| và) (?:ban hành|xây dựng|hoàn thiện|hoàn chỉnh|triển khai|tổ chức thực hiện|trình|lập|"
    r"sửa đổi|bổ sung|đề xuất))*(?: (?:dự thảo(?= [A-Z]))?)? ?"
)
_NP_STOP = words(
    r"[;.(|]|,? (?:trước|chậm nhất|muộn nhất|trong (?:ngày|tháng|quý|năm|tuần|vòng|thời|\d|quản)|để|"
    r"nhằm|phù hợp|đảm bảo|bảo đảm|gắn với|đáp ứng|làm căn cứ|xong|hoàn thành|theo (?!dõi)|với "
    r"(?:phương|sự|tinh)|từ ngày|hằng|hàng|định kỳ|đến hết|đến ngày|vào (?:ngày|thứ|lúc)|tại (?:chợ|"
    r"xã|các|phiên)|ở|cho các|trên (?:địa|cơ|Trang)|phục vụ|gửi)(?!\w)"
    r"|, (?=(?:trình|ban hành|gửi|báo cáo|in|xong|hoàn|tổ chức|phân công|thành lập|xây dựng|triển khai|đề xuất|"
    r"kịp|bảo|đảm|có|nhất là|trọng tâm|tăng cường|phát hiện)(?!\w))"
)
_INTO = words(r"[Cc]ụ thể hóa [^;.]{3,200}? vào (?=[a-zà-ỹđ])")
_SENDS = words(r"(?:[Gg]ửi|[Tt]rình)(?: (?:về|cho))? ")
_PAPER = words(r" (?=(?:bản|dự thảo|danh sách|kế hoạch|phương án|đề án|hồ sơ đề nghị) )")
_SUBMITS_FOR = words(r"[Tt]rình (?P<to>.{3,70}?) (?:ký,? )?(?:xem xét,? )?ban hành (?=[a-zđ])")


def main_verb(view: View, start: int, end: int) -> int:
    """Where the main verb begins: words of manner, partners and addressees before it are passed over."""
    flat, at = view.body, start
    for _ in range(12):
        while at < end and flat[at] in " ,:;-+":
            at += 1
        manner = wording.MANNER.match(flat, at, end)
        if manner and not wording.ONE_OFF.match(flat, at, end):
            at = manner.end()
            partner = words(r" (?:với|cho|cùng(?: với)?|giúp) ").match(flat, at, end)
            names = bodies.names_at(flat, partner.end() if partner else at, end)
            at = names[-1].mention_end if names else at
            link = words(r" (?:để|việc|trong việc|trong công tác|công tác) ").match(flat, at, end)
            at = link.end() if link else at
            continue
        break
    return at


def kind_of(view: View, start: int, end: int, *, dated: bool, repeated: bool) -> str:
    """`recurring`, `one_off` or `standing` by the printed words."""
    if repeated:
        return "recurring"
    if dated:
        return "one_off"
    flat = view.body
    at = start
    while at < end and flat[at] in " ,:":
        at += 1
    on_ground = words(r"(?:Căn cứ|Trên cơ sở|Sau khi)[^;.]*? (?=(?:xây dựng|ban hành|lập))").match(flat, at, end)
    at = on_ground.end() if on_ground else at
    opening = flat[at : main_verb(view, at, end)]
    lasting = wording.CONTINUITY.search(opening) and not words(r"(?:khẩn trương|sớm)", 0).search(opening.lower())
    verb = main_verb(view, at, end)
    done_once = wording.ONE_OFF.match(flat, verb, end)
    if not done_once or lasting:
        return "standing"
    return "standing" if wording.is_abstract(flat, done_once.end() + 1) else "one_off"


def _submitted(flat: str, start: int, end: int) -> re.Match[str] | None:
    """«trình X ban hành …» or «gửi X bản …»: the paper follows the addressee."""
    issued = _SUBMITS_FOR.search(flat, start, end)
    if issued and bodies.names_at(flat, issued.start("to"), issued.end("to")):
        return issued
    for hit in _SENDS.finditer(flat, start, end):
        names = bodies.names_at(flat, hit.end(), end)
        paper = _PAPER.match(flat, names[-1].mention_end, end) if names else None
        if paper:
            return paper
    return None


def product_of(view: View, start: int, end: int) -> str | None:
    """The noun phrase of the thing to be produced, issued, set up or deployed."""
    flat = view.body
    for hit in (_submitted(flat, start, end), _INTO.search(flat, start, end), _first_producing(flat, start, end)):
        found = _noun_phrase(view, hit.end(), end) if hit else None
        if found:
            return found
    return None


def _first_producing(flat: str, start: int, end: int) -> re.Match[str] | None:
    hits = [hit for hit in (_PRODUCING_AT_START.search(flat, start, end), _PRODUCING.search(flat, start, end)) if hit]
    return min(hits, key=lambda hit: hit.start(), default=None)


def _noun_phrase(view: View, begins: int, end: int) -> str | None:
    flat = view.body
    more = _MORE_VERBS.match(flat, begins, end)
    begins = more.end() if more else begins
    while begins < end and flat[begins] == " ":
        begins += 1
    if wording.is_abstract(flat, begins) or _NP_STOP.match(flat, begins - 1):
        return None
    stop = _NP_STOP.search(flat, begins, end)
    left, right = view.trim(begins, stop.start() if stop else end)
    hidden = next((at for at in range(left, right) if view.body[at] == " " and view.flat[at] != " "), None)
    if hidden is not None:
        left, right = view.trim(left, hidden)
    return view.text[left:right] or None


def content_of(view: View, verb: int, end: int, due_text: str | None) -> str:
    """The work in one line: without its actor and its deadline."""
    start = verb
    line = view.words_of(start, end).strip(" ,;:.*")
    line = line.replace("*", "")
    if due_text:
        line = line.replace(" ".join(due_text.split()), "").replace("()", "").replace(" ,", ",").strip(" ,;:.")
        for tail in (", xong", ", hoàn thành", " xong", " hoàn thành", ", thời hạn", ", in xong"):
            line = line.removesuffix(tail)
    return line[:1].upper() + line[1:]
