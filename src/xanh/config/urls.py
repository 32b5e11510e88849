"""The address table: pages, sign-in, people, official documents, API."""

from django.urls import include, path

from xanh.api import api

urlpatterns = [
    path("tai-khoan/", include("xanh.web.urls_account")),
    path("api/v1/", api.urls),
    path("", include("xanh.web.urls")),
]
