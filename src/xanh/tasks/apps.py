"""Application of the package."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """The package `xanh.tasks`."""

    name = "xanh.tasks"
