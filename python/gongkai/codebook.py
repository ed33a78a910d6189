"""What the columns and indicators mean, to be cited in a paper."""

from __future__ import annotations

from typing import NamedTuple

from ._gongkai import __version__, codebook as _codebook, indicator_definitions

__all__ = ["Codebook", "Column", "Definition", "codebook"]


class Column(NamedTuple):
    """A column of one of the tables."""

    table: str
    column: str
    type: str
    zh: str
    en: str


class Definition(NamedTuple):
    """How the tables of some editions give an indicator: the sum of these figures; ``*`` stands for every row directly below."""

    indicator: str
    editions: str
    paths: str
    quality: str
    why_zh: str
    why_en: str


class Codebook(NamedTuple):
    """The columns of all tables, and the indicators."""

    version: str
    columns: tuple[Column, ...]
    indicators: tuple[Definition, ...]

    def to_markdown(self) -> str:
        """The codebook as a document."""
        lines = [f"# gongkai {self.version}: codebook", "", "## Columns", ""]
        lines += _table(Column._fields, self.columns)
        lines += ["", "## Indicators", "", "An indicator that no table of a report gives is looked for in its sentences.", ""]
        lines += _table(Definition._fields, self.indicators)
        return "\n".join(lines) + "\n"


def codebook() -> Codebook:
    """What the columns of :class:`gongkai.Frame` and the indicators mean, in this version."""
    return Codebook(__version__, tuple(Column(*row) for row in _codebook()), tuple(Definition(*row) for row in indicator_definitions()))


def _table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows)]
