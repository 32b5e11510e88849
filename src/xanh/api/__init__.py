"""The HTTP interface for programs, at /api/v1/: same rights as the pages."""

from xanh.api.service import api

__all__ = ["api"]
