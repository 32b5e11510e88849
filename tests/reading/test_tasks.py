"""Which sentences are tasks, how they are split, who leads, what kind of work it is."""

from __future__ import annotations

import pytest

from xanh import reading

HEAD = "ĐẢNG ỦY XÃ TÂN MẪU\n*\nSố 05-{code}/ĐU\n\nTân Mẫu, ngày 03 tháng 3 năm 2026\n\n{word}\nsố hóa tài liệu\n\n"


def read(body: str, *, word: str = "KẾ HOẠCH", code: str = "KH") -> reading.Reading:
    return reading.read_text(HEAD.format(word=word, code=code) + body, file="a.txt")


def tasks(body: str, **kind: str) -> list[reading.Task]:
    return list(read("I. NHIỆM VỤ\n\n" + body, **kind).tasks)


def quotes(body: str) -> list[str]:
    return [task.quote for task in tasks(body)]


def test_three_directive_sentences_of_a_bullet_are_three_tasks() -> None:
    assert len(quotes("- Lập sổ theo dõi. Gửi sổ cho Công an xã. Cập nhật sổ hằng tháng.")) == 3


def test_semicolons_split_only_where_a_clause_has_its_own_lead_deadline_or_cadence() -> None:
    assert len(quotes("- Văn phòng lập sổ; cấp tài khoản; mở lớp.")) == 1
    assert quotes("- Công an xã rà soát máy tính; Phòng Kinh tế rà soát đường truyền.") == [
        "Công an xã rà soát máy tính",
        "Phòng Kinh tế rà soát đường truyền",
    ]
    assert quotes("- Văn phòng lập sổ; niêm yết sổ trước ngày 20/3/2026; mở lớp; cấp thẻ.") == [
        "Văn phòng lập sổ",
        "niêm yết sổ trước ngày 20/3/2026",
        "mở lớp; cấp thẻ",
    ]
    assert len(quotes("- Văn phòng lập sổ; hằng quý kiểm tra sổ.")) == 2


def test_a_closing_clause_that_submits_the_same_work_is_not_split_and_gives_the_deadline() -> None:
    (task,) = tasks("- Văn phòng Đảng ủy lập phương án; trình Thường trực Đảng ủy trước ngày 20/3/2026.")
    assert task.due is not None
    assert task.due.date == "2026-03-20"
    assert task.report_to == ("Thường trực Đảng ủy",)


def test_a_clause_that_only_adds_a_deadline_belongs_to_the_work() -> None:
    (task,) = tasks("- Văn phòng Đảng ủy lập phương án; hoàn thành trước ngày 20/3/2026.")
    assert task.due is not None


def test_a_weekly_chain_is_a_task_and_a_regime_for_each_step() -> None:
    found = read(
        "I. NHIỆM VỤ\n\n- Hằng tuần, các chi bộ gửi Văn phòng Đảng ủy trước 9 giờ thứ Tư; "
        "Văn phòng Đảng ủy tổng hợp, báo cáo Thường trực Đảng ủy trước 16 giờ cùng ngày."
    )
    assert [(task.lead, task.kind) for task in found.tasks] == [
        (("các chi bộ",), "recurring"),
        (("Văn phòng Đảng ủy",), "recurring"),
    ]
    steps = [(regime.who, regime.to_whom, regime.cutoff) for regime in found.reporting_regimes]
    assert steps == [
        (("các chi bộ",), ("Văn phòng Đảng ủy",), "trước 9 giờ thứ Tư"),
        (("Văn phòng Đảng ủy",), ("Thường trực Đảng ủy",), "trước 16 giờ cùng ngày"),
    ]
    second = found.tasks[1].recurrence
    assert second is not None
    assert (second[0].byday, second[0].time) == ("WE", "16:00")


@pytest.mark.parametrize(
    "sentence",
    [
        "Cơ bản thống nhất hai dự thảo.",
        "Văn phòng Đảng ủy đã lập sổ theo dõi.",
        "Mọi công chức không được gây phiền hà.",
        "Kinh phí thực hiện lấy từ ngân sách xã.",
        "Bảo đảm việc xử lý phải công khai, minh bạch.",
        "Phấn đấu đến năm 2030 đạt 65% số hộ.",
        "Đây là nhiệm vụ chính trị trọng tâm.",
        "Công tác này phải thiết thực.",
        "Kế hoạch này thay cho Kế hoạch cũ.",
        "Khuyến khích người dân tham gia.",
        "Đường truyền còn yếu.",
    ],
)
def test_sentences_that_only_look_like_work_are_no_tasks(sentence: str) -> None:
    assert quotes(f"- {sentence}") == []


