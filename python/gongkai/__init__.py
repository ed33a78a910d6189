"""Reads China's government-information-disclosure annual reports (政府信息公开工作年度报告).

>>> report = gongkai.read("report.txt")
>>> report["requests/received/total"].value
18
>>> report["requests/received/total"].status
'printed'

Every figure carries its place in the text (``span``), what is printed there (``raw``) and how sure the reading is (``status``).
:func:`read_many` makes tables of thousands of reports.
"""

from __future__ import annotations

import logging
import re
from typing import Literal, TypeAlias

from . import _gongkai
from ._gongkai import (
    Article,
    Change,
    Check,
    Citation,
    Contact,
    EditionScore,
    Evidence,
    Fact,
    Figure,
    Finding,
    Frame,
    Indicator,
    Location,
    Message,
    Operand,
    Passage,
    Related,
    Repair,
    Report,
    Section,
    Signatories,
    Table,
    __version__,
    explain,
    parse_json as _parse_json,
)
from ._many import Failure, Reports, read_many, stream
from ._sources import Source, Sources, content as _content, name as _name
from .codebook import Codebook, codebook
from .codes import Code
from .errors import GongkaiError, InternalError, LimitError, UnreadableError, UnsupportedFormatError
from .panel import Panel, panel

__all__ = [
    "Article",
    "Change",
    "Check",
    "Citation",
    "Code",
    "Codebook",
    "Contact",
    "EditionScore",
    "Evidence",
    "Fact",
    "Failure",
    "Figure",
    "Finding",
    "Frame",
    "GongkaiError",
    "Indicator",
    "InternalError",
    "LimitError",
    "Location",
    "Message",
    "Operand",
    "Panel",
    "Passage",
    "Related",
    "Repair",
    "Report",
    "Reports",
    "Section",
    "Signatories",
    "Source",
    "Sources",
    "Table",
    "UnreadableError",
    "UnsupportedFormatError",
    "__version__",
    "codebook",
    "explain",
    "panel",
    "parse",
    "parse_json",
    "read",
    "read_many",
    "stream",
]

logging.getLogger("gongkai").addHandler(logging.NullHandler())

Offsets: TypeAlias = Literal["code-point", "utf-8", "utf-16"]

_SURROGATES = re.compile("[\ud800-\udfff]")


def parse(text: str, *, offsets: Offsets = "code-point") -> Report:
    """The report on a text, which may be any string.

    ``offsets`` says what spans count: code points, so that ``text[start:end]`` is the piece, or ``"utf-8"`` bytes or ``"utf-16"`` units.
    """
    try:
        return _gongkai.parse(text, offsets=offsets)
    except UnicodeEncodeError:
        # Half a surrogate pair is no character; its place is kept.
        return _gongkai.parse(_SURROGATES.sub("\ufffd", text), offsets=offsets)


def parse_json(text: str, *, offsets: Offsets = "code-point") -> str:
    """The report as compact JSON, byte for byte what Rust and JavaScript write for the same ``offsets``."""
    try:
        return _parse_json(text, offsets=offsets)
    except UnicodeEncodeError:
        return _parse_json(_SURROGATES.sub("\ufffd", text), offsets=offsets)


def read(source: Source, *, offsets: Offsets = "code-point", max_bytes: int | None = None, content_type: str | None = None) -> Report:
    """The report on a document: the path of a file, its bytes, or a file opened in binary mode.

    The format is known by its content: a web page, docx, PDF, a spreadsheet, or text in UTF-8, GB18030, Big5 or UTF-16. Spans count in the
    text of the document, ``report.text``. ``max_bytes`` replaces the limit of 64 MiB; ``content_type`` is what a server said of the bytes.

    Raises :class:`LimitError` over a limit, :class:`UnsupportedFormatError` for formats without a reader, :class:`UnreadableError` for damaged
    files, and :class:`OSError`.
    """
    data = _content(source, max_bytes)
    return _gongkai.read(data, file=_name(source), offsets=offsets, max_bytes=max_bytes, content_type=content_type)


def __dir__() -> list[str]:
    return __all__
