"""Many documents: tables, streams, panels, engines."""

from __future__ import annotations

import logging
import random
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import gongkai
import pytest
from gongkai.arrow import Rows, rows_batch

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
SERIES = ROOT / "tests/series"
VECTORS = [path for path in sorted((ROOT / "tests/vectors").glob("*/input.*"))]
TABLES: tuple[Rows, ...] = ("reports", "figures", "facts", "checks", "findings", "indicators")


def rows(frame: gongkai.Frame) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = frame.to_arrow().to_pylist()
    return found


@pytest.fixture(scope="module")
def many() -> gongkai.Reports:
    return gongkai.read_many(VECTORS, progress=False)


def test_tables_are_those_of_the_reports_one_by_one(many: gongkai.Reports) -> None:
    figures, findings = [], []
    for path in VECTORS:
        try:
            report = gongkai.read(path)
        except gongkai.GongkaiError:
            continue
        figures += [(str(path), each.path, each.raw, each.missing, each.start) for each in report.figures]
        findings += [(str(path), each.code, each.fingerprint) for each in report.findings]
    assert [(row["file"], row["path"], row["raw"], row["missing"], row["start"]) for row in rows(many.figures)] == figures
    assert [(row["file"], row["code"], row["fingerprint"]) for row in rows(many.findings)] == findings
    assert len(figures) > 10_000


