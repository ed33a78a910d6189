"""What gongkai raises. A document of any content is never an error: what is wrong with it stands in ``report.findings``."""

from __future__ import annotations

__all__ = ["GongkaiError", "InternalError", "LimitError", "UnreadableError", "UnsupportedFormatError"]


class GongkaiError(Exception):
    """The base of gongkai's exceptions. Messages are in Chinese and English, with `` / `` between."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class LimitError(GongkaiError):
    """A document is over a limit: ``limit`` is the option's name, ``value`` what the document has, ``max`` the limit."""

    def __init__(self, message: str, limit: str, value: int, max: int) -> None:
        super().__init__(message, limit, value, max)
        self.limit = limit
        self.value = value
        self.max = max


class UnsupportedFormatError(GongkaiError):
    """The bytes are of a format that cannot be read; the message says what to do."""

    def __init__(self, message: str, format: str) -> None:
        super().__init__(message, format)
        self.format = format


class UnreadableError(GongkaiError):
    """A file is damaged, or cannot be opened. ``format`` is what it seems to be, if that is known."""

    def __init__(self, message: str, format: str | None = None) -> None:
        super().__init__(message, format)
        self.format = format


class InternalError(GongkaiError):
    """A mistake of gongkai itself; the message says where. Please report it."""
