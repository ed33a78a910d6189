"""Writes ``gongkai/_gongkai.pyi``: what the model says of itself in ``docs/report.schema.json``, and what is written here.

``python python/stubs.py`` writes the file; a test compares it.
"""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
STUB = HERE / "gongkai/_gongkai.pyi"
SCHEMA = json.loads((HERE.parent / "docs/report.schema.json").read_text(encoding="utf-8"))
DEFINITIONS = SCHEMA["$defs"]
CLASSES = [name for name, definition in DEFINITIONS.items() if "properties" in definition]

# An indicator is not part of a report's JSON, so the schema has none.
INDICATOR: dict[str, tuple[str, str]] = {
    "indicator": ("str", "``requests_received``"),
    "value": ("int | Decimal | None", "The number; ``None`` if the report gives none."),
    "unit": ("str | None", "Its unit."),
    "quality": ('Literal["exact", "approximate", "absent"]', "Whether the number is what the name says."),
    "why": ("Message | None", "Why it is only about the same, or why there is none."),
    "origin": ('Literal["table", "prose"] | None', "Where it comes from."),
    "paths": ("tuple[str, ...]", "The figures it is, or is the sum of."),
    "fact": ("int | None", "The fact it is, an index into ``Report.facts``."),
    "raw": ("str", "What is printed; of a sum the parts."),
    "span": ("tuple[int, int] | None", "The place of ``raw``, if it is one."),
    "flags": ("tuple[str, ...]", "Codes of the findings that concern its figures."),
}

HEAD = '''"""The compiled part of gongkai. Use the functions and classes of the package.

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
    ALL
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
'''

REPORT = '''
@final
class Report:
    """A report. Also a mapping from the paths of its figures: ``report["requests/granted/total"]``.

    Immutable; equal if what was read and its text are equal. Pickling keeps all of it.
    """

{fields}    @property
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
{dunders}    @staticmethod
    def _from_json(json: str, text: str, file: str | None = None) -> Report: ...
'''

DUNDERS = '''    def __eq__(self, value: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
'''


def python_type(schema: dict[str, Any]) -> str:
    """The type of what the schema describes."""
    if "$ref" in schema:
        return reference(schema["$ref"].rsplit("/", 1)[1])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(python_type(each) for each in schema["anyOf"]))
    kind = schema.get("type")
    if isinstance(kind, list):
        return " | ".join(python_type({**schema, "type": each}) for each in kind)
    if kind == "array":
        if "prefixItems" in schema:
            return f"tuple[{', '.join(python_type(item) for item in schema['prefixItems'])}]"
        item = python_type(schema["items"])
        length = schema.get("maxItems")
        return f"tuple[{', '.join([item] * length)}]" if length else f"tuple[{item}, ...]"
    return {"string": "str", "integer": "int", "boolean": "bool", "null": "None"}[kind or "string"]


def reference(name: str) -> str:
    """The type of a definition."""
    definition = DEFINITIONS[name]
    if name == "Value":
        return "int | Decimal"
    if "properties" in definition:
        return name
    if "enum" in definition or "oneOf" in definition:
        words = definition.get("enum") or [each["const"] for each in definition["oneOf"]]
        return f"Literal[{', '.join(json.dumps(word) for word in words)}]"
    return python_type(definition)


def docstring(text: str, indent: int) -> str:
    """A docstring with Python's marks for code in place of Rust's, wrapped."""
    text = re.sub(r"\[`([^`]*)`\](?:\([^)]*\))?", r"`\1`", text).replace("::", ".")
    text = re.sub(r"`([^`]+)`", r"``\1``", text)
    return textwrap.indent(textwrap.fill(f'"""{text}"""', 140 - indent, break_long_words=False), " " * indent)


def fields(properties: dict[str, tuple[str, str]]) -> str:
    """Read-only properties."""
    return "".join(f"    @property\n    def {name}(self) -> {kind}:\n{docstring(text, 8)}\n" for name, (kind, text) in properties.items())


def described(definition: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Type and meaning of each field."""
    # `from` is a word of the language.
    return {name.replace("from", "from_"): (python_type(each), each.get("description", "")) for name, each in definition["properties"].items()}


def model_class(name: str, text: str, properties: dict[str, tuple[str, str]]) -> str:
    """A class that shows a part of the model."""
    stub = f"\n@final\nclass {name}:\n{docstring(text, 4)}\n\n    __match_args__: tuple[str, ...]\n{fields(properties)}"
    if "span" in properties:
        maybe = "" if "None" not in properties["span"][0] else " | None"
        stub += f'    @property\n    def start(self) -> int{maybe}:\n        """Where it begins."""\n'
        stub += f'    @property\n    def end(self) -> int{maybe}:\n        """Where it ends."""\n'
    stub += '    def to_dict(self) -> dict[str, Any]:\n        """Itself as dicts, lists, strings and numbers."""\n'
    return stub + DUNDERS + f"    @staticmethod\n    def _from_json(json: str) -> {name}: ...\n"


def stub() -> str:
    """The whole stub."""
    report = described({"properties": {name: each for name, each in SCHEMA["properties"].items()}})
    parts = [HEAD, REPORT.format(fields=fields(report), dunders=DUNDERS)]
    parts += [model_class(name, DEFINITIONS[name].get("description", ""), described(DEFINITIONS[name])) for name in CLASSES]
    parts.append(model_class("Indicator", "A measure with one name in every edition, as one report gives it.", INDICATOR))
    text = "".join(parts)
    names = ["__version__", *re.findall(r"^(?:def|class) (\w+)", text, re.MULTILINE)]
    return text.replace("ALL", textwrap.fill(", ".join(f'"{name}"' for name in sorted(set(names))) + ",", 140, subsequent_indent=" " * 4), 1)


if __name__ == "__main__":
    STUB.write_text(stub(), encoding="utf-8")
