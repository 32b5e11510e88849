"""Application of the package."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The package `xanh.web`."""

    name = "xanh.web"
