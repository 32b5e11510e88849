"""Application of the package."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """Django helpers without domain words."""

    name = "xanh.kit"
