"""Many documents at once."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from typing import Any

from ._gongkai import Frame, Report, Stream, TableStream, panel_frames
from ._sources import Sources, expanded
from .errors import GongkaiError
from .panel import Panel

LOG = logging.getLogger("gongkai")

TABLES = ("reports", "figures", "facts", "checks", "findings", "indicators")


class Failure:
    """A document that could not be read: its name, and why."""

    __match_args__ = ("file", "error")

    def __init__(self, file: str, error: GongkaiError) -> None:
        self.file = file
        self.error = error

    def __repr__(self) -> str:
        return f"Failure({self.file!r}, {self.error!r})"


def stream(
    sources: Sources, *, threads: int | None = None, ordered: bool = True, progress: bool = False, max_bytes: int | None = None
) -> Iterator[Report | Failure]:
    """The reports of many documents, one after the other, read ahead by a pool of threads.

    Memory stays flat: only a few reports are read ahead of the one that was taken. With ``ordered=False`` they come as they are done. A document
    that cannot be read is a :class:`Failure`; the others go on.
    """
    documents = expanded(sources)
    with _bar(len(documents), progress) as bar:
        for _, file, outcome in Stream(documents, threads, ordered, max_bytes):
            bar.update(1)
            if isinstance(outcome, Report):
                yield outcome
            else:
                LOG.warning("%s: %s", file, outcome)
                yield Failure(file, outcome)


def read_many(sources: Sources, *, threads: int | None = None, progress: bool = True, max_bytes: int | None = None) -> Reports:
    """Reads many documents into tables: a folder, a glob, or a list of paths or bytes.

    Works on all cores without the GIL, or on ``threads``. A document that cannot be read is a row of ``.reports`` with its error, and never ends
    the batch. ``progress`` shows a bar if tqdm is installed.
    """
    documents = expanded(sources)
    tables = TableStream(documents, list(TABLES), threads, max_bytes)
    with _bar(len(documents), progress) as bar:
        for count in tables:
            bar.update(min(count, len(documents) - bar.n))
    return Reports(documents, dict(zip(TABLES, tables.frames(), strict=True)), threads, max_bytes)


class Reports:
    """Many documents as tables; each takes ``to_pandas()``, ``to_polars()``, ``to_arrow()``, or goes into DuckDB, pandas, polars or pyarrow as it is.

    It keeps the tables, not the reports: ``reports[i]`` and iterating read the documents once more.
    """

    def __init__(self, documents: list[tuple[str, bytes | None]], frames: dict[str, Frame], threads: int | None, max_bytes: int | None) -> None:
        self._documents = documents
        self._frames = frames
        self._threads = threads
        self._max_bytes = max_bytes
        self._panel: Panel | None = None

    @property
    def reports(self) -> Frame:
        """A row a document, read or not: title, agency, year, edition, how many findings; or its error."""
        return self._frames["reports"]

    @property
    def figures(self) -> Frame:
        """A row a cell of a statutory table."""
        return self._frames["figures"]

    @property
    def facts(self) -> Frame:
        """A row a quantity of the prose."""
        return self._frames["facts"]

    @property
    def checks(self) -> Frame:
        """A row a rule, with its verdict."""
        return self._frames["checks"]

    @property
    def findings(self) -> Frame:
        """A row for what is wrong, odd or uncertain."""
        return self._frames["findings"]

    def indicators(self) -> Frame:
        """A row an indicator of a report, one name over all editions."""
        return self._frames["indicators"]

    def series(self) -> Frame:
        """A row a year of an agency: its report, another copy or revision of it, or none. See :func:`gongkai.panel` for the rest."""
        return self.panel().years

    def panel(self) -> Panel:
        """Agencies over the years, see :func:`gongkai.panel`."""
        if self._panel is None:
            issuers = self.reports.to_arrow().column("issuer").to_pylist()
            self._panel = Panel(*panel_frames(self._documents, issuers, self._threads, self._max_bytes))
        return self._panel

    def to_parquet(self, folder: str | os.PathLike[str]) -> list[str]:
        """Writes each table as a Parquet file into a folder, and gives their paths. Needs pyarrow."""
        import pyarrow.parquet

        os.makedirs(folder, exist_ok=True)
        paths = []
        for name, frame in self._frames.items():
            paths.append(os.path.join(folder, f"{name}.parquet"))
            pyarrow.parquet.write_table(frame.to_arrow(), paths[-1])
        return paths

    def __len__(self) -> int:
        return len(self._documents)

    def __iter__(self) -> Iterator[Report | Failure]:
        return self._again(self._documents)

    def __getitem__(self, index: int) -> Report | Failure:
        return next(self._again([self._documents[index]]))

    def __repr__(self) -> str:
        return f"Reports({len(self)} documents, {len(self.figures)} figures, {len(self.findings)} findings)"

    def _again(self, documents: list[tuple[str, bytes | None]]) -> Iterator[Report | Failure]:
        for _, file, outcome in Stream(documents, self._threads, True, self._max_bytes):
            yield outcome if isinstance(outcome, Report) else Failure(file, outcome)


class _NoBar:
    n = 0

    def update(self, count: int) -> None:
        self.n += count

    def __enter__(self) -> _NoBar:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def _bar(total: int, progress: bool) -> Any:
    """A bar of tqdm, of the notebook's kind in a notebook; none if it is not installed or not wanted, or nobody would see it."""
    if progress:
        try:
            from tqdm.auto import tqdm
        except ImportError:
            pass
        else:
            shown = sys.stderr.isatty() or "ipykernel" in sys.modules
            return tqdm(total=total, unit="report", disable=not shown)
    return _NoBar()
