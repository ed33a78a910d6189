"""The Python interface, on the vectors and the reports that core/examples/parity.rs wrote for them."""

from __future__ import annotations

import io
import json
import pickle
import threading
from pathlib import Path
from typing import Any

import gongkai
import gongkai._gongkai
import pytest

ROOT = Path(__file__).resolve().parents[2]
VECTORS = sorted(path.name for path in (ROOT / "tests/vectors").iterdir() if path.is_dir())
PARITY = ROOT / "target/parity"


def parity(name: str) -> str:
    path = PARITY / name
    assert path.exists(), f"target/parity lacks {name}: run tests/run.sh"
    return path.read_bytes().decode()


def source(case: str) -> Path:
    return next((ROOT / "tests/vectors" / case).glob("input.*"))


def readable(case: str) -> bool:
    return not (PARITY / f"{case}.error").exists()


READABLE = [case for case in VECTORS if readable(case)]
PLAIN = parity("pipe-law-plain.txt")


def test_there_are_vectors() -> None:
    assert len(VECTORS) > 200


@pytest.mark.parametrize("case", READABLE)
def test_json_is_that_of_rust(case: str) -> None:
    assert gongkai.parse_json(parity(f"{case}.txt"), offsets="utf-8") == parity(f"{case}.json")


@pytest.mark.parametrize("case", READABLE)
def test_spans_are_the_text_they_name(case: str) -> None:
    text = parity(f"{case}.txt")
    report = gongkai.parse(text)
    assert (report.offsets, report.text) == ("code-point", text)
    for figure in report.figures:
        if figure.start is not None:
            assert text[figure.start : figure.end] == figure.raw, figure
    for fact in report.facts:
        assert text[fact.start : fact.end] == fact.raw, fact


@pytest.mark.parametrize("case", VECTORS)
def test_bytes_are_read_as_by_rust(case: str) -> None:
    if not readable(case):
        with pytest.raises(gongkai.UnsupportedFormatError) as caught:
            gongkai.read(source(case))
        assert str(caught.value) == parity(f"{case}.error")
        return
    other = (PARITY / f"{case}.read.json").exists()
    expected = json.loads(parity(f"{case}.read.json" if other else f"{case}.json"))
    report = gongkai.read(source(case), offsets="utf-8")
    assert report.to_dict() == expected
    assert json.loads(report.to_json()) == expected
    assert report.text == parity(f"{case}.txt")


def test_offsets_count_what_they_say() -> None:
    text = "𠮷" + PLAIN
    points, utf8, utf16 = (gongkai.parse(text, offsets=offsets).figures for offsets in ("code-point", "utf-8", "utf-16"))
    assert len(utf8) > 100
    for point, byte, unit in zip(points, utf8, utf16, strict=True):
        raw = point.raw
        assert text[point.start : point.end] == raw
        assert text.encode()[byte.start : byte.end].decode() == raw
        assert unit.start is not None and unit.end is not None and point.start is not None
        assert text.encode("utf-16-le")[2 * unit.start : 2 * unit.end].decode("utf-16-le") == raw
        assert unit.start == point.start + 1
    with pytest.raises(ValueError, match="'code-point', 'utf-8' or 'utf-16', not \"bytes\""):
        gongkai.parse(text, offsets="bytes")  # type: ignore[arg-type]


def test_every_kind_of_source_is_the_same_report(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(PLAIN.encode("gb18030"))
    expected = gongkai.parse(PLAIN)
    data = path.read_bytes()
    sources: list[Any] = [path, str(path), data, bytearray(data), memoryview(data), io.BytesIO(data)]
    for given in sources:
        assert gongkai.read(given) == expected
    with path.open("rb") as file:
        assert gongkai.read(file) == expected
    with pytest.raises(TypeError, match="binary mode"):
        gongkai.read(io.StringIO(PLAIN))  # type: ignore[arg-type]
    with pytest.raises(FileNotFoundError):
        gongkai.read(tmp_path / "absent.txt")


def test_any_string_is_read() -> None:
    for text in ["", "\0", "\ufeff", "\ud800", "一、|\udc00\ud800|\n", "𠮷" * 1000]:
        assert gongkai.parse(text).schema == "gongkai-report/1"


def test_half_a_surrogate_pair_keeps_its_place() -> None:
    text = "\ud800" + PLAIN
    figure = gongkai.parse(text).figures[0]
    assert text[figure.start : figure.end] == figure.raw


def test_limit(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(b"12345")
    assert gongkai.read(path, max_bytes=5).figures == ()
    for given in (path, b"12345"):
        with pytest.raises(gongkai.LimitError, match="5 is over the limit max_bytes = 4") as caught:
            gongkai.read(given, max_bytes=4)
        assert (caught.value.limit, caught.value.value, caught.value.max) == ("max_bytes", 5, 4)


def test_damaged_files_are_named() -> None:
    with pytest.raises(gongkai.UnreadableError, match="pdf 文件已损坏.* / this pdf file is damaged") as caught:
        gongkai.read(b"%PDF-1.4\nnothing more")
    assert caught.value.format == "pdf"


def test_containers_are_refused() -> None:
    with pytest.raises(gongkai.UnsupportedFormatError, match="this is a PNG image, which cannot be read") as caught:
        gongkai.read(b"\x89PNG")
    assert caught.value.format == "a PNG image"


def test_a_panic_is_an_exception() -> None:
    try:
        gongkai._gongkai._panic_for_tests()
    except Exception as error:
        assert type(error) is gongkai.InternalError
        assert "asked for by a test" in str(error)
        assert "lib.rs:" in str(error)
    assert gongkai.parse_json(PLAIN, offsets="utf-8") == parity("pipe-law-plain.json")


@pytest.mark.parametrize(
    "error",
    [
        gongkai.GongkaiError("m"),
        gongkai.InternalError("m"),
        gongkai.LimitError("m", "max_bytes", 2, 1),
        gongkai.UnreadableError("m", "docx"),
        gongkai.UnsupportedFormatError("m", "PNG"),
    ],
)
def test_errors_travel_between_processes(error: gongkai.GongkaiError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert (str(copy), vars(copy)) == ("m", vars(error))
    assert isinstance(error, gongkai.GongkaiError)
    assert type(error).__module__ == "gongkai.errors"


def test_other_threads_run_while_a_text_is_parsed() -> None:
    text, seen, done = PLAIN * 100, 0, threading.Event()

    def work() -> None:
        gongkai.parse_json(text)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    while not done.wait(0.001):
        seen += 1
    thread.join()
    assert seen >= 3


def test_threads_agree() -> None:
    expected, results = gongkai.parse_json(PLAIN), []
    threads = [threading.Thread(target=lambda: results.append(gongkai.parse_json(PLAIN))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 8


def test_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert gongkai.__version__ == version("gongkai")
