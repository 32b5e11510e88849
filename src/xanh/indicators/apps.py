"""Application of the package."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The package `xanh.indicators`."""

    name = "xanh.indicators"
