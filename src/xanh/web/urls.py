"""Addresses of the pages. The part of a name before the first hyphen is the place in the main menu."""

from __future__ import annotations

from django.urls import include, path

from xanh.web.views import approvals, boards, dictionary, reports, today

SHEET = "bao-cao/<str:regime>/<str:period>/<str:unit_code>/"

urlpatterns = [
    path("", today.today, name="today"),
    path("bao-cao/", reports.index, name="reports"),
    path("bao-cao/tinh-hinh/<str:province_code>/", approvals.sending, name="reports-sending"),
    path("bao-cao/duyet/<int:submission_id>/", approvals.approve, name="reports-approve"),
    path("bao-cao/duyet/<int:submission_id>/tra-lai/", approvals.give_back, name="reports-return"),
    path("bao-cao/da-gui/<int:submission_id>/", approvals.show, name="reports-show"),
    path("bao-cao/da-gui/<int:submission_id>/tiep-nhan/", approvals.receive, name="reports-receive"),
    path("bao-cao/da-gui/<int:submission_id>/de-nghi-ra-soat/", approvals.ask_review, name="reports-ask-review"),
    path("bao-cao/minh-chung/<int:evidence_id>/", reports.evidence_file, name="reports-evidence-file"),
    path("bao-cao/xin-so-lieu/<int:request_id>/dung/", approvals.use_figures, name="reports-use"),
    path(SHEET, reports.entry, name="reports-entry"),
    path(f"{SHEET}luu/", reports.autosave, name="reports-autosave"),
    path(f"{SHEET}bien-nhan/", reports.receipt, name="reports-receipt"),
    path(f"{SHEET}minh-chung/", reports.attach, name="reports-attach"),
    path(f"{SHEET}xin-so-lieu/", approvals.ask_figures, name="reports-ask"),
    path(f"{SHEET}mien/", approvals.excuse, name="reports-excuse"),
    path(f"{SHEET}he-thong-57/", reports.national_sheet, name="reports-national"),
    path("cung-cap/<str:token>/", approvals.provide, name="provide"),
    path("bang-dieu-hanh/", boards.home, name="boards"),
    path("bang-dieu-hanh/ca-nuoc/", boards.nation, name="boards-nation"),
    path("bang-dieu-hanh/tinh/<str:code>/", boards.province, name="boards-province"),
    path("bang-dieu-hanh/xa/<str:code>/", boards.commune, name="boards-commune"),
    path("bang-dieu-hanh/xa/<str:code>/chua-dat/", boards.not_achieved, name="boards-not-achieved"),
    path("bang-dieu-hanh/o/<str:unit_code>/<str:indicator_code>/", boards.cell, name="boards-cell"),
    path(
        "bang-dieu-hanh/o/<str:unit_code>/<str:indicator_code>/he-thong-57/",
        boards.note_national,
        name="boards-national",
    ),
    path("tu-dien/", dictionary.index, name="dictionary"),
    path("tu-dien/<str:code>/", dictionary.indicator, name="dictionary-indicator"),
    path("tu-dien/<str:code>/hoi/", dictionary.ask, name="dictionary-ask"),
    path("tu-dien/<str:code>/tra-loi/<int:question_id>/", dictionary.answer, name="dictionary-answer"),
    path("", include("xanh.web.urls_work")),
    path("", include("xanh.web.urls_people")),
    path("", include("xanh.web.urls_publish")),
]
