"""Fixed compounds of office language, to notice a wrong accent or a page number that fell into one.

A compound stands here only when no other compound is written with the same letters once the marks are taken off; so
"thông nhất" can only be a slip of "thống nhất".
"""

from __future__ import annotations

_LIST = """
thống nhất | quán triệt | hưởng ứng | chỉ đạo | kiện toàn | đối với | triển khai | phối hợp | tổ chức
thực hiện | báo cáo | kế hoạch | nghị quyết | quyết định | ban hành | hướng dẫn | kiểm tra | giám sát | đánh giá
tuyên truyền | vận động | nhiệm vụ | giải pháp | mục tiêu | chỉ tiêu | kết quả | trách nhiệm | thẩm quyền
lãnh đạo | điều hành | chuyển đổi | công nghệ | khoa học | sáng tạo | hạ tầng | dữ liệu | hệ thống | nền tảng
phần mềm | thông tin | truyền thông | an toàn | an ninh | bảo đảm | đảm bảo | đẩy mạnh | tăng cường | nâng cao
chất lượng | hiệu quả | hiệu lực | đồng bộ | kịp thời | thường xuyên | định kỳ | đột xuất | khẩn trương
quyết liệt | nghiêm túc | chủ động | tích cực | tổng kết | khen thưởng | biểu dương | phê bình | khó khăn
vướng mắc | kiến nghị | đề xuất | đề nghị | tham mưu | giúp việc | tổng hợp | theo dõi | đôn đốc | rà soát
bổ sung | sửa đổi | hoàn thiện | hoàn thành | xây dựng | phát triển | kinh tế | xã hội | văn hóa | giáo dục
nông nghiệp | nông thôn | doanh nghiệp | hợp tác xã | nhân dân | công chức | viên chức | đảng viên | chi bộ
đảng bộ | đảng ủy | ủy ban | hội đồng | mặt trận | tổ quốc | thanh niên | phụ nữ | cựu chiến binh | văn phòng
thường trực | thường vụ | bí thư | chủ tịch | trưởng ban | thủ tục | hành chính | dịch vụ | trực tuyến | hồ sơ
số hóa | ký số | chữ ký | sổ tay | diện rộng | họp giao ban | để củng cố | để triển khai | để thực hiện
nguồn lực | kinh phí | ngân sách | đào tạo | bồi dưỡng | tập huấn | kỹ năng | nhận thức | quan điểm
phương hướng | nguyên nhân | hạn chế | tồn tại | ưu điểm | thuận lợi | địa phương | địa bàn | cơ quan | đơn vị
cấp ủy | chính quyền | tổ dân phố | khu phố | công khai | minh bạch | dân chủ | kỷ luật | kỷ cương | phân công
phụ trách | chủ trì | yêu cầu | căn cứ | quy định | quy chế | quy trình | tiêu chí | tiến độ | thời hạn
chậm nhất | trình ký | thông báo | kết luận | chương trình | hành động | phong trào | thi đua | lồng ghép
"""
COMPOUNDS = frozenset(phrase.strip() for line in _LIST.splitlines() for phrase in line.split(" | ") if phrase.strip())
# Slips that change a letter, not only a mark.
SLIPS = {
    "kiểm toàn": "kiện toàn",
    "cá cơ quan": "các cơ quan",
    "cá đơn vị": "các đơn vị",
    "cơ quản": "cơ quan",
    "trách nhiêm": "trách nhiệm",
}
