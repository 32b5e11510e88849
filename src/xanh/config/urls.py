"""The address table: pages, sign-in, API."""

from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("allauth.urls")),
    path("", include("xanh.web.urls")),
]
