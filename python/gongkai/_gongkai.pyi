"""The compiled part of gongkai. Use the functions and classes of the package.

Written by ``python/stubs.py``; do not edit.
"""

import builtins
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, TypeAlias, TypeVar, final, overload

_T = TypeVar("_T")
_Offsets: TypeAlias = Literal["code-point", "utf-8", "utf-16"]
_Rows: TypeAlias = Literal["reports", "figures", "facts", "checks", "findings", "indicators"]
_Documents: TypeAlias = Sequence[tuple[str, bytes | None]]

__all__ = [
    "Article", "Change", "Check", "Citation", "Contact", "EditionScore", "Evidence", "Fact", "Figure", "Finding", "Frame", "Indicator",
    "Location", "Message", "Operand", "Passage", "Related", "Repair", "Report", "Section", "Signatories", "Stream", "Table", "TableStream",
    "__version__", "_panic_for_tests", "batch_frame", "check_size", "codebook", "explain", "forms", "indicator_definitions", "main",
    "panel_frames", "parse", "parse_json", "read", "read_json",
]

__version__: str

def parse(text: str, *, offsets: _Offsets = "code-point") -> Report:
    """The report on a text."""

def parse_json(text: str, *, offsets: _Offsets = "code-point") -> str:
    """The report on a text as compact JSON."""

def read(
    data: bytes, *, file: str | None = None, offsets: _Offsets = "code-point", max_bytes: int | None = None, content_type: str | None = None
) -> Report:
    """The report on the bytes of a document."""

def read_json(data: bytes, *, offsets: _Offsets = "code-point", max_bytes: int | None = None) -> str:
    """The report on the bytes of a document as compact JSON."""

def check_size(size: int, *, max_bytes: int | None = None) -> None:
    """Raises :class:`gongkai.LimitError` if a document of ``size`` bytes is over the limit."""

def explain(code: str) -> dict[str, Any] | None:
    """What the code of a finding means: its name, severity, title, help, basis, why its severity is what it is, and an example; ``None`` if there is
    no such code."""

def forms() -> list[tuple[str, str, int | None, int | None]]:
    """The editions: id, title, first and last report year."""

def codebook() -> list[tuple[str, str, str, str, str]]:
    """Table, column, type and meaning in Chinese and English of every column."""

def indicator_definitions() -> list[list[str]]:
    """Indicator, editions, paths, quality and why, in Chinese and English, of every table that gives an indicator."""

def panel_frames(
    sources: _Documents, issuers: Sequence[str | None], threads: int | None = None, max_bytes: int | None = None
) -> list[Frame]:
    """Indicators, years, checks and findings across years of many documents."""

def batch_frame(sources: _Documents, rows: str, max_bytes: int | None = None) -> Frame:
    """Rows of documents, with a row for each that could not be read."""

def main(arguments: Sequence[str]) -> int:
    """The command line; the result is its exit status."""

def _panic_for_tests() -> None:
    """Panics, so that the tests can see what becomes of it."""

@final
class Stream:
    """Number, name, and report or exception of documents, read ahead by a pool of threads."""

    def __new__(cls, sources: _Documents, threads: int | None = None, ordered: bool = True, max_bytes: int | None = None) -> Stream: ...
    def __iter__(self) -> Iterator[tuple[int, str, Any]]: ...
    def __next__(self) -> tuple[int, str, Any]: ...

@final
class TableStream:
    """The tables of many documents; each step says how many documents it read, at most."""

    def __new__(cls, sources: _Documents, rows: Sequence[str], threads: int | None = None, max_bytes: int | None = None) -> TableStream: ...
    def __iter__(self) -> Iterator[int]: ...
    def __next__(self) -> int: ...
    def __len__(self) -> int: ...
    def frames(self) -> list[Frame]:
        """The tables so far, in the order of ``rows``."""

