"""The words by which a sentence shows what it is: work that is asked for, or one of the many things that only look
like it."""

from __future__ import annotations

import re

from xanh.reading.view import one_of, words

# Words of manner that may stand before the verb.
_MANNER = one_of("""
tiếp tục | kiên quyết | thường xuyên | chủ động | kịp thời | từng bước | đẩy mạnh | đẩy nhanh | tăng cường
khẩn trương
tập trung | trực tiếp | tích cực | phải | cần | có trách nhiệm | chịu trách nhiệm | nghiêm túc | quyết liệt | sớm
định kỳ | đồng thời | quan tâm | ưu tiên | chú trọng | cao độ | cố gắng | luôn | chủ trì | thống nhất | căn cứ
tổ chức(?= (?:rà soát|đánh giá|xây dựng|sửa đổi|nghiên cứu)) | thực hiện(?= (?:rà soát|sửa đổi)) | tham mưu
phối hợp | trên cơ sở đó | qua đó | trước mắt | ngoài ra | riêng | và
""")
MANNER = words(rf"[ ,]*{_MANNER}", re.IGNORECASE)
CONTINUITY = words(
    one_of("""
thường xuyên | tiếp tục | chủ động | kịp thời | từng bước | đẩy mạnh | đẩy nhanh | tăng cường | duy trì
tập trung | thực hiện tốt | thực hiện nghiêm
"""),
    re.IGNORECASE,
)
# Main verbs whose work can be ticked off.
ONE_OFF = words(
    one_of("""
xây dựng | ban hành | thành lập | trình | cụ thể hóa | sửa đổi | bổ sung | kiện toàn | rà soát | đánh giá
nghiên cứu | lập | biên soạn | biên tập | soạn thảo | hoàn chỉnh | hoàn thiện | hoàn thành | phê duyệt | ký kết
nâng cấp | mở | thử nghiệm | thí điểm | khánh thành | in | công bố | khảo sát | thẩm định | cử | chuẩn bị
đề xuất (?:danh mục|phương án|dự án|các cơ chế|cơ chế|sửa đổi|kế hoạch|đề án) | bàn giao | lắp đặt | thiết lập
tạo lập | có cơ chế | có kế hoạch | lựa chọn | tổng kiểm tra | ra mắt | gửi dự thảo | góp ý | tham gia góp ý
phân công
tổ chức (?:các |một |\\d+ )?(?:hội nghị|hội thảo|lớp|cuộc|sự kiện|buổi|đợt|ngày|lễ|hội thi|phiên|tọa đàm)
tổ chức (?:các |một |\\d+ )?(?:chuyên đề|tuần|tháng cao điểm|khóa)
triển khai (?:thí điểm |xây dựng |sử dụng )?(?:phần mềm|hệ thống|nền tảng|ứng dụng [A-ZĐ])
"""),
    re.IGNORECASE,
)
_ABSTRACT = words(
    one_of(
        "niềm tin | thói quen | ý thức | nếp sống | đội ngũ | môi trường | văn hóa | phong trào | sự "
        "đồng thuận | chính quyền | nông thôn mới | xã hội | hệ thống chính trị | đảng | con người | "
        "tổ chức đảng | khối đại đoàn kết"
    ),
    re.IGNORECASE,
)

