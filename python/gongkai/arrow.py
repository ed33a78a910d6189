"""One function for engines that work in batches: documents in, rows out.

A batch has the documents in a column of bytes, or of text, and their names in another. What comes out has the columns of
:class:`gongkai.Frame` and two more, ``error_zh`` and ``error_en``: a document that cannot be read is a row of its name and its error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeAlias

from ._gongkai import batch_frame

if TYPE_CHECKING:
    import pyarrow

__all__ = ["Rows", "facts_batch", "figures_batch", "findings_batch", "indicators_batch", "reports_batch", "rows_batch", "schema"]

Rows: TypeAlias = Literal["reports", "figures", "facts", "checks", "findings", "indicators"]


def schema(rows: Rows) -> pyarrow.Schema:
    """The schema of what :func:`rows_batch` gives."""
    import pyarrow

    return pyarrow.table(batch_frame([], rows)).schema.remove_metadata()


def rows_batch(
    batch: pyarrow.RecordBatch, rows: Rows, *, content: str = "content", name: str | None = None, max_bytes: int | None = None
) -> pyarrow.RecordBatch:
    """Rows of the documents of a batch.

    ``content`` is the column of bytes or text; a null is a document that cannot be read. ``name`` is the column of names, such as paths or URLs,
    for the column ``file``; without it documents are numbered.
    """
    import pyarrow

    contents = batch.column(content).to_pylist()
    names = batch.column(name).to_pylist() if name is not None else range(len(contents))
    documents = [(str(file), text.encode() if isinstance(text, str) else text or b"") for file, text in zip(names, contents, strict=True)]
    table = pyarrow.table(batch_frame(documents, rows, max_bytes)).combine_chunks()
    batches = table.to_batches()
    return batches[0] if batches else pyarrow.RecordBatch.from_pylist([], schema=table.schema)


def _of(rows: Rows) -> Callable[..., pyarrow.RecordBatch]:
    def function(batch: pyarrow.RecordBatch, *, content: str = "content", name: str | None = None, max_bytes: int | None = None) -> pyarrow.RecordBatch:
        return rows_batch(batch, rows, content=content, name=name, max_bytes=max_bytes)

    function.__name__ = function.__qualname__ = f"{rows}_batch"
    function.__doc__ = f"The {rows} of the documents of a batch, see :func:`rows_batch`."
    return function


reports_batch = _of("reports")
figures_batch = _of("figures")
facts_batch = _of("facts")
findings_batch = _of("findings")
indicators_batch = _of("indicators")