@final
class Frame:
    """A table in Arrow's format. pandas, polars, pyarrow and DuckDB take it as it is, without a copy; ``gongkai.codebook()`` says what its columns
    mean. Whole numbers are nullable integers in ``value``, amounts exact decimals in ``amount``, and ``missing`` says why there is neither."""

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""
    def to_arrow(self) -> Any:
        """A ``pyarrow.Table``, without a copy."""
    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame``: whole numbers are ``Int64`` with ``<NA>``, never floats; amounts are ``Decimal``."""
    def to_polars(self) -> Any:
        """A ``polars.DataFrame``."""
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __len__(self) -> int: ...

@final
class Report:
    """A report. Also a mapping from the paths of its figures: ``report["requests/granted/total"]``.

    Immutable; equal if what was read and its text are equal. Pickling keeps all of it.
    """

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles of laws that the text names, in the order of their first mention."""
    @property
    def checks(self) -> tuple[Check, ...]:
        """Every rule of the form that was evaluated, with its verdict."""
    @property
    def citations(self) -> tuple[Citation, ...]:
        """The documents that the text names, in the order of their first mention."""
    @property
    def contact(self) -> Contact:
        """How to reach the issuer."""
    @property
    def edition(self) -> str | None:
        """The edition of the form that most tables follow (``2021``), if any table was found."""
    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """How the fields above are known."""
    @property
    def facts(self) -> tuple[Fact, ...]:
        """The quantities of the running prose, in source order."""
    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the tables, in the order of the form."""
    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong, odd or uncertain."""
    @property
    def issued(self) -> str | None:
        """The date under the text."""
    @property
    def issuer(self) -> str | None:
        """The body that issues the report, as printed."""
    @property
    def measures(self) -> tuple[Passage, ...]:
        """The measures of that section."""
    @property
    def offsets(self) -> Literal["utf-8", "code-point", "utf-16"]:
        """What every span of this report counts."""
    @property
    def period(self) -> tuple[str, str] | None:
        """First and last day of the statistics period."""
    @property
    def problems(self) -> tuple[Passage, ...]:
        """The problems of the section on problems and improvement, item by item."""
    @property
    def published(self) -> str | None:
        """The date of publication that the page names."""
    @property
    def schema(self) -> str:
        """Version of this format: ``gongkai-report/1``."""
    @property
    def sections(self) -> tuple[Section, ...]:
        """The parts of the document in source order, covering it from the first byte to the last."""
    @property
    def signatories(self) -> Signatories | None:
        """Who signed the statistics sheet of 2014."""
    @property
    def tables(self) -> tuple[Table, ...]:
        """The statutory tables, in source order."""
    @property
    def title(self) -> str | None:
        """The report's own title as printed, spaces and line breaks inside it removed."""
    @property
    def year(self) -> int | None:
        """The year the report is about."""
    @property
    def text(self) -> str:
        """The text that spans count in: ``report.text[figure.start:figure.end] == figure.raw``."""
    @property
    def file(self) -> str | None:
        """The name of the file it was read from."""
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, one name over all editions, from the tables or else the prose."""
    def correct(self, corrections: Mapping[str, str]) -> Report:
        """The report with other figures in place of some, by path; the checks are evaluated with them. What is printed stays in
        ``raw``. What was unpickled is read from its text."""
    @overload
    def get(self, path: str, default: None = None) -> Figure | None: ...
    @overload
    def get(self, path: str, default: _T) -> Figure | _T: ...
    def keys(self) -> tuple[str, ...]:
        """The paths of the figures, in the order of the form."""
    def to_dict(self) -> dict[str, Any]:
        """The report as dicts, lists, strings and numbers; amounts are strings as in JSON."""
    def to_json(self) -> str:
        """The report as compact JSON, byte for byte what Rust and JavaScript write."""
    def to_frame(self, rows: _Rows = "figures") -> Frame:
        """Its figures, or other rows, as a table."""
    def to_arrow(self, rows: _Rows = "figures") -> Any:
        """The same as a ``pyarrow.Table``."""
    def to_pandas(self, rows: _Rows = "figures") -> Any:
        """The same as a ``pandas.DataFrame``."""
    def to_polars(self, rows: _Rows = "figures") -> Any:
        """The same as a ``polars.DataFrame``."""
    def _repr_html_(self) -> str: ...
    def _ipython_key_completions_(self) -> tuple[str, ...]: ...
    def __getitem__(self, key: str, /) -> Figure: ...
    def __contains__(self, key: str, /) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def __copy__(self) -> Report: ...
    def __deepcopy__(self, _memo: Any) -> Report: ...
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str, text: str, file: str | None = None) -> Report: ...

@final
class Article:
    """A reference to an article: 《条例》第二十条第（一）项."""

    __match_args__: tuple[str, ...]
    @property
    def article(self) -> int:
        """条"""
    @property
    def item(self) -> int | None:
        """项"""
    @property
    def law(self) -> str | None:
        """The law as the text names it there, without 《》: 条例; ``None`` if it is not named with the article."""
    @property
    def paragraph(self) -> int | None:
        """款"""
    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Every place it stands at."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Article: ...

@final
class Change:
    """A cell of a repair."""

    __match_args__: tuple[str, ...]
    @property
    def from_(self) -> int | Decimal | None:
        """What is printed."""
    @property
    def path(self) -> str:
        """The figure."""
    @property
    def to(self) -> int | Decimal | None:
        """What would stand there."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Change: ...