# Verbs with which a directive sentence may begin.
_VERBS = one_of("""
ban hành | báo cáo | báo | bảo đảm | đảm bảo | bảo vệ | biên soạn | biên tập | biểu dương | bố trí | bổ sung
bồi dưỡng | bám sát | cải cách | cải tạo | cắt giảm | cấp | cập nhật | chấn chỉnh | chấp hành | chỉ đạo | chia sẻ
chỉnh lý | chỉnh sửa | cho | chịu trách nhiệm | chủ động | chủ trì | chú trọng | chuẩn bị | chuẩn hóa | chuyển
có | công bố | công khai | củng cố | cung cấp | cụ thể hóa | cử | dán | duy trì | đánh giá | đào tạo | đẩy mạnh
đẩy nhanh | đầu tư | đề xuất | điều chỉnh | điều hành | định hướng | định kỳ | đối chiếu | đối soát | đôn đốc
đổi mới | đơn giản hóa | đưa | đăng ký | đăng tải | gắn | giám sát | giao | giải quyết | giảm | giúp | giới thiệu
góp ý | gửi | hoàn chỉnh | hoàn thành | hoàn thiện | hỗ trợ | huy động | hướng dẫn | hợp tác | kết hợp | kết nối
kêu gọi | khai thác | khắc phục | khảo sát | khẩn trương | khen thưởng | khuyến khích | kiểm đếm | kiểm kê
kiểm soát | kiểm tra | kiện toàn | kịp thời | kiến nghị | làm | lãnh đạo | lắp đặt | lập | lấy ý kiến | lồng ghép
lựa chọn | lưu trữ | minh bạch | mở | mở rộng | nắm | nâng cao | nâng cấp | nhân rộng | nhắc | nghiên cứu
niêm yết | nộp | ngăn chặn | phản ánh | phát động | phát hành | phát hiện | phát huy | phát triển | phân công
phân loại | phê duyệt | phổ biến | phối hợp | phòng ngừa | phụ trách | quan tâm | quán triệt | quản lý | quảng bá
quy định | quyết định | rà soát | rút kinh nghiệm | rút ngắn | sắp xếp | sửa | sửa đổi | sử dụng | số hóa | sơ kết
sớm | soạn thảo | tái cấu trúc | tạo | tạo điều kiện | tạo lập | tăng | tăng cường | tập huấn | tập trung
tham gia | tham mưu | thành lập | thanh tra | tháo gỡ | theo dõi | thẩm định | thí điểm | thiết lập | thông báo
thông tin | thống kê | thống nhất (?:phương án|quy trình|nội dung) | thu | thu hút | thu thập | thúc đẩy
thực hiện | thường xuyên | thử nghiệm | tích cực | tích hợp | tiếp nhận | tiếp thu | tiếp tục | tiết kiệm | tìm
tổ chức | tối ưu | tổng hợp | tổng kết | trả lời | trang bị | tranh thủ | triển khai | trình | trực tiếp
truyền thông | tuyên truyền | từng bước | tự động hóa | tuân thủ | ứng dụng | ưu tiên | vận động | vận hành
xác định | xác minh | xây dựng | xem xét | xử lý | ươm tạo | xúc tiến | yêu cầu | in | ký | làm sạch | lưu ý
mua sắm | nhập | quét | kích hoạt | treo | trồng | tiến hành | cam kết | chi trả | tư vấn | thay thế | thẩm tra
thu gom | tích lũy | bàn giao | bầu | bình xét | đăng | đấu nối | đo | kê khai | khoanh | khởi công | nghiệm thu
phủ sóng | sao lưu | sáp nhập | thi | trao | trích | xếp loại
""")
VERB = words(rf"(?:không để )?{_VERBS}", re.IGNORECASE)
OPENER = words(
    one_of("""
đồng thời | ngoài ra | bên cạnh đó | trước mắt | qua đó | trên cơ sở đó | theo đó | trong đó | riêng | cùng với đó
từ đó | sau đó | đặc biệt | ngay sau hội nghị
"""),
    re.IGNORECASE,
)
# A stretch up to a comma that only says when, on what ground or on what condition.
CIRCUMSTANCE = words(
    r"(?:trong (?:quá trình|thời gian|năm|tháng|quý|khi|trường hợp)|nếu|khi|sau khi|trước khi|căn cứ|"
    r"trên cơ sở|từ ngày|từ nay|chậm nhất|trước|hằng|hàng|mỗi (?:tuần|tháng|quý|năm)|định kỳ|để|nhằm|"
    r"đến|vào|theo|về|đối với|cuối|đầu|ngày)(?!\w)",
    re.IGNORECASE,
)
ASSIGNING = words(
    r"(?:[Gg]iao(?: nhiệm vụ cho| cho| trách nhiệm cho)?|[Đđ]ề nghị|[Yy]êu cầu|[Pp]hân công)(?: (?:đối với|cho))? "
)

