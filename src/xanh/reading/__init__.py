from pathlib import Path

from xanh.reading.model import (
    Citation,
    Due,
    Figure,
    Inconsistency,
    Metadata,
    Quote,
    Reading,
    Recurrence,
    Regime,
    Section,
    Span,
    Target,
    Task,
)
from xanh.reading.understand import understand


def read_text(text: str, *, file: str) -> Reading:
    """Understand a text; `file` is the name shown with the result."""
    return understand(text, file=file)
