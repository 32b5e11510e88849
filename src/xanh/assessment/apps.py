"""Application of the package."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """The package `xanh.assessment`."""

    name = "xanh.assessment"
