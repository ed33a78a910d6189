"""Documents in a Daft data frame: ``gongkai.daft.rows(frame, "figures", content="content", name="path")``. Needs ``gongkai[daft]``."""

from __future__ import annotations

from typing import Any

from .arrow import Rows, rows_batch, schema

__all__ = ["rows"]


def rows(frame: Any, rows: Rows = "figures", *, content: str = "content", name: str, max_bytes: int | None = None) -> Any:
    """The rows of the documents of a ``daft.DataFrame``, as another: see :func:`gongkai.arrow.rows_batch`.

    The documents are read where their partition is, on as many cores and machines as Daft has.
    """
    import daft
    import pyarrow

    columns = {field.name: daft.DataType.from_arrow_type(field.type) for field in schema(rows)}
    row_type = daft.DataType.list(daft.DataType.struct(columns))

    @daft.func.batch(return_dtype=row_type)
    def read(contents: daft.Series, names: daft.Series) -> Any:
        given = pyarrow.RecordBatch.from_arrays([contents.to_arrow(), names.to_arrow()], names=["content", "name"])
        found = rows_batch(given, rows, content="content", name="name", max_bytes=max_bytes)
        return _by_document(found, given.column(1).to_pylist())

    lists = frame.select(read(frame[content], frame[name]).alias("row")).explode("row").where(daft.col("row").not_null())
    return lists.select(*(daft.col("row")[column].alias(column) for column in columns))


def _by_document(found: Any, names: list[str]) -> Any:
    """The rows of each document as a list."""
    import pyarrow

    rows = pyarrow.StructArray.from_arrays(found.columns, fields=list(found.schema))
    files = found.column("file").to_pylist()
    offsets, at = [0], 0
    for name in names:
        while at < len(files) and files[at] == str(name):
            at += 1
        offsets.append(at)
    return pyarrow.ListArray.from_arrays(pyarrow.array(offsets, pyarrow.int32()), rows)
