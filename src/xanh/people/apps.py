"""Application of the package."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The package `xanh.people`."""

    name = "xanh.people"
