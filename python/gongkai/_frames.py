"""Frames for the libraries that read Arrow; each is imported when it is asked for."""

from __future__ import annotations

from typing import Any

from ._gongkai import Frame


def to_arrow(frame: Frame) -> Any:
    """A ``pyarrow.Table``, without a copy."""
    import pyarrow

    return pyarrow.table(frame)


def to_pandas(frame: Frame) -> Any:
    """A ``pandas.DataFrame``: whole numbers are ``Int64`` with ``<NA>``, never floats; amounts are ``Decimal``."""
    import pandas
    import pyarrow

    return to_arrow(frame).to_pandas(types_mapper={pyarrow.int64(): pandas.Int64Dtype()}.get)


def to_polars(frame: Frame) -> Any:
    """A ``polars.DataFrame``."""
    import polars

    return polars.DataFrame(frame)
