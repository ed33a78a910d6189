"""Documents in a Spark data frame: ``gongkai.spark.rows(frame, "figures", content="content", name="path")``. Needs ``gongkai[spark]``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .arrow import Rows, rows_batch, schema

__all__ = ["rows"]


def rows(frame: Any, rows: Rows = "figures", *, content: str = "content", name: str | None = None, max_bytes: int | None = None) -> Any:
    """The rows of the documents of a ``pyspark.sql.DataFrame``, as another: see :func:`gongkai.arrow.rows_batch`."""
    from pyspark.sql.pandas.types import from_arrow_schema

    def read(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            yield rows_batch(batch, rows, content=content, name=name, max_bytes=max_bytes)

    return frame.mapInArrow(read, from_arrow_schema(schema(rows)))
