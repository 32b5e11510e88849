"""Addresses of accounts, administration, the trail, search and help."""

from __future__ import annotations

from django.urls import path

from xanh.web.views import account, help, people, search  # noqa: A004  the page is called help

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
]
