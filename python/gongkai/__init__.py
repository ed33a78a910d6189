"""Reads China's government-information-disclosure annual reports (政府信息公开工作年度报告).

>>> report = gongkai.read("report.txt")
>>> report["figures"][0]["path"]
'requests/received/natural_person'

Every figure carries its place in the text (``span``), what is printed there (``raw``) and how sure the reading is (``status``).
"""

from __future__ import annotations

import json
import os
import re
import stat
from typing import IO, Any, Literal, TypeAlias

from ._gongkai import __version__, check_size as _check_size, parse_json as _parse_json, read_json as _read_json, read_text as _read_text
from .codes import Code
from .errors import GongkaiError, InternalError, LimitError, UnsupportedFormatError

__all__ = [
    "Code",
    "GongkaiError",
    "InternalError",
    "LimitError",
    "UnsupportedFormatError",
    "__version__",
    "parse",
    "parse_json",
    "read",
    "text",
]

Offsets: TypeAlias = Literal["code-point", "utf-8", "utf-16"]

_SURROGATES = re.compile("[\ud800-\udfff]")


def parse(text: str, *, offsets: Offsets = "code-point") -> dict[str, Any]:
    """The report on a text, which may be any string.

    ``offsets`` says what spans count: code points, so that ``text[start:end]`` is the piece, or ``"utf-8"`` bytes or ``"utf-16"`` units.
    """
    report: dict[str, Any] = json.loads(parse_json(text, offsets=offsets))
    return report


def parse_json(text: str, *, offsets: Offsets = "code-point") -> str:
    """The report as compact JSON, byte for byte what Rust and JavaScript write for the same ``offsets``."""
    try:
        return _parse_json(text, offsets=offsets)
    except UnicodeEncodeError:
        # Half a surrogate pair is no character; its place is kept.
        return _parse_json(_SURROGATES.sub("\ufffd", text), offsets=offsets)


def read(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes],
    *,
    offsets: Offsets = "code-point",
    max_bytes: int | None = None,
) -> dict[str, Any]:
    """The report on a document: the path of a file, its bytes, or a file opened in binary mode.

    The format is known by its content: a web page, docx, PDF, a spreadsheet, or text in UTF-8, GB18030, Big5 or UTF-16. Spans count in the
    text of the document, which :func:`text` gives. ``max_bytes`` replaces the limit of 64 MiB.

    Raises :class:`LimitError` over a limit, :class:`UnsupportedFormatError` for formats without a reader, :class:`GongkaiError` for damaged
    files, and :class:`OSError`.
    """
    report: dict[str, Any] = json.loads(_read_json(_bytes(source, max_bytes), offsets=offsets, max_bytes=max_bytes))
    return report


def text(source: str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes], *, max_bytes: int | None = None) -> str:
    """The words of a document, in which the spans of :func:`read` count. Arguments and errors are those of :func:`read`."""
    return _read_text(_bytes(source, max_bytes), max_bytes=max_bytes)


def _bytes(source: str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes], max_bytes: int | None) -> bytes:
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source)
    if isinstance(source, (str, os.PathLike)):
        with open(source, "rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode):
                _check_size(status.st_size, max_bytes=max_bytes)
            return file.read()
    data = source.read()
    if not isinstance(data, bytes):
        raise TypeError("read() needs a file opened in binary mode; give text to parse()")
    return data
