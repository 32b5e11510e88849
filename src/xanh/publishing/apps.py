"""The publishing application."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Reports and letters that go out as official documents."""

    name = "xanh.publishing"
    label = "publishing"
