"""The address table: pages, sign-in, people, official documents, API."""

from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("xanh.web.urls_account")),
    path("", include("xanh.web.urls")),
]
