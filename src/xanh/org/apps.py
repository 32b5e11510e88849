"""Application of the package."""

from django.apps import AppConfig


class OrgConfig(AppConfig):
    """The package `xanh.org`."""

    name = "xanh.org"