@pytest.mark.parametrize(
    "heading", ["I. MỤC ĐÍCH, YÊU CẦU", "I. MỤC TIÊU", "I. KẾT QUẢ ĐẠT ĐƯỢC", "I. TÌNH HÌNH", "I. ĐỀ XUẤT, KIẾN NGHỊ"]
)
def test_parts_that_give_no_tasks(heading: str) -> None:
    assert read(f"{heading}\n\n- Xây dựng sổ theo dõi trước ngày 20/3/2026.").tasks == ()


def test_in_a_report_only_the_part_of_tasks_gives_tasks() -> None:
    body = "I. CÔNG TÁC CHỈ ĐẠO\n\nChỉ đạo các chi bộ lập sổ.\n\nII. NHIỆM VỤ\n\n1. Văn phòng Đảng ủy mở lớp.\n"
    assert [task.quote for task in read(body, word="BÁO CÁO", code="BC").tasks] == ["Văn phòng Đảng ủy mở lớp"]


def test_matters_of_taste_are_marked() -> None:
    body = (
        "I. QUAN ĐIỂM\n\n- Tập trung nguồn lực cho số hóa.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. "
        "Người đứng đầu các chi bộ chịu trách nhiệm trước Đảng ủy về kết quả ở chi bộ mình.\n"
    )
    assert [task.borderline for task in read(body).tasks] == [True, True]


def test_before_the_first_heading_only_an_assignment_is_work() -> None:
    body = "Văn phòng Đảng ủy lập sổ.\n\nGiao Văn phòng Đảng ủy theo dõi việc này.\n\nI. NHIỆM VỤ\n\n- Mở lớp.\n"
    assert [task.quote for task in read(body).tasks] == ["Giao Văn phòng Đảng ủy theo dõi việc này", "Mở lớp"]


def test_a_document_without_headings_has_leads_from_the_sentence_and_the_lead_in() -> None:
    body = (
        "Ban Thường vụ Đảng ủy yêu cầu các chi bộ trực thuộc:\n"
        "\n- Lập sổ.\n\n- Mở lớp.\n\nVăn phòng Đảng ủy theo dõi.\n"
    )
    found = read(body)
    assert found.sections == ()
    assert [(task.lead, task.source) for task in found.tasks] == [
        (("các chi bộ trực thuộc",), ""),
        (("các chi bộ trực thuộc",), ""),
        (("Văn phòng Đảng ủy",), ""),
    ]


def test_an_earlier_sentence_of_the_bullet_gives_the_lead() -> None:
    first, second = tasks("- Công an xã rà soát máy tính. Lập danh sách máy hỏng.")
    assert second.lead == first.lead == ("Công an xã",)


def test_a_bullet_that_names_a_body_leads_the_lines_under_it() -> None:
    found = read("I. NHIỆM VỤ\n\n- Văn phòng Đảng ủy\n\n+ Lập sổ.\n\n- Ban Xây dựng Đảng\n\nMở lớp.\n")
    assert [(task.quote, task.lead) for task in found.tasks] == [
        ("Lập sổ", ("Văn phòng Đảng ủy",)),
        ("Mở lớp", ("Ban Xây dựng Đảng",)),
    ]
    assert [section.label for section in found.sections] == ["I", "-", "-"]


def test_a_lead_in_holds_until_the_next_bullet() -> None:
    found = tasks(
        "1. Văn phòng Đảng ủy\n\n- Chủ trì, phối hợp với Công an xã:\n\n+ Lập sổ.\n\n+ Mở lớp.\n\n- Gửi sổ.\n"
    )
    assert [task.cooperate for task in found] == [("Công an xã",), ("Công an xã",), ()]
    assert {task.lead for task in found} == {("Văn phòng Đảng ủy",)}


