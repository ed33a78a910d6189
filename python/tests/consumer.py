"""A program of a user, for pyright in its strict mode; it is not run."""

from __future__ import annotations

from decimal import Decimal

import gongkai
from typing_extensions import assert_type

report = gongkai.read("report.docx")
figure = report["requests/granted/total"]
assert_type(figure.value, int | Decimal | None)
assert_type(figure.span, tuple[int, int] | None)
assert_type(report.get("requests/granted/total"), gongkai.Figure | None)
words: list[str] = [report.text[fact.start : fact.end] for fact in report.facts]
codes: set[str] = {finding.code for finding in report.findings if finding.severity == "error"}
match figure.missing:
    case "blank" | "none" | "dash" | "text" | None:
        pass

reports = gongkai.read_many(["a.html", b"..."], threads=2, progress=False)
assert_type(reports.figures, gongkai.Frame)
for each in gongkai.stream("reports"):
    if isinstance(each, gongkai.Failure):
        assert_type(each.error, gongkai.GongkaiError)
    else:
        assert_type(each.year, int | None)
book = gongkai.codebook()
assert_type(book.columns[0].zh, str)
