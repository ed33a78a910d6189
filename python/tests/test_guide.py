"""What the user guide shows is run: its commands, their output, and its Python. `wasm/test/guide.test.mjs` runs the JavaScript, doctests the Rust."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs/guide"
PAGES = sorted(GUIDE.glob("*/src/*.md"))


class Block(NamedTuple):
    """A piece of code, the comment in front of it, and the output shown behind it."""

    said: str
    language: str
    code: str
    shown: str | None


FENCE = re.compile(r"^(?:<!-- (?P<said>[^>]*) -->\n)?```(?P<language>\w*)\n(?P<code>.*?)^```$(?:\n\n```(?:text|json)\n(?P<shown>.*?)^```$)?", re.DOTALL | re.MULTILINE)


def blocks(page: Path) -> list[Block]:
    return [Block(m["said"] or "", m["language"], m["code"], m["shown"]) for m in FENCE.finditer(page.read_text(encoding="utf-8"))]


def is_shown(shown: str, printed: str) -> bool:
    """Whether the lines that are shown are printed in this order. A line `…` stands for lines, an … at the end of one for the rest of it."""
    lines = iter(line.rstrip() for line in printed.splitlines())
    wanted = [line.rstrip() for line in shown.splitlines() if line.strip() not in ("", "…")]
    return all(any(line.startswith(want[:-1]) if want.endswith("…") else line == want for line in lines) for want in wanted)


def run(code: str, language: str, folder: Path) -> tuple[int, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail\n{code}"],
        cwd=folder,
        env={**os.environ, "PATH": path, "LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.UTF-8" if language == "zh" else "en_US.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parents[1].name}/{page.stem}")
def test_what_the_guide_shows_is_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "page"}
    for block in blocks(page):
        if block.said.startswith("not run: "):
            continue
        if block.language == "sh":
            code, printed = run(block.code, page.parents[1].name, tmp_path)
            wanted = int(block.said.removeprefix("exit ")) if block.said.startswith("exit ") else 0
            assert code == wanted, f"{block.code}\n{printed}"
            assert block.shown is None or is_shown(block.shown, printed), f"{block.code}\n{printed}"
        elif block.language == "python":
            exec(compile(block.code, str(page), "exec"), names)
        elif block.language == "json":
            json.loads(block.code)
        else:
            assert block.language in ("js", "rust"), f"nothing runs {block.language!r}: {block.code}"


def test_output_is_compared() -> None:
    assert is_shown("a\n…\nc: …\n", "a\nb\nc: d\n")
    assert not is_shown("c\na\n", "a\nc\n")
    assert not is_shown("a\n", "ab\n")
    pages = {page.relative_to(GUIDE).as_posix(): blocks(page) for page in PAGES}
    commands = sum(block.language == "sh" and not block.said.startswith("not run") for page in pages.values() for block in page)
    assert len(pages) == 30 and commands > 30, (len(pages), commands)
