"""A report as an object."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import gongkai
import pytest
from gongkai import _gongkai

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples/report-2023.txt"
REPORT = gongkai.read(SAMPLE)
SCHEMA = json.loads((ROOT / "docs/report.schema.json").read_text(encoding="utf-8"))
PARTS = {name: definition["properties"] for name, definition in SCHEMA["$defs"].items() if "properties" in definition}

TABLE = """样本县2021年政府信息公开工作年度报告

| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
|---|---|---|---|
| 规章 | 0 | | 无 |
| 行政规范性文件 | 12 | — | 30 |
| 信息内容 | 本年收费金额（单位：万元） | | |
| 行政事业性收费 | 12.50 | | |
"""


def objects(value: Any) -> list[Any]:
    """All objects of the model in a value."""
    if isinstance(value, tuple):
        return [each for item in value for each in objects(item)]
    if type(value).__module__ != "gongkai":
        return []
    inner = [name for name in type(value).__match_args__]
    return [value, *(each for name in inner for each in objects(getattr(value, name)))]


def all_objects() -> list[Any]:
    """Objects of every class, from the sample and the vectors."""
    found = [each for name in SCHEMA["properties"] for each in objects(getattr(REPORT, name))]
    known = {type(each).__name__ for each in found}
    for path in sorted((ROOT / "tests/vectors").glob("*/input.*")):
        if not set(PARTS) - known:
            break
        try:
            report = gongkai.read(path)
        except gongkai.GongkaiError:
            continue
        for each in (each for name in SCHEMA["properties"] for each in objects(getattr(report, name))):
            if type(each).__name__ not in known:
                known.add(type(each).__name__)
                found.append(each)
    return [*found, *REPORT.indicators()]


OBJECTS = all_objects()


def test_every_class_of_the_schema_is_there_with_its_fields() -> None:
    for name, properties in PARTS.items():
        fields = getattr(gongkai, name).__match_args__
        assert {field.removesuffix("_") for field in fields} == set(properties), name
    assert {type(each).__name__ for each in OBJECTS} == {*PARTS, "Indicator"}
    assert all(hasattr(REPORT, name) for name in SCHEMA["properties"])


@pytest.mark.parametrize("kind", sorted({type(each).__name__ for each in OBJECTS}))
def test_parts_are_values(kind: str) -> None:
    part = next(each for each in OBJECTS if type(each).__name__ == kind)
    for same in (pickle.loads(pickle.dumps(part)), copy.copy(part), copy.deepcopy(part)):
        assert same == part and hash(same) == hash(part)
    others = [each for each in OBJECTS if type(each).__name__ != kind or each.to_dict() != part.to_dict()]
    assert part not in others and part != 1
    assert repr(part).startswith(f"{kind}(")
    with pytest.raises(AttributeError):
        setattr(part, type(part).__match_args__[0], None)


def test_a_report_is_a_value() -> None:
    for same in (pickle.loads(pickle.dumps(REPORT)), copy.copy(REPORT), copy.deepcopy(REPORT), gongkai.read(SAMPLE)):
        assert same == REPORT and hash(same) == hash(REPORT) and same.text == REPORT.text
    other = gongkai.parse(TABLE)
    assert other != REPORT and hash(other) != hash(REPORT)
    assert repr(REPORT) == 'Report("示例市人民政府2023年政府信息公开工作年度报告", year=2023, figures=200, findings=5)'
    assert len(repr(REPORT)) <= 100
    with pytest.raises(AttributeError):
        REPORT.title = ""  # type: ignore[misc]


def test_figures_are_found_by_their_path() -> None:
    path = "requests/received/total"
    figure = REPORT[path]
    assert (figure.value, figure.status, figure.path) == (18, "printed", path)
    assert path in REPORT and "requests/absent/total" not in REPORT
    assert REPORT.get(path) == figure and REPORT.get("absent") is None and REPORT.get("absent", 5) == 5
    assert list(REPORT) == list(REPORT.keys()) == [each.path for each in REPORT.figures]
    assert len(REPORT) == len(REPORT.figures) and REPORT._ipython_key_completions_() == REPORT.keys()
    with pytest.raises(KeyError, match="absent"):
        REPORT["absent"]
    match figure:
        case gongkai.Figure(_, label, value):
            assert (label, value) == (figure.label, 18)


def test_blank_none_dash_and_zero_stay_apart() -> None:
    report = gongkai.parse(TABLE)
    table = "proactive_disclosure"
    cells = {path: (report[path].value, report[path].missing) for path in report if report[path].start is not None}
    assert cells[f"{table}/rules/issued"] == (0, None)
    assert cells[f"{table}/rules/repealed"] == (None, "blank")
    assert cells[f"{table}/rules/in_force"] == (None, "none")
    assert cells[f"{table}/normative_documents/repealed"] == (None, "dash")
    amount = report[f"{table}/administrative_fees/amount"].value
    assert isinstance(amount, Decimal) and str(amount) == "12.50"


def test_objects_and_dicts_say_the_same() -> None:
    whole = REPORT.to_dict()
    assert whole == json.loads(REPORT.to_json())
    for name in ("figures", "facts", "sections", "checks", "findings", "tables", "citations"):
        assert [each.to_dict() for each in getattr(REPORT, name)] == whole[name], name
    assert all(figure is again for figure, again in zip(REPORT.figures, REPORT.figures, strict=True)), "made once"


def test_corrections_are_checked() -> None:
    path = "requests/received/total"
    corrected = REPORT.correct({path: "999"})
    assert (corrected[path].value, corrected[path].status, corrected[path].raw) == (999, "corrected", "18")
    broken = [check.scope for check in corrected.checks if check.verdict == "broken"]
    assert "requests/*/total" in broken
    assert REPORT[path].value == 18, "the report itself stays as it is"


def test_indicators_have_one_name_over_all_editions() -> None:
    found = {each.indicator: each for each in REPORT.indicators()}
    assert (found["requests_received"].value, found["requests_received"].quality) == (18, "exact")
    assert found["requests_received"].paths == ("requests/received/total",)


def test_a_notebook_shows_tables_findings_and_facts() -> None:
    html = REPORT._repr_html_()
    assert html.count("<table") == 3 and 'data-path="requests/received/total">18<' in html
    assert all(f"<code>{finding.code}</code>" in html for finding in REPORT.findings)
    broken = {path for finding in REPORT.findings if finding.code.startswith("GK20") for path in finding.paths}
    assert broken and all(f'broken" data-path="{path}"' in html for path in broken)
    assert html.count("<u ") == len(REPORT.facts) > 0


def test_nothing_of_a_document_is_markup() -> None:
    evil = TABLE.replace("规章", "<script>alert(1)</script>").replace("样本县2021", "<img src=x onerror=alert(1)>样本县2021")
    html = gongkai.parse(evil + "\n一、总体情况\n<b>全年</b>公开信息<u>12条</u>。\n")._repr_html_()
    assert "<script" not in html and "<img" not in html and "<b>" not in html
    assert "&lt;" in html


def test_codes_are_explained() -> None:
    explained = gongkai.explain("gk201")
    assert explained is not None and explained["code"] == "GK201" and set(explained["title"]) == {"zh", "en"}
    assert gongkai.explain("GK999") is None
    assert {"2008-fujian", "2014", "2019", "2021"} <= {form[0] for form in _gongkai.forms()}


def test_the_stub_is_what_the_schema_says() -> None:
    written = subprocess.run(
        [sys.executable, "-c", "import stubs, sys; sys.stdout.reconfigure(encoding='utf-8'); print(stubs.stub(), end='')"],
        cwd=ROOT / "python", capture_output=True, check=True,
    ).stdout.decode()
    assert (ROOT / "python/gongkai/_gongkai.pyi").read_text(encoding="utf-8") == written, "run python python/stubs.py"


def test_the_command_line_is_that_of_rust() -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([sys.executable, "-m", "gongkai", *arguments], capture_output=True, check=False)

    shown = run("cells", str(SAMPLE), "--format", "ndjson")
    figures = [json.loads(line) for line in shown.stdout.decode().splitlines()]
    assert [figure["path"] for figure in figures] == list(REPORT) and shown.returncode == 0
    assert run("check", str(SAMPLE)).returncode == 1
    assert run("nonsense").returncode == 2
    assert run("--version").stdout.decode().strip() == f"gongkai {gongkai.__version__}"