@final
class Check:
    """A rule of the form, evaluated."""

    __match_args__: tuple[str, ...]
    @property
    def code(self) -> str:
        """``GK201``"""
    @property
    def left(self) -> int | Decimal | None:
        """The left side, blanks counted as zero."""
    @property
    def operands(self) -> tuple[Operand, ...]:
        """The cells it rests on, left side first."""
    @property
    def right(self) -> int | Decimal | None:
        """The right side."""
    @property
    def rule(self) -> str:
        """The formula, in ids of rows or columns."""
    @property
    def scope(self) -> str:
        """The table and the column or row it was evaluated for: ``requests/*/natural_person``, ``requests/granted/*``."""
    @property
    def verdict(self) -> Literal["holds", "holds_if_blank_is_zero", "broken", "not_evaluable"]:
        """The outcome."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Check: ...

@final
class Citation:
    """A document named in the text: by its title in 《》, by its number (发文字号), as 国办公开办函〔2021〕30号, or by both."""

    __match_args__: tuple[str, ...]
    @property
    def code(self) -> str | None:
        """The issuer's code of the number: 国办公开办函."""
    @property
    def damaged(self) -> bool:
        """Whether a bracket, 号 or the serial of the number is lost."""
    @property
    def number(self) -> str | None:
        """The number as printed."""
    @property
    def serial(self) -> str | None:
        """The serial number, as printed."""
    @property
    def short_title(self) -> str | None:
        """The name the report uses from then on: 以下简称《条例》."""
    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Every place its title, short title or number stands at, in source order."""
    @property
    def title(self) -> str | None:
        """The title without its marks, and without the spaces that wrapping put into it."""
    @property
    def year(self) -> int | None:
        """The year of issue that the number names."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Citation: ...

@final
class Contact:
    """How to reach the issuer, as far as the report says."""

    __match_args__: tuple[str, ...]
    @property
    def address(self) -> Passage | None:
        """地址"""
    @property
    def email(self) -> Passage | None:
        """电子邮箱"""
    @property
    def fax(self) -> Passage | None:
        """传真"""
    @property
    def phones(self) -> tuple[Passage, ...]:
        """联系电话, in source order, each once."""
    @property
    def postcode(self) -> Passage | None:
        """邮编"""
    @property
    def urls(self) -> tuple[Passage, ...]:
        """Addresses of web sites, in source order, each once."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Contact: ...

@final
class EditionScore:
    """How well one edition explains the labels of a table."""

    __match_args__: tuple[str, ...]
    @property
    def edition(self) -> str:
        """The edition."""
    @property
    def labels(self) -> int:
        """Different labels of it that were found."""
    @property
    def own(self) -> tuple[str, ...]:
        """Those that no other edition has."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> EditionScore: ...