def test_an_assignment_in_brackets_gives_lead_partners_and_deadline() -> None:
    (task,) = tasks(
        "- Xây dựng biểu phí (Phòng Kinh tế chủ trì, phối hợp với Hội Nông dân xã; xong trong tháng 7/2026)."
    )
    assert (task.lead, task.cooperate, task.rule) == (("Phòng Kinh tế",), ("Hội Nông dân xã",), "task.bracketed")
    assert task.due is not None
    assert task.due.date == "2026-07-31"
    assert task.quote.endswith(")")


def test_label_lines_fill_the_task_above() -> None:
    body = (
        "a) Nâng cấp chuyên mục.\nCơ quan chủ trì: Văn phòng Đảng ủy.\nCơ quan phối hợp: Công an xã; "
        "Phòng Kinh tế.\nThời gian: Quý III/2026.\nSản phẩm: Chuyên mục mới.\nKinh phí: 5 triệu đồng.\n"
    )
    (task,) = tasks(body)
    assert (task.lead, task.cooperate, task.product) == (
        ("Văn phòng Đảng ủy",),
        ("Công an xã", "Phòng Kinh tế"),
        "Chuyên mục mới",
    )
    assert (task.kind, task.due and task.due.date) == ("one_off", "2026-09-30")
    (repeated,) = tasks("a) Cập nhật sổ.\nĐơn vị chủ trì: bộ phận một cửa\nThời gian: Hằng tháng.\n")
    assert (repeated.kind, repeated.lead, repeated.due) == ("recurring", ("bộ phận một cửa",), None)
    assert tasks("Cơ quan chủ trì: Văn phòng Đảng ủy.\n") == []


def test_a_closing_assignment_leads_the_whole_paragraph() -> None:
    found = tasks(
        "- Rà soát các thủ tục. Lập sổ theo dõi. Giao Ủy ban nhân dân xã chỉ đạo, hướng dẫn các thôn thực hiện."
    )
    assert {task.lead for task in found} == {("Ủy ban nhân dân xã", "các thôn")}


def test_a_run_in_title_stays_outside_the_quote() -> None:
    (task,) = tasks("- Về hạ tầng: Phòng Kinh tế rà soát đường truyền.")
    assert (task.quote, task.lead) == ("Phòng Kinh tế rà soát đường truyền", ("Phòng Kinh tế",))
    (named,) = tasks("- Công an xã: Rà soát máy tính.")
    assert named.lead == ("Công an xã",)
    (given,) = tasks("- Giao Công an xã: Rà soát máy tính.")
    assert given.lead == ("Công an xã",)


def test_the_body_spoken_to_leads_when_no_other_is_named() -> None:
    (task,) = tasks("- Đối với cấp xã, thành lập Tổ hỗ trợ số hóa.")
    assert (task.lead, task.product) == (("cấp xã",), "Tổ hỗ trợ số hóa")


def test_a_sentence_cut_by_a_footnote_is_one_task_with_a_continuation() -> None:
    body = "- Lập danh sách tài liệu của các chi bộ và doanh\n\n¹ Theo sổ năm 2025.\n\nnghiệp trước ngày 20/3/2026.\n"
    (task,) = tasks(body)
    assert task.quote == "Lập danh sách tài liệu của các chi bộ và doanh"
    assert task.continuation is not None
    assert task.continuation.quote == "nghiệp trước ngày 20/3/2026"
    assert task.due is not None
    assert task.due.date == "2026-03-20"


def test_a_decision_of_the_act_itself_is_no_task() -> None:
    body = (
        "Điều 1. Thành lập Tổ công tác số hóa.\n\nĐiều 2. Nhiệm vụ của Tổ công tác\n\n1. Lập sổ trước ngày 20/3/2026.\n"
    )
    (task,) = read(body, word="QUYẾT ĐỊNH", code="QĐ").tasks
    assert (task.quote, task.lead) == ("Lập sổ trước ngày 20/3/2026", ("Tổ công tác",))


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Xây dựng kế hoạch số hóa", "one_off"),
        ("Thường xuyên rà soát sổ", "standing"),
        ("Xây dựng thói quen dùng mạng", "standing"),
        ("Tổ chức hội nghị sơ kết", "one_off"),
        ("Tổ chức kiểm tra các chi bộ", "standing"),
        ("Kiểm kê máy quét", "standing"),
        ("Kiểm kê máy quét trước ngày 20/3/2026", "one_off"),
        ("Triển khai phần mềm họp", "one_off"),
        ("Đôn đốc các chi bộ", "standing"),
        ("Hằng tháng kiểm kê máy quét", "recurring"),
        ("Khẩn trương kiện toàn Tổ giúp việc", "one_off"),
    ],
)
def test_the_kind_of_work_follows_the_printed_words(sentence: str, kind: str) -> None:
    (task,) = tasks(f"- {sentence}.")
    assert task.kind == kind


