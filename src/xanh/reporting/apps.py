"""Application of the package."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The package `xanh.reporting`."""

    name = "xanh.reporting"