@final
class Evidence:
    """How one field of the report is known."""

    __match_args__: tuple[str, ...]
    @property
    def field(self) -> str:
        """The field: ``year``, ``title``, ``issuer``, ``edition`` …"""
    @property
    def source(self) -> Literal["title", "period", "own_name", "signature", "text", "table", "metadata"]:
        """Where it was found."""
    @property
    def span(self) -> tuple[int, int] | None:
        """Their place, where they stand in the text."""
    @property
    def text(self) -> str:
        """The words it rests on."""
    @property
    def start(self) -> int | None:
        """Where it begins."""
    @property
    def end(self) -> int | None:
        """Where it ends."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Evidence: ...

@final
class Fact:
    """A quantity of the running prose, or a zero in words."""

    __match_args__: tuple[str, ...]
    @property
    def approximation(self) -> Literal["over", "about", "under"] | None:
        """Whether more, less or about as much is meant."""
    @property
    def channel(self) -> str | None:
        """By which channel, as printed: 网络, 微信公众号."""
    @property
    def indicator(self) -> str | None:
        """The indicator it expresses: ``requests_received``."""
    @property
    def location(self) -> Location | None:
        """Where that is in a file that is not text."""
    @property
    def object(self) -> str | None:
        """What was counted, as printed: 政府信息公开申请."""
    @property
    def of(self) -> int | None:
        """The fact this is a part of, an index into ``Report.facts``."""
    @property
    def period(self) -> str | None:
        """For which time, as printed: 2017年, 上半年, 截至2023年底; what is cumulative or of another year does not count for the report's."""
    @property
    def raw(self) -> str:
        """The quantity as printed, with its unit and the word that makes it approximate: 约6389余条. The words of a zero in words: 未收到."""
    @property
    def sentence(self) -> tuple[int, int]:
        """The sentence it stands in."""
    @property
    def span(self) -> tuple[int, int]:
        """The place of ``raw``."""
    @property
    def status(self) -> Literal["printed", "worded"]:
        """Whether a number is printed."""
    @property
    def subject(self) -> str | None:
        """Who or what the sentence is about, as printed: 全市, 市政府门户网站."""
    @property
    def unit(self) -> str | None:
        """What is counted, without spaces inside: 件, 人次, %, 元; ``None`` if no unit is printed."""
    @property
    def value(self) -> int | Decimal | None:
        """The number, 万 and 亿 multiplied out; ``None`` if it has too many digits. Percent are counted in percent: 34% is 34."""
    @property
    def start(self) -> int:
        """Where it begins."""
    @property
    def end(self) -> int:
        """Where it ends."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Fact: ...

@final
class Figure:
    """One value cell of a statutory table."""

    __match_args__: tuple[str, ...]
    @property
    def candidates(self) -> tuple[int | Decimal | None, ...]:
        """The values the cell may have, if more than one reading is left."""
    @property
    def correction(self) -> str | None:
        """What the reader of the report put in place of ``raw``; ``value`` and ``missing`` are then its."""
    @property
    def flags(self) -> tuple[str, ...]:
        """Codes of the findings that concern this cell."""
    @property
    def label(self) -> str:
        """The form's label of the row, or the printed one of a local row."""
    @property
    def location(self) -> Location | None:
        """Where the cell stands in a file that is not text."""
    @property
    def missing(self) -> Literal["blank", "none", "dash", "text"] | None:
        """Why there is no number."""
    @property
    def path(self) -> str:
        """``table/row/column`` in the ids of the vocabulary; rows outside it are ``table/local:label/column``."""
    @property
    def raw(self) -> str:
        """What stands in the cell, exactly; for digits that run together, what the cell shares with its neighbours."""
    @property
    def span(self) -> tuple[int, int] | None:
        """The place of ``raw``; ``None`` for a cell that has no place of its own."""
    @property
    def status(self) -> Literal["printed", "aligned", "solved", "ambiguous", "corrected"]:
        """How sure the reading is."""
    @property
    def unit(self) -> str | None:
        """The unit printed with the figure, else the form's."""
    @property
    def value(self) -> int | Decimal | None:
        """The number; ``None`` where none is printed or more than one reading is left."""
    @property
    def start(self) -> int | None:
        """Where it begins."""
    @property
    def end(self) -> int | None:
        """Where it ends."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Figure: ...

@final
class Finding:
    """Something wrong, odd or uncertain about the report or the reading of it."""

    __match_args__: tuple[str, ...]
    @property
    def alternatives(self) -> tuple[tuple[int | Decimal | None, ...], ...]:
        """The readings that are left, one value for each of ``paths``."""
    @property
    def basis(self) -> str | None:
        """The clause, notice or form it rests on."""
    @property
    def cause(self) -> Literal["report", "reading", "unknown"]:
        """Whose fault it is."""
    @property
    def code(self) -> str:
        """``GK101``"""
    @property
    def fingerprint(self) -> str:
        """Names the finding when the report is read again or changed elsewhere: made of its code and the figures or words it is about, not
        of its place."""
    @property
    def help(self) -> Message:
        """What can be done."""
    @property
    def location(self) -> Location | None:
        """Where that is in a file that is not text."""
    @property
    def message(self) -> Message:
        """What is the matter, in both languages."""
    @property
    def name(self) -> str:
        """``ragged-row``"""
    @property
    def paths(self) -> tuple[str, ...]:
        """The figures it concerns."""
    @property
    def related(self) -> tuple[Related, ...]:
        """Other places it concerns, each with what it has to do with the finding."""
    @property
    def repairs(self) -> tuple[Repair, ...]:
        """The smallest changes of the table that would end it, the likeliest first. Offered, never made."""
    @property
    def severity(self) -> Literal["error", "warning", "note"]:
        """How much it matters."""
    @property
    def span(self) -> tuple[int, int] | None:
        """Where it is."""
    @property
    def start(self) -> int | None:
        """Where it begins."""
    @property
    def end(self) -> int | None:
        """Where it ends."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Finding: ...

