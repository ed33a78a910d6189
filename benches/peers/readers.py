"""Sets the readers beside the libraries that Python has: the same files, one process each, one core.

    cargo build --release -p gongkai-benches --bin readers
    python -m venv PEERS && PEERS/bin/pip install lxml==6.1.3 python-docx==1.2.0 pdfplumber==0.11.10
    PEERS/bin/python benches/peers/readers.py [FILE…]

Without FILE it takes the made-up reports of `tests/`. Prints a Markdown table: milliseconds of the best run on both sides, bytes to tables and (ours)
bytes to figures, their ratios, the rows of the page that each found whole, and the figures that are right. A row is right if its cells
hold the words of the page's row, white space aside; blank cells count for nothing.
"""

import collections
import json
import pathlib
import subprocess
import sys
import time

import docx
import lxml.html
import pdfplumber

ROOT = pathlib.Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
GOALS = {"html": 3, "docx": 50, "pdf": 15}


def html_tables(data):
    """The fastest a script does it: lxml, the innermost tables, the words of their cells."""
    rows = []
    for table in lxml.html.fromstring(data).iter("table"):
        if table.find(".//table") is None:
            for row in table.iter("tr"):
                rows.append(["".join(cell.itertext()) for cell in row if cell.tag in ("td", "th")])
    return rows


def docx_tables(path):
    return [[cell.text for cell in row.cells] for table in docx.Document(path).tables for row in table.rows]


def pdf_tables(path):
    with pdfplumber.open(path) as pdf:
        return [[cell or "" for cell in row] for page in pdf.pages for table in page.extract_tables() for row in table]


def bare(row):
    """The words of a row; a merged cell that a library repeats counts once."""
    words = []
    for cell in row:
        cell = "".join(cell.split()).replace("\u00a0", "").replace("\u200b", "")
        if cell and (not words or words[-1] != cell or len(cell) < 6):
            words.append(cell)
    return "|".join(words)


def best(work, patience=1.0):
    """Seconds of the best run, and what it gave."""
    began, least = time.perf_counter(), float("inf")
    while True:
        start = time.perf_counter()
        result = work()
        now = time.perf_counter()
        least = min(least, now - start)
        if now - began > patience:
            return least, result


def files():
    for edition in sorted(path.stem for path in (TESTS / "pages").glob("*.html")):
        yield TESTS / "pages" / f"{edition}.html"
        for path in sorted((TESTS / "formats" / edition).iterdir()):
            if path.suffix[1:] in GOALS and path.name != "gbk.html":
                yield path


def main():
    paths = [pathlib.Path(name) for name in sys.argv[1:]] or list(files())
    binary = ROOT / "target" / "release" / "readers"
    lines = subprocess.run([binary, "--runs=30", *paths], check=True, capture_output=True).stdout.splitlines()
    totals = collections.defaultdict(lambda: [0.0, 0.0, 0.0])
    print("| file | peer ms | document ms | figures ms | peer / document | peer / figures | rows: peer, ours, all | figures right |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    for path, line in zip(paths, lines):
        ours = json.loads(line)
        kind = path.suffix[1:]
        data = path.read_bytes()
        work = {"html": lambda: html_tables(data), "docx": lambda: docx_tables(path), "pdf": lambda: pdf_tables(path)}[kind]
        seconds, rows = best(work)
        document, report = ours["document_ns"] / 1e9, ours["report_ns"] / 1e9
        totals[kind] = [a + b for a, b in zip(totals[kind], (seconds, document, report))]
        edition = path.stem if path.parent.name == "pages" else path.parent.name
        counts, right = "–", "–"
        if (TESTS / "pages" / f"{edition}.html").exists():
            page = (TESTS / "pages" / f"{edition}.html").read_text(encoding="utf-8")
            page = lxml.html.fromstring(page.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
            tables = [table for table in page.iter("table") if table.find(".//table") is None]
            rows_of = ["".join(c.itertext()) for table in tables for tr in table.iter("tr") for c in [tr]]
            whole = ["".join(row.split()).replace("\u200b", "") for row in rows_of]
            found = [collections.Counter(bare(row).replace("|", "") for row in side) for side in (rows, ours["rows"])]
            both = [sum((collections.Counter(filter(None, whole)) & side).values()) for side in found]
            counts = f"{both[0]}, {both[1]}, {len([w for w in whole if w])}"
            truth = json.loads((TESTS / "pages" / f"{edition}.truth.json").read_text(encoding="utf-8"))["cells"]
            number = lambda value: float(value) if isinstance(value, (int, float)) else None
            read = {path: None if value is None else float(value) for path, value in ours["figures"].items()}
            right = f"{sum(number(value) == read.get(path) for path, value in truth.items())} of {len(truth)}"
        name = f"{path.parent.name}/{path.name}"
        print(
            f"| {name} | {seconds * 1e3:.2f} | {document * 1e3:.3f} | {report * 1e3:.3f} "
            f"| {seconds / document:.1f} | {seconds / report:.1f} | {counts} | {right} |"
        )
    print()
    for kind, (seconds, document, report) in totals.items():
        print(
            f"{kind}: bytes to document {seconds / document:.1f} times as fast as the peer, bytes to figures {seconds / report:.1f} times; "
            f"the goal is {GOALS[kind]}"
        )


main()
