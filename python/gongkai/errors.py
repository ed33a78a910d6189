"""What gongkai raises. A document of any content is never an error: what is wrong with it stands in ``report["findings"]``."""

__all__ = ["GongkaiError", "InternalError", "LimitError", "UnsupportedFormatError"]


class GongkaiError(Exception):
    """The base of gongkai's exceptions."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class LimitError(GongkaiError):
    """A document has more bytes than ``max_bytes`` allows."""

    def __init__(self, message: str, bytes: int, limit: int) -> None:
        super().__init__(message, bytes, limit)
        self.bytes = bytes
        self.limit = limit


class UnsupportedFormatError(GongkaiError):
    """The bytes are a container, such as a PDF or a zip archive, and not text."""

    def __init__(self, message: str, format: str) -> None:
        super().__init__(message, format)
        self.format = format


class InternalError(GongkaiError):
    """A mistake of gongkai itself; the message says where. Please report it."""
