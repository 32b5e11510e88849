"""Addresses of accounts, administration, the trail, search and help."""

from __future__ import annotations

from django.urls import path

from xanh.web.views import account, delegations, help, people, people_import, people_units, search, trail  # noqa: A004

urlpatterns = [
    path("tai-khoan/", account.account, name="account"),
    path("moi/<str:token>/", account.invitation, name="invitation"),
    path("xem-thu/", account.preview, name="preview"),
    path("tim-kiem/", search.search, name="search"),
    path("phim-tat/", help.keys, name="help-keys"),
    path("quan-tri/", people.listing, name="people"),
    path("quan-tri/nguoi/them/", people.add, name="people-add"),
    path("quan-tri/nguoi/<int:key>/", people.person, name="people-person"),
    path("quan-tri/nguoi/<int:key>/sua/", people.describe, name="people-describe"),
    path("quan-tri/nguoi/<int:key>/lien-ket-moi/", people.invite, name="people-invite"),
    path("quan-tri/nguoi/<int:key>/trang-thai/", people.switch, name="people-switch"),
    path("quan-tri/nguoi/<int:key>/hai-lop/", people.drop_factor, name="people-drop-factor"),
    path("quan-tri/nguoi/<int:key>/chuc-danh/", people.post_add, name="people-post-add"),
    path("quan-tri/chuc-danh/<int:key>/thoi/", people.post_close, name="people-post-close"),
    path("quan-tri/don-vi/", people_units.units, name="people-units"),
    path("quan-tri/don-vi/<str:code>/", people_units.unit, name="people-unit"),
    path("quan-tri/don-vi/<str:code>/co-quan/", people_units.body_add, name="people-body-add"),
    path("quan-tri/nhom/", people_units.group_listing, name="people-groups"),
    path("quan-tri/nhom/<str:code>/", people_units.group, name="people-group"),
    path("quan-tri/nhap-danh-sach/", people_import.upload, name="people-import"),
    path("quan-tri/nhap-danh-sach/ghi/", people_import.confirm, name="people-import-confirm"),
    path("quan-tri/nhap-danh-sach/mau/", people_import.template, name="people-import-template"),
    path("quan-tri/danh-sach/tai-ve/", people_import.export, name="people-export"),
    path("uy-quyen/", delegations.listing, name="delegations"),
    path("uy-quyen/them/<int:key>/", delegations.add, name="delegations-add"),
    path("uy-quyen/<int:key>/thoi/", delegations.end, name="delegations-end"),
    path("nhat-ky/", trail.listing, name="trail"),
    path("nhat-ky/mo/", trail.open_reading, name="trail-open"),
    path("nhat-ky/dong/", trail.close_reading, name="trail-close"),
    path("nhat-ky/toan-ven/", trail.integrity, name="trail-integrity"),
]
