"""What the documents show is run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "README.zh-CN.md", "docs/python.md", "python/README.md")


@pytest.mark.parametrize("page", PAGES)
def test_code_of_the_pages_runs(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert blocks, f"{page} shows no Python"
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {"__name__": "page"}
    for block in blocks:
        exec(compile(block, page, "exec"), names)


def test_the_tutorial_runs() -> None:
    import nbclient
    import nbformat

    notebook = nbformat.read(ROOT / "docs/tutorial.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    assert all(not cell.get("outputs") for cell in notebook.cells), "outputs are made when it is run, not kept"
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
    shown = "".join(str(output) for cell in notebook.cells for output in cell.get("outputs", []))
    assert "image/png" in shown and "data-path=" in shown and "requests_received" in shown


def test_the_docstring_of_the_package_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import doctest

    import gongkai

    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_bytes((ROOT / "samples/report-2023.txt").read_bytes())
    failed, tried = doctest.testmod(gongkai, extraglobs={"gongkai": gongkai})
    assert (failed, tried > 2) == (0, True)
