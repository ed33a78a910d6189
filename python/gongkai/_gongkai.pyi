"""The compiled part of gongkai. Use the functions of the package."""

from typing import Literal

__all__ = ["__version__", "_panic_for_tests", "check_size", "parse_json", "read_json", "read_text"]

__version__: str

def parse_json(text: str, *, offsets: Literal["code-point", "utf-8", "utf-16"] = "code-point") -> str:
    """The report on a text as compact JSON."""

def read_json(data: bytes, *, offsets: Literal["code-point", "utf-8", "utf-16"] = "code-point", max_bytes: int | None = None) -> str:
    """The report on the bytes of a document as compact JSON."""

def read_text(data: bytes, *, max_bytes: int | None = None) -> str:
    """The words of a document, in which the spans of its report count."""

def check_size(size: int, *, max_bytes: int | None = None) -> None:
    """Raises :class:`gongkai.LimitError` if a document of ``size`` bytes is over the limit."""

def _panic_for_tests() -> None:
    """Panics, so that the tests can see what becomes of it."""