@final
class Location:
    """Where something stands in a file that is not text, as far as its format says."""

    __match_args__: tuple[str, ...]
    @property
    def area(self) -> tuple[int, int, int, int] | None:
        """Left, top, right, bottom on the page in points (1/72 inch) from its upper left corner."""
    @property
    def column(self) -> int | None:
        """The column of the table, from 1."""
    @property
    def page(self) -> int | None:
        """The page, from 1."""
    @property
    def row(self) -> int | None:
        """The row of the table, from 1."""
    @property
    def sheet(self) -> str | None:
        """The sheet of a spreadsheet."""
    @property
    def table(self) -> int | None:
        """The table of the document, from 1."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Location: ...

@final
class Message:
    """A sentence in both languages."""

    __match_args__: tuple[str, ...]
    @property
    def en(self) -> str:
        """English."""
    @property
    def zh(self) -> str:
        """Chinese."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Message: ...

@final
class Operand:
    """A cell as a check used it."""

    __match_args__: tuple[str, ...]
    @property
    def path(self) -> str:
        """The figure's path."""
    @property
    def span(self) -> tuple[int, int] | None:
        """Where it stands, if it is no figure of a table; ``path`` is then ``facts/12``, an index into ``Report.facts``, or names what
        stands there."""
    @property
    def value(self) -> int | Decimal | None:
        """Its value; ``None`` if it has none."""
    @property
    def start(self) -> int | None:
        """Where it begins."""
    @property
    def end(self) -> int | None:
        """Where it ends."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Operand: ...

@final
class Passage:
    """Words of the report and their place."""

    __match_args__: tuple[str, ...]
    @property
    def span(self) -> tuple[int, int]:
        """Their place."""
    @property
    def text(self) -> str:
        """The words, without the line breaks that wrapping put into them."""
    @property
    def start(self) -> int:
        """Where it begins."""
    @property
    def end(self) -> int:
        """Where it ends."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Passage: ...

@final
class Related:
    """Another place that a finding concerns."""

    __match_args__: tuple[str, ...]
    @property
    def message(self) -> Message:
        """What it has to do with the finding."""
    @property
    def span(self) -> tuple[int, int]:
        """Where it is."""
    @property
    def start(self) -> int:
        """Where it begins."""
    @property
    def end(self) -> int:
        """Where it ends."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Related: ...

@final
class Repair:
    """A change of one or two cells, or of a row or a column, that would close broken checks of a table."""

    __match_args__: tuple[str, ...]
    @property
    def changes(self) -> tuple[Change, ...]:
        """The cells that would change."""
    @property
    def closes(self) -> int:
        """Broken checks of the table that it closes."""
    @property
    def kind(self) -> Literal["moved", "transposed", "digit", "shifted", "swapped", "value"]:
        """What would have happened to the figures."""
    @property
    def message(self) -> Message:
        """The change in words."""
    @property
    def of(self) -> int:
        """Broken checks of the table."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Repair: ...