def test_a_file_that_cannot_be_read_is_a_row(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    picture = tmp_path / "scan.png"
    picture.write_bytes(b"\x89PNG")
    sources: list[Any] = [SAMPLES / "report-2022.txt", picture, tmp_path / "absent.txt", b"%PDF-", ("named", b"text")]
    reports = gongkai.read_many(sources, progress=False)
    assert [row["error_en"] is None for row in rows(reports.reports)] == [True, False, False, False, True]
    assert all((row["figures"] is None) == (row["error_zh"] is not None) for row in rows(reports.reports))
    assert [row["file"] for row in rows(reports.reports)][3:] == ["<bytes 3>", "named"]
    with caplog.at_level(logging.WARNING, logger="gongkai"):
        outcomes = list(gongkai.stream(sources))
    assert len(caplog.records) == 3
    kinds = [type(each.error) if isinstance(each, gongkai.Failure) else type(each) for each in outcomes]
    errors = [gongkai.UnsupportedFormatError, gongkai.UnreadableError, gongkai.UnreadableError]
    assert kinds == [gongkai.Report, *errors, gongkai.Report]
    assert isinstance(reports[1], gongkai.Failure) and [type(each) for each in reports] == [type(each) for each in outcomes]


def test_threads_and_order_make_no_difference() -> None:
    one, several = (gongkai.read_many(VECTORS[:80], threads=threads, progress=False) for threads in (1, 3))
    for name in ("reports", "figures", "facts", "checks", "findings"):
        assert rows(getattr(one, name)) == rows(getattr(several, name)), name
    ordered = [each.file for each in gongkai.stream(VECTORS[:80], threads=3)]
    done = [each.file for each in gongkai.stream(VECTORS[:80], threads=3, ordered=False)]
    assert ordered == [str(path) for path in VECTORS[:80]] and sorted(map(str, done)) == sorted(map(str, ordered))


def test_folders_and_globs_are_read_in_order(tmp_path: Path) -> None:
    text = (SAMPLES / "report-2022.txt").read_bytes()
    for name in ("b/2.txt", "a/1.html", "a/ignored.log", "c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text)
    files = [row["file"] for row in rows(gongkai.read_many(tmp_path, progress=False).reports)]
    assert [str(Path(file).relative_to(tmp_path)) for file in files] == ["c.md", "a/1.html", "b/2.txt"]
    assert len(gongkai.read_many(f"{tmp_path}/*/*.txt", progress=False)) == 1
    with pytest.raises(FileNotFoundError, match="no file matches"):
        gongkai.read_many(f"{tmp_path}/*.docx")
    assert len(gongkai.read_many([], progress=False)) == 0


def test_progress_is_shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import tqdm.auto

    seen: list[int] = []

    class Bar(tqdm.auto.tqdm):  # type: ignore[misc]
        def __exit__(self, *raised: object) -> None:
            seen.append(self.n)
            super().__exit__(*raised)

    monkeypatch.setattr(tqdm.auto, "tqdm", Bar)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    gongkai.read_many([SAMPLES] * 50)
    assert seen == [100] and "100/100" in capsys.readouterr().err
    gongkai.read_many([SAMPLES], progress=False)
    assert seen == [100]


def test_types_survive_pandas_polars_duckdb_and_pyarrow() -> None:
    import duckdb
    import pandas
    import polars
    import pyarrow

    text = "样本县2021年政府信息公开工作年度报告\n\n| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n|---|---|---|---|\n"
    frame = gongkai.parse(text + "| 规章 | 3 | | 无 |\n| 信息内容 | 本年收费金额（单位：万元） | | |\n| 行政事业性收费 | 12.50 | | |\n").to_frame()
    expected = [
        ("proactive_disclosure/rules/issued", 3, None, None),
        ("proactive_disclosure/rules/repealed", None, None, "blank"),
        ("proactive_disclosure/rules/in_force", None, None, "none"),
        ("proactive_disclosure/administrative_fees/amount", None, Decimal("12.5"), None),
    ]
    wanted = [each[0] for each in expected]

    arrow = pyarrow.table(frame)
    assert arrow.schema.field("value").type == pyarrow.int64() and arrow.schema.field("amount").type == pyarrow.decimal128(38, 6)
    shown = {row["path"]: (row["path"], row["value"], row["amount"], row["missing"]) for row in arrow.to_pylist()}
    assert [shown[path] for path in wanted] == expected

    table = frame.to_pandas().set_index("path").loc[wanted]
    assert table["value"].dtype == pandas.Int64Dtype()
    assert [None if pandas.isna(value) else int(value) for value in table["value"]] == [3, None, None, None]
    assert table["amount"].iloc[3] == Decimal("12.5")
    assert pandas.DataFrame.from_arrow(frame).shape == frame.to_pandas().shape  # type: ignore[attr-defined,unused-ignore]

    frames = (polars.DataFrame(frame), frame.to_polars())
    for each in frames:
        assert each.schema["value"] == polars.Int64 and isinstance(each.schema["amount"], polars.Decimal)
        chosen = each.filter(polars.col("path").is_in(wanted)).select("path", "value", "amount", "missing")
        assert sorted(chosen.rows(), key=lambda row: wanted.index(row[0])) == expected

    connection = duckdb.connect()
    found = connection.execute("select path, value, amount, missing from arrow").fetchall()
    assert [next(row for row in found if row[0] == path) for path in wanted] == expected
    assert connection.execute("select sum(value) from arrow").fetchall() == [(3,)]


def test_parquet_keeps_all_tables(many: gongkai.Reports, tmp_path: Path) -> None:
    import pyarrow.parquet

    paths = many.to_parquet(tmp_path / "out")
    assert [Path(path).stem for path in paths] == list(TABLES)
    assert pyarrow.parquet.read_table(paths[1]).to_pylist() == rows(many.figures)


def test_a_panel_has_gaps_copies_revisions_and_checks() -> None:
    import pandas

    later = (SAMPLES / "report-2023.txt").read_text(encoding="utf-8").replace("2024", "2027").replace("2023", "2026")
    panel = gongkai.panel(gongkai.read_many([SERIES, SAMPLES, ("later.txt", later.encode())], progress=False))
    gaps = [row["year"] for row in rows(panel.years) if row["standing"] == "missing" and row["agency"] == "示例市人民政府"]
    assert {2024, 2025} <= set(gaps)
    standings = {row["standing"] for row in rows(panel.years)}
    assert {"used", "missing"} <= standings
    assert {"copy", "revision"} & standings
    assert {row["verdict"] for row in rows(panel.checks)} >= {"holds", "broken"}
    assert any(row["code"] == "GK401" for row in rows(panel.findings))
    values, quality = panel.wide(), panel.wide("quality")
    years = [(row["agency"], row["year"]) for row in rows(panel.years) if row["standing"] in ("used", "missing") and row["agency"]]
    assert set(values.index) == set(years) and values.shape == quality.shape
    numbers = {(row["file"], row["indicator"]): row["value"] for row in rows(panel.indicators)}
    for row in rows(panel.years):
        if row["standing"] == "used" and row["agency"]:
            shown = values.loc[(row["agency"], row["year"]), "requests_received"]
            number = numbers[row["file"], "requests_received"]
            assert pandas.isna(shown) if number is None else shown == number, row
    assert "Panel(" in repr(panel)


def test_figures_are_drawn() -> None:
    import matplotlib

    matplotlib.use("Agg")
    import warnings

    panel = gongkai.read_many(SAMPLES, progress=False).panel()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Fonts without Chinese characters.
        lines = panel.plot("requests_received")
        assert [list(line.get_ydata()) for line in lines.lines][0] == [13, 18]
        assert len(panel.plot("granted", kind="agencies").patches) == 1
        shown = panel.plot(kind="broken")
        assert [text.get_text() for text in shown.texts] == [str(sum(row["verdict"] == "broken" for row in rows(panel.checks)))]
        with pytest.raises(ValueError, match="no indicator 'absent'"):
            panel.plot("absent")


def test_the_codebook_names_every_column_and_indicator() -> None:
    book = gongkai.codebook()
    for name in TABLES:
        columns = gongkai.read(SAMPLES / "report-2022.txt").to_frame(name).columns
        assert [column.column for column in book.columns if column.table == name] == columns
    assert all(column.zh and column.en and column.type for column in book.columns)
    known = {each.indicator for each in gongkai.read(SAMPLES / "report-2022.txt").indicators()}
    assert {definition.indicator for definition in book.indicators} <= known
    assert f"# gongkai {gongkai.__version__}" in book.to_markdown()


@pytest.mark.parametrize("table", TABLES)
def test_batches_are_what_read_many_gives(many: gongkai.Reports, table: Rows) -> None:
    import pyarrow

    paths = VECTORS[:120]
    names = [*map(str, paths), "scan.png"]
    batch = pyarrow.RecordBatch.from_pydict({"body": [*(path.read_bytes() for path in paths), b"\x89PNG"], "url": names})
    found = rows_batch(batch, table, content="body", name="url")
    expected = [row for row in rows(many.indicators() if table == "indicators" else getattr(many, table)) if row["file"] in set(map(str, paths))]
    *kept, failed = found.to_pylist()
    assert [{name: row[name] for name in expected[0]} for row in kept] == expected
    assert failed["file"] == "scan.png" and "PNG" in failed["error_en"]
    assert found.schema.equals(gongkai.arrow.schema(table))


def test_text_and_nothing_are_content_too() -> None:
    import pyarrow

    text = (SAMPLES / "report-2022.txt").read_text(encoding="utf-8")
    found = gongkai.arrow.reports_batch(pyarrow.RecordBatch.from_pydict({"content": [text, None]})).to_pylist()
    assert [(row["file"], row["figures"]) for row in found] == [("0", 200), ("1", 0)]
    empty = pyarrow.RecordBatch.from_pydict({"content": pyarrow.array([], pyarrow.binary())})
    assert gongkai.arrow.figures_batch(empty).num_rows == 0


def test_daft_gives_the_same(many: gongkai.Reports) -> None:
    import daft
    import gongkai.daft

    paths = VECTORS[:60]
    frame = daft.from_pydict({"url": [str(path) for path in paths], "body": [path.read_bytes() for path in paths]})
    found = gongkai.daft.rows(frame, "figures", content="body", name="url").to_arrow().to_pylist()
    expected = [row for row in rows(many.figures) if row["file"] in set(map(str, paths))]
    assert [{name: row[name] for name in expected[0]} for row in found if row["error_en"] is None] == expected


def test_any_bytes_are_a_report_or_an_error_of_the_family() -> None:
    draw = random.Random(20)
    seeds = [path.read_bytes() for path in VECTORS[::5]]
    hostile = [b"", b"\0" * 100_000, "一、".encode() * 50_000, b"|" * 100_000, b"<td>" * 30_000, b"PK\x03\x04", b"%PDF-1.7", bytes(range(256)) * 50]
    for _ in range(150):
        damaged = bytearray(draw.choice(seeds))
        for _ in range(draw.randrange(1, 20)):
            at = draw.randrange(len(damaged))
            damaged[at : at + draw.randrange(8)] = draw.randbytes(draw.randrange(8))
        hostile.append(bytes(damaged))
    for data in hostile:
        try:
            report = gongkai.read(data, max_bytes=1_000_000)
        except gongkai.GongkaiError as error:
            assert not isinstance(error, gongkai.InternalError), error
        else:
            report._repr_html_()
            for table in TABLES:
                report.to_frame(table)
            for figure in report.figures:
                assert figure.start is None or report.text[figure.start : figure.end] == figure.raw


def test_ctrl_c_stops_a_batch_at_once() -> None:
    program = "import gongkai, sys; print('go', flush=True); gongkai.read_many([sys.argv[1]] * 200_000, progress=False)"
    process = subprocess.Popen([sys.executable, "-c", program, str(SAMPLES)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(1)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, shown = process.communicate(timeout=60)
    assert b"KeyboardInterrupt" in shown and process.returncode != 0
    assert time.monotonic() - began < 5


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says how much memory a process had at most")
def test_a_stream_keeps_memory_flat() -> None:
    program = """
import gongkai, pathlib, re, sys
peaks = []
for number, report in enumerate(gongkai.stream([sys.argv[1]] * 2000, threads=2)):
    if number in (500, 3999):
        peaks.append(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
print(*peaks)
"""
    shown = subprocess.run([sys.executable, "-c", program, str(SAMPLES)], capture_output=True, check=True).stdout.split()
    early, late = map(int, shown)
    assert late < early * 1.25 + 4096, f"{early} KiB after 500 reports, {late} after 4000"


def test_leaving_a_stream_early_leaves_nothing_behind() -> None:
    for _ in range(20):
        stream = gongkai.stream([SAMPLES] * 500)
        assert isinstance(next(stream), gongkai.Report)
        stream.close()  # type: ignore[attr-defined]