@pytest.mark.parametrize(
    ("sentence", "product"),
    [
        ("Xây dựng và ban hành quy chế quản lý kho trước ngày 20/3/2026", "quy chế quản lý kho"),
        ("Công an xã gửi Thường trực Đảng ủy bản tổng hợp ý kiến", "bản tổng hợp ý kiến"),
        ("Nghiên cứu, trình Hội đồng nhân dân xã ban hành chính sách hỗ trợ hộ nghèo", "chính sách hỗ trợ hộ nghèo"),
        ("Rà soát máy tính ở các chi bộ", None),
        ("Cụ thể hóa nghị quyết vào kế hoạch công tác quý", "kế hoạch công tác quý"),
    ],
)
def test_the_product_is_the_printed_noun_phrase(sentence: str, product: str | None) -> None:
    (task,) = tasks(f"- {sentence}.")
    assert task.product == product


def test_content_is_one_line_without_actor_and_deadline() -> None:
    (task,) = tasks("- Văn phòng Đảng ủy lập danh sách **tài liệu**, hoàn thành trước ngày 20/3/2026.")
    assert task.content == "Lập danh sách tài liệu"


def test_a_trigger_makes_a_regime_and_a_dated_report_makes_none() -> None:
    found = read(
        "I. NHIỆM VỤ\n\n- Nếu phần mềm bị lỗi, các chi bộ báo ngay Văn phòng Đảng ủy (qua "
        "Tổ công nghệ).\n\n- Các chi bộ báo cáo Văn phòng Đảng ủy trước ngày 20/3/2026.\n"
    )
    (regime,) = found.reporting_regimes
    assert (regime.who, regime.to_whom) == (("các chi bộ",), ("Văn phòng Đảng ủy", "Tổ công nghệ"))
    assert (regime.cadence, regime.recurrence) == ("Nếu phần mềm bị lỗi", None)


def test_who_is_heard_reports_to_the_one_who_hears() -> None:
    found = read("I. NHIỆM VỤ\n\n1. Thường trực Đảng ủy\n\n- Định kỳ nghe Văn phòng Đảng ủy báo cáo tiến độ.\n")
    (regime,) = found.reporting_regimes
    assert (regime.who, regime.to_whom, regime.cadence) == (("Văn phòng Đảng ủy",), ("Thường trực Đảng ủy",), "Định kỳ")


def test_a_system_of_reports_is_a_regime_without_a_cadence() -> None:
    (regime,) = read(
        "I. NHIỆM VỤ\n\n- Văn phòng Đảng ủy thực hiện chế độ báo cáo theo yêu cầu của Tỉnh ủy.\n"
    ).reporting_regimes
    assert (regime.cadence, regime.rule) == ("theo yêu cầu của Tỉnh ủy", "regime.duty")


def test_a_second_addressee_behind_a_semicolon_belongs_to_the_same_duty() -> None:
    body = (
        "I. NHIỆM VỤ\n\n- Văn phòng Đảng ủy có trách nhiệm tổng hợp, báo cáo Ban Thường vụ Đảng ủy; "
        "đồng thời báo cáo Tỉnh ủy theo quy định.\n"
    )
    (regime,) = read(body).reporting_regimes
    assert regime.to_whom == ("Ban Thường vụ Đảng ủy", "Tỉnh ủy")
    assert regime.quote.endswith("theo quy định")


def test_a_cadence_at_the_head_reaches_the_clause_that_reports() -> None:
    body = "I. NHIỆM VỤ\n\n- Định kỳ các chi bộ rà soát sổ; báo cáo Văn phòng Đảng ủy.\n"
    (regime,) = read(body).reporting_regimes
    assert (regime.cadence, regime.to_whom) == ("Định kỳ", ("Văn phòng Đảng ủy",))


def test_reviews_and_meetings_are_no_regimes() -> None:
    assert read("I. NHIỆM VỤ\n\n- Hằng quý tổ chức sơ kết, tổng kết.\n").reporting_regimes == ()
