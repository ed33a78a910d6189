"""Sets the readers beside the libraries that Python has: the same files, one process each, one core.

    cargo build --release -p gongkai-benches --bin readers
    python -m venv PEERS && PEERS/bin/pip install -r benches/peers/requirements.txt
    PEERS/bin/python benches/peers/readers.py [FILE…]

Without FILE it takes the made-up reports of `tests/`, of which the truth is known. Prints a Markdown table for each kind of file: milliseconds of
the best run over all files, bytes to tables, then bytes to figures; how many times as fast as each peer; and the rows of tables that each found
whole. A row is whole if its cells hold the words of the page's row, white space aside; blank cells count for nothing. In text it is whole if the
figures of the form's row stand behind its label in their order.
"""

import collections
import io
import json
import pathlib
import re
import subprocess
import sys
import time

import docx
import lxml.html
import pandas
import pdfplumber
import pymupdf
import selectolax.lexbor
import trafilatura

ROOT = pathlib.Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
NUMBER = re.compile(r"^[+-]?\d[\d,]*(\.\d+)?$")
LINE = re.compile(r"^[\s|│]*(.*?[\u4e00-\u9fff）)])[\s|│]*((?:[+-]?\d[\d,]*(?:\.\d+)?[\s|│]*)+)$")


def lxml_script(path):
    """The innermost tables, the words of their cells."""
    rows = []
    for table in lxml.html.fromstring(path.read_bytes()).iter("table"):
        if table.find(".//table") is None:
            for row in table.iter("tr"):
                rows.append(["".join(cell.itertext()) for cell in row if cell.tag in ("td", "th")])
    return rows


def selectolax_script(path):
    """The same job in the faster parser."""
    rows = []
    for table in selectolax.lexbor.LexborHTMLParser(path.read_bytes()).css("table"):
        if len(table.css("table")) == 1:
            for row in table.css("tr"):
                rows.append([cell.text() for cell in row.iter() if cell.tag in ("td", "th")])
    return rows


def pandas_tables(path):
    tables = pandas.read_html(io.BytesIO(path.read_bytes()), header=None)
    return [[str(cell) for cell in row if cell == cell] for table in tables for row in table.itertuples(index=False)]


def trafilatura_text(path):
    text = trafilatura.extract(path.read_bytes(), include_tables=True) or ""
    return [line.strip().strip("|").split("|") for line in text.splitlines() if "|" in line]


def docx_tables(path):
    return [[cell.text for cell in row.cells] for table in docx.Document(path).tables for row in table.rows]


def pdfplumber_tables(path):
    with pdfplumber.open(path) as pdf:
        return [[cell or "" for cell in row] for page in pdf.pages for table in page.extract_tables() for row in table]


def pymupdf_tables(path):
    with pymupdf.open(path) as pdf:
        return [[cell or "" for cell in row] for page in pdf for table in page.find_tables() for row in table.extract()]


