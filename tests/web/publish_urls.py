"""The addresses of the system with those of publishing."""

from django.urls import include, path

from xanh.config.urls import urlpatterns as known

urlpatterns = [*known, path("", include("xanh.web.urls_publish"))]
