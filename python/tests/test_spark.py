"""Spark, where it is installed and there is Java: pip install pyspark."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytest.importorskip("pyspark", reason="pyspark is not installed")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs Java", allow_module_level=True)


@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import gongkai.arrow
    import gongkai.spark
    import pyarrow
    from pyspark.sql import SparkSession

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    paths = sorted((ROOT / "samples").glob("*.txt"))
    documents = [(str(path), bytearray(path.read_bytes())) for path in paths] + [("scan.png", bytearray(b"\x89PNG"))]
    session = SparkSession.builder.master("local[2]").appName("gongkai").getOrCreate()
    try:
        frame = session.createDataFrame(documents, "path string, content binary")
        found = gongkai.spark.rows(frame, "figures", name="path").toArrow().to_pylist()
    finally:
        session.stop()
    names, contents = zip(*documents, strict=True)
    batch = pyarrow.RecordBatch.from_pydict({"path": names, "content": [bytes(each) for each in contents]})
    expected = gongkai.arrow.figures_batch(batch, name="path").to_pylist()
    key = lambda row: (row["file"], row["path"] or "")  # noqa: E731
    assert sorted(found, key=key) == sorted(expected, key=key)