def expressions(path):
    """Lines that are a label and numbers, as a script finds them."""
    found = (LINE.match(line) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return [[match[1], *re.split(r"[\s|│]+", match[2].strip(" \t|│"))] for match in found if match]


PEERS = {
    "html": {
        "lxml and a table script": lxml_script,
        "selectolax and a table script": selectolax_script,
        "pandas.read_html": pandas_tables,
        "trafilatura": trafilatura_text,
    },
    "docx": {"python-docx": docx_tables},
    "pdf": {"pdfplumber": pdfplumber_tables, "PyMuPDF find_tables": pymupdf_tables},
    "text": {"a regular expression": expressions},
}
TITLES = {"html": "HTML", "docx": "Word (docx)", "pdf": "PDF", "text": "Text"}


def bare(words):
    return "".join(words.split()).replace("\u00a0", "").replace("\u200b", "")


def joined(row):
    """The words of a row; a merged cell that a library repeats counts once."""
    words = []
    for cell in map(bare, row):
        if cell and (not words or words[-1] != cell or len(cell) < 6):
            words.append(cell)
    return "".join(words)


def page_rows(edition):
    """The rows of the page that every file of an edition was made from, as words."""
    page = (TESTS / "pages" / f"{edition}.html").read_text(encoding="utf-8")
    page = lxml.html.fromstring(page.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    tables = [table for table in page.iter("table") if table.find(".//table") is None]
    rows = [bare("".join(row.itertext())) for table in tables for row in table.iter("tr")]
    return collections.Counter(filter(None, rows))


def form_rows(edition, labels):
    """The rows of the form with their figures: (label, numbers)."""
    truth = json.loads((TESTS / "pages" / f"{edition}.truth.json").read_text(encoding="utf-8"))["cells"]
    rows = collections.defaultdict(list)
    for path, value in truth.items():
        label = labels.get(path, "")
        row = path if path.startswith("proactive") else path.rsplit("/", 1)[0]
        if isinstance(value, (int, float)):
            rows[row, bare(label)].append(float(value))
    return collections.Counter((label, tuple(numbers)) for (_, label), numbers in rows.items())


def right(edition, figures):
    """Figures that are as in the truth, and all figures."""
    if edition is None:
        return 0, 0
    truth = json.loads((TESTS / "pages" / f"{edition}.truth.json").read_text(encoding="utf-8"))["cells"]
    number = lambda value: None if value is None or isinstance(value, str) and not NUMBER.match(value) else float(value)
    return sum(number(value) == number(figures.get(path)) for path, value in truth.items()), len(truth)


def text_rows(rows):
    """Rows of labels and numbers as `form_rows` has them."""
    found = []
    for row in rows:
        numbers = [float(bare(cell).replace(",", "")) for cell in row if NUMBER.match(bare(cell))]
        label = next((bare(cell) for cell in reversed(row) if bare(cell) and not NUMBER.match(bare(cell))), "")
        # The number of the row is none of its label.
        found.append((re.sub(r"^(其中[:：])?([（(]?[一二三四五六七八九十\d]+[)）、.])?", "", label), tuple(numbers)))
    return collections.Counter(found)


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
    """Files by kind, with their edition."""
    for page in sorted((TESTS / "pages").glob("*.html")):
        edition = page.stem
        yield "html", edition, page
        for path in sorted((TESTS / "formats" / edition).iterdir()):
            if path.suffix[1:] in PEERS and path.name not in ("gbk.html", "locked.pdf"):
                yield path.suffix[1:], edition, path
        for path in sorted(TESTS.glob(f"vectors/{edition}-*/input.*")):
            if path.suffix in (".txt", ".md") and (path.parent / "truth.json").exists():
                yield "text", edition, path


def given(name):
    path = pathlib.Path(name)
    return path.suffix[1:] if path.suffix[1:] in PEERS else "text", None, path


def main():
    todo = [given(name) for name in sys.argv[1:]] or list(files())
    binary = ROOT / "target" / "release" / "readers"
    lines = subprocess.run([binary, "--runs=30", *(path for *_, path in todo)], check=True, capture_output=True).stdout.splitlines()
    ours = {path: json.loads(line) for (*_, path), line in zip(todo, lines)}
    for kind, peers in PEERS.items():
        chosen = [(edition, path) for each, edition, path in todo if each == kind]
        if not chosen:
            continue

        def whole(found, edition, labels):
            """Rows found whole, and all rows."""
            if edition is None:
                return 0, 0
            wanted = form_rows(edition, labels) if kind == "text" else page_rows(edition)
            rows = text_rows(found) if kind == "text" else collections.Counter(map(joined, found))
            return sum((wanted & rows).values()), sum(wanted.values())

        document = sum(ours[path]["document_ns"] for _, path in chosen) / 1e9
        report = sum(ours[path]["report_ns"] for _, path in chosen) / 1e9
        kept = [whole(ours[path]["rows"], edition, ours[path]["labels"]) for edition, path in chosen]
        total = sum(count for _, count in kept)
        print(f"### {TITLES[kind]}: {len(chosen)} files, {sum(path.stat().st_size for _, path in chosen) / 1e3:.0f} KB\n")
        figures = [right(edition, ours[path]["figures"]) for edition, path in chosen]
        print("| | ms | gongkai to tables | gongkai to figures | rows whole |\n| --- | --: | --: | --: | --: |")
        rows = f"{sum(count for count, _ in kept)} of {total}"
        if kind != "text":
            print(f"| gongkai, bytes to tables | {document * 1e3:.2f} | | | {rows} |")
        said = f"{sum(count for count, _ in figures)} of {sum(count for _, count in figures)} figures right"
        print(f"| gongkai, bytes to figures | {report * 1e3:.2f} | | | {rows + ', ' if kind == 'text' else ''}{said} |")
        for name, read in peers.items():
            seconds, found = 0.0, 0
            for edition, path in chosen:
                least, rows = best(lambda: read(path), patience=0.3)
                seconds += least
                found += whole(rows, edition, ours[path]["labels"])[0]
            to_tables = "–" if kind == "text" else f"{seconds / document:.1f} times as fast"
            print(f"| {name} | {seconds * 1e3:.2f} | {to_tables} | {seconds / report:.1f} times as fast | {found} of {total} |")
        print()


main()
