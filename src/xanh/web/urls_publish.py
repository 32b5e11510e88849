"""Addresses of reports and letters that go out, and of the keys of programs."""

from __future__ import annotations

from django.urls import path

from xanh.web.views import publish, tokens

REPORT = "xuat-bao-cao/<str:unit_code>/<str:period_code>/"

urlpatterns = [
    path("xuat-bao-cao/", publish.choose, name="publish"),
    path("xuat-bao-cao/tep/<int:pk>/", publish.report_file, name="publish-file"),
    path(REPORT, publish.report, name="publish-report"),
    path(f"{REPORT}noi-dung/", publish.texts, name="publish-texts"),
    path(f"{REPORT}docx/", publish.write, name="publish-docx"),
    path("cong-van-don-doc/tep/<int:pk>/", publish.letter_file, name="publish-letter-file"),
    path(
        "cong-van-don-doc/<str:regime_code>/<str:period_code>/<str:province_code>/",
        publish.letter,
        name="publish-letter",
    ),
    path("tai-khoan/khoa-api/", tokens.listing, name="account-tokens"),
    path("tai-khoan/khoa-api/<int:pk>/thu-hoi/", tokens.revoke, name="account-tokens-revoke"),
]