@final
class Section:
    """A part of the document."""

    __match_args__: tuple[str, ...]
    @property
    def heading(self) -> str | None:
        """The heading as printed, without what runs on behind it; ``None`` for what has none."""
    @property
    def heading_span(self) -> tuple[int, int] | None:
        """The heading's place."""
    @property
    def kind(self) -> str | None:
        """What it is about: ``preamble``, ``furniture``, ``copy``, ``signature``, or a kind of the form files (``requests``); ``None`` if
        unknown."""
    @property
    def level(self) -> int:
        """0 for what has no heading, 1 for 一、, 2 for （一） …"""
    @property
    def span(self) -> tuple[int, int]:
        """Heading and text, up to the next section."""
    @property
    def start(self) -> int:
        """Where it begins."""
    @property
    def end(self) -> int:
        """Where it ends."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Section: ...

@final
class Signatories:
    """The names under the statistics sheet of 2014."""

    __match_args__: tuple[str, ...]
    @property
    def date(self) -> str | None:
        """填报日期"""
    @property
    def phone(self) -> str | None:
        """联系电话"""
    @property
    def preparer(self) -> str | None:
        """填报人"""
    @property
    def responsible(self) -> str | None:
        """单位负责人, 负责人"""
    @property
    def reviewer(self) -> str | None:
        """审核人"""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Signatories: ...

@final
class Table:
    """One statutory table as found."""

    __match_args__: tuple[str, ...]
    @property
    def copies(self) -> int:
        """How often the same table stands in the document."""
    @property
    def dialect(self) -> Literal["pipe-law", "pipe-rows", "tabs", "aligned", "cell-lines", "blank-lines", "spaced", "glued", "column-blocks", "grid"]:
        """How its rows were told apart."""
    @property
    def edition(self) -> str:
        """The edition whose rows and columns it has."""
    @property
    def evidence(self) -> tuple[EditionScore, ...]:
        """The labels that decide the edition, and for how much each form was scored."""
    @property
    def pipes_per_row(self) -> int | None:
        """Cells a row in a table that obeys the pipe law: the G of that law."""
    @property
    def rows(self) -> int:
        """Rows of the form that were bound."""
    @property
    def span(self) -> tuple[int, int]:
        """From its first label to its last value."""
    @property
    def table(self) -> str:
        """``requests``, ``proactive_disclosure``, ``review_litigation`` or ``statistics``."""
    @property
    def start(self) -> int:
        """Where it begins."""
    @property
    def end(self) -> int:
        """Where it ends."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Table: ...

@final
class Indicator:
    """A measure with one name in every edition, as one report gives it."""

    __match_args__: tuple[str, ...]
    @property
    def indicator(self) -> str:
        """```requests_received```"""
    @property
    def value(self) -> int | Decimal | None:
        """The number; ```None``` if the report gives none."""
    @property
    def unit(self) -> str | None:
        """Its unit."""
    @property
    def quality(self) -> Literal["exact", "approximate", "absent"]:
        """Whether the number is what the name says."""
    @property
    def why(self) -> Message | None:
        """Why it is only about the same, or why there is none."""
    @property
    def origin(self) -> Literal["table", "prose"] | None:
        """Where it comes from."""
    @property
    def paths(self) -> tuple[str, ...]:
        """The figures it is, or is the sum of."""
    @property
    def fact(self) -> int | None:
        """The fact it is, an index into ```Report.facts```."""
    @property
    def raw(self) -> str:
        """What is printed; of a sum the parts."""
    @property
    def span(self) -> tuple[int, int] | None:
        """The place of ```raw```, if it is one."""
    @property
    def flags(self) -> tuple[str, ...]:
        """Codes of the findings that concern its figures."""
    @property
    def start(self) -> int | None:
        """Where it begins."""
    @property
    def end(self) -> int | None:
        """Where it ends."""
    def to_dict(self) -> dict[str, Any]:
        """Itself as dicts, lists, strings and numbers."""
    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @staticmethod
    def _from_json(json: str) -> Indicator: ...
