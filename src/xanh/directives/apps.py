"""Application of the package."""

from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    """The package `xanh.directives`."""

    name = "xanh.directives"
