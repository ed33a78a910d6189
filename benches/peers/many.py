"""Sets `gongkai.read_many` beside a script of the libraries that Python has: the same 10,000 files, the same job, a table of labels and numbers.

    pip install ./python pyarrow -r benches/peers/requirements.txt
    python benches/peers/many.py [COUNT]

The files are the made-up reports of `tests/` over and over: text, web pages and one docx in ten; no PDF, with which the script would take hours.
Prints a Markdown table: reports a second and their ratio on one thread and on all cores, then what the objects cost above the parse, and the peak
memory of a stream.
"""

import collections
import itertools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import docx
import gongkai
import lxml.html

TESTS = pathlib.Path(__file__).resolve().parents[2] / "tests"
NUMBER = re.compile(r"^[+-]?\d[\d,]*(\.\d+)?$")
LINE = re.compile(r"^(.*?[\u4e00-\u9fff）)])[\s|│]*((?:[+-]?\d[\d,]*(?:\.\d+)?[\s|│]*)+)$")


def of_row(cells):
    """The label of a row and its numbers."""
    cells = [cell.strip() for cell in cells]
    numbers = [cell for cell in cells if NUMBER.match(cell)]
    labels = [cell for cell in cells if cell and not NUMBER.match(cell)]
    return [(labels[-1], at, float(number.replace(",", ""))) for at, number in enumerate(numbers)] if labels else []


def peer(path):
    """The fastest a script does it."""
    if path.suffix == ".docx":
        rows = [[cell.text for cell in row.cells] for table in docx.Document(path).tables for row in table.rows]
    elif path.suffix == ".html":
        tables = (table for table in lxml.html.fromstring(path.read_bytes()).iter("table") if table.find(".//table") is None)
        rows = [["".join(cell.itertext()) for cell in row if cell.tag in ("td", "th")] for table in tables for row in table.iter("tr")]
    else:
        found = (LINE.match(line) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
        rows = [[match[1], *re.split(r"[\s|│]+", match[2].strip())] for match in found if match]
    return [cell for row in rows for cell in of_row(row)]


def files(folder, count):
    text = [path for path in sorted(TESTS.glob("vectors/*/input.*")) if path.suffix in (".txt", ".md")]
    pages = [*sorted(TESTS.glob("pages/*.html")), *sorted(TESTS.glob("formats/*/*.html"))]
    words = sorted(TESTS.glob("formats/*/*.docx"))
    kinds = [itertools.cycle(each) for each in (text, pages, words)]
    for number in range(count):
        source = next(kinds[2 if number % 10 == 9 else number % 2])
        path = folder / f"{number:05}{source.suffix}"
        shutil.copyfile(source, path)
        yield path
    print(f"{count} files, {len(text) + len(pages) + len(words)} distinct: text, HTML, docx\n")


def timed(work):
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def overhead(paths):
    """What the objects cost above the parse, on the text reports: the best of several rounds of each."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths if path.suffix in (".txt", ".md")][:200]

    def tree(report):
        """Every object of the report and every field of it."""
        stack = [getattr(report, name) for name in ("figures", "facts", "sections", "checks", "findings", "tables", "citations", "problems", "measures")]
        while stack:
            value = stack.pop()
            if isinstance(value, tuple):
                stack.extend(value)
            elif type(value).__module__ == "gongkai":
                stack.extend(getattr(value, name) for name in type(value).__match_args__)

    jobs = {
        "JSON in Rust, the text of it to Python": gongkai.parse_json,
        "`parse`, an object": gongkai.parse,
        "`parse(…).to_arrow()`": lambda text: gongkai.parse(text).to_frame(),
        "`parse(…).to_dict()`": lambda text: gongkai.parse(text).to_dict(),
        "`parse(…)` and every field of every object": lambda text: tree(gongkai.parse(text)),
    }
    best = collections.defaultdict(lambda: float("inf"))
    for _ in range(7):
        for name, job in jobs.items():
            # Nothing is kept: the collector of a heap that grows is no part of the binding.
            best[name] = min(best[name], timed(lambda job=job: collections.deque(map(job, texts), maxlen=0))[0])
    print("| from text to | ms a report | of the object |\n| --- | --: | --: |")
    for name, seconds in best.items():
        print(f"| {name} | {seconds / len(texts) * 1e3:.2f} | {seconds / best['`parse`, an object']:.2f} |")
    print()


def peak(folder, count):
    """Peak memory of a stream of so many of the files, in megabytes."""
    program = (
        "import gongkai, pathlib, re\n"
        f"paths = sorted(pathlib.Path({str(folder)!r}).iterdir())[:{count}]\n"
        "for report in gongkai.stream(paths): pass\n"
        # Not ru_maxrss, which begins with what the parent had.
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1]) / 1024)"
    )
    return float(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        paths = list(files(folder, count))
        seconds, cells = timed(lambda: [cell for path in paths for cell in peer(path)])
        cores = os.cpu_count() or 1
        one, reports = timed(lambda: gongkai.read_many(paths, threads=1, progress=False))
        many, _ = timed(lambda: gongkai.read_many(paths, progress=False))
        print("| | reports a second | of the script | of one thread | numbers |\n| --- | --: | --: | --: | --: |")
        print(f"| lxml, python-docx and a regex | {count / seconds:.0f} | 1 | | {len(cells)} |")
        print(f"| `read_many`, one thread, six tables | {count / one:.0f} | {seconds / one:.1f} | 1 | {len(reports.figures)} |")
        print(f"| `read_many`, {cores} cores, six tables | {count / many:.0f} | {seconds / many:.1f} | {one / many:.2f} | |\n")
        overhead(paths)
        some = count // 10
        print(f"Peak memory of `stream`: {peak(folder, some):.0f} MB for {some} files, {peak(folder, count):.0f} MB for {count}.")


if __name__ == "__main__":
    main()
