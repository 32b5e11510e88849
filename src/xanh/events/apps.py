"""Application of the package."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The package `xanh.events`."""

    name = "xanh.events"
