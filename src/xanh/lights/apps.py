"""Application of the package."""

from django.apps import AppConfig


class LightsConfig(AppConfig):
    """The package `xanh.lights`."""

    name = "xanh.lights"