NOT_WORK = words(
    one_of("""
cơ bản (?:thống nhất|nhất trí|đồng ý) | thống nhất (?:với|đánh giá|chủ trương|về|như|cao|thông qua)(?! phương án)
nhất trí | đồng ý | ghi nhận | hoan nghênh | đánh giá cao | biểu dương (?:tinh thần|sự|những kết quả)
trên đây là | xin thông báo | thông báo (?:này )?để
(?:kế hoạch|quyết định|nghị quyết|thông báo|chỉ thị|quy chế|quy định|kết luận|công văn) này | nơi nhận | phấn đấu
đạt | coi | xem đây | đây là | phải thực sự | không ngừng | kinh phí(?! cho) | nguồn kinh phí | danh mục
chi tiết | số liệu | thời gian | thời hạn | địa điểm | thành phần
nội dung (?:cụ thể|chi tiết|công việc|.{0,30} phải) | công tác (?:này|trên) | việc | mọi | tất cả mọi | không ai
các nội dung | các nhiệm vụ | (?:bảo đảm|đảm bảo|yêu cầu) (?:việc|công tác|các nội dung|mọi) [^.;]{0,90}phải
quán triệt, thực hiện với tinh thần | khuyến khích | tuy nhiên | thực tế | nguyên nhân | có thể | có phụ lục
xác định (?:rõ )?đây là | xác định [^,;]{3,60} là | qua (?:kiểm tra|rà soát|theo dõi|báo cáo|thảo luận)
sau khi nghe | thay mặt | căn cứ luật | căn cứ nghị | căn cứ quyết | căn cứ kế hoạch số | căn cứ công
theo đề nghị | xét đề nghị | hội nghị (?:đã|thống nhất|nhất trí|đánh giá|kết luận) | yêu cầu chung | lưu ý chung
nhận xét
"""),
    re.IGNORECASE,
)
PAST = words(r"(?:đã|vừa|đang|còn|chưa|được|bước đầu|cơ bản)(?!\w)", re.IGNORECASE)
RULE_OF_CONDUCT = words(
    r"(?:mọi|tất cả|không một)?[^.;]{0,60}(?:không được|nghiêm cấm|tuyệt đối không)(?!\w)", re.IGNORECASE
)
ONLY_ANSWERS = words(
    r"chịu trách nhiệm (?:trực tiếp |toàn diện |chính |cá nhân )?(?:trước [^.;]{3,90}|về (?:(?:toàn "
    r"bộ|mọi) )?(?:kết quả|chất lượng|tiến độ))|chịu trách nhiệm thi hành|(?:chịu trách nhiệm|có "
    r"trách nhiệm) thi hành",
    re.IGNORECASE,
)
THIS_DOCUMENT = words(
    r"(?:tổ chức |triển khai |nghiêm túc )*(?:tổ chức thực hiện|triển khai thực hiện|thực hiện|thi "
    r"hành|quán triệt)[^.;,]{0,40} (?:kế hoạch|nghị quyết|thông báo|kết luận|chỉ thị|quyết định|quy "
    r"chế|chương trình|công văn) này",
    re.IGNORECASE,
)
CARRIES_ON = words(r"(?:trình|báo cáo|gửi|báo|nộp|chuyển)(?!\w)", re.IGNORECASE)
ADDS_ONLY = words(
    r"(?:thời hạn|thời gian|hoàn thành|xong|số liệu|phấn đấu|trừ|hạn|chốt|riêng số liệu|đạt|bảo đảm|"
    r"đảm bảo|mốc|kết quả gửi)(?!\w)",
    re.IGNORECASE,
)
LABEL_LINE = words(
    r"(?P<lead>(?:[Cc]ơ quan|[Đđ]ơn vị|[Bb]ộ phận)?(?: )?(?:[Cc]hủ trì|[Tt]hực hiện chính)(?: thực "
    r"hiện)?)$|(?P<cooperate>(?:[Cc]ơ quan|[Đđ]ơn vị|[Bb]ộ phận)?(?: )?[Pp]hối hợp(?: thực hiện)?)$"
    r"|(?P<due>[Tt]hời (?:gian|hạn|điểm)(?: (?:hoàn thành|thực hiện|báo cáo))?|[Tt]iến độ(?: thực "
    r"hiện)?|[Hh]ạn(?: hoàn thành)?)$|(?P<product>[Ss]ản phẩm(?: (?:hoàn thành|đầu ra|dự kiến))?|"
    r"[Kk]ết quả(?: đầu ra)?)$|(?P<other>[Kk]inh phí|[Ll]ãnh đạo phụ trách|[Gg]hi chú)$"
)


def is_abstract(flat: str, at: int) -> bool:
    """Whether the object that begins here cannot be ticked off (xây dựng niềm tin, thói quen …)."""
    return bool(_ABSTRACT.match(flat, at))
