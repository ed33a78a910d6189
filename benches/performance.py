"""Measures everything that docs/performance.md says and writes it: throughput by dialect, stages, instructions, and the libraries of Python beside it.

    python3 benches/performance.py            about half an hour on two cores; the machine must be left alone
    python3 benches/performance.py --quick    without the batch of 10,000 files

The libraries are installed into `target/peers`; needs valgrind for the instructions.
"""

import datetime
import os
import pathlib
import platform
import re
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parents[1]
PEERS = ROOT / "target" / "peers"
PYTHON = PEERS / "bin" / "python"
PAGE = ROOT / "docs" / "performance.md"
HEAD = """# Performance

本页由一条命令生成：`python3 benches/performance.py`。同一次运行、同一批文件、同一台机器；各库各用一个进程、一个线程。除另有说明外，文件都是本仓库中虚构的报告，正确答案已知，所以速度旁边写着读对了多少。

Written by one command, `python3 benches/performance.py`: the same files in one run on one machine, each library in a process of its own on one
thread. The files are the made-up reports of this repository unless said otherwise; their truth is known, so what was read right stands beside how
fast. Times are those of the best run. Ratios travel from machine to machine, megabytes a second do not.
"""


def run(*command, **options):
    print("+", *command, file=sys.stderr)
    return subprocess.run([str(word) for word in command], check=True, cwd=ROOT, capture_output=True, text=True, **options).stdout.strip()


def processor():
    info = pathlib.Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*:\s*(.*)", info.read_text()) if info.exists() else []
    return f"{names[0] if names else platform.processor()}, {os.cpu_count()} cores"


def versions():
    wanted = ["lxml", "pandas", "pdfplumber", "pymupdf", "python-docx", "selectolax", "trafilatura"]
    listed = dict(line.split("==") for line in run(PYTHON, "-m", "pip", "list", "--format=freeze").splitlines() if "==" in line)
    return ", ".join(f"{name} {listed.get(name, listed.get(name.replace('-', '_'), '?'))}" for name in wanted)


def main():
    quick = "--quick" in sys.argv[1:]
    if not PYTHON.exists():
        venv.create(PEERS, with_pip=True)
    run(PYTHON, "-m", "pip", "install", "-q", "-r", "benches/peers/requirements.txt", "pyarrow")
    run("cargo", "build", "--locked", "-q", "--release", "-p", "gongkai-benches")
    sections = [HEAD]
    revision = run("git", "rev-parse", "--short=10", "HEAD") + (" with changes" if run("git", "status", "--porcelain", "--untracked-files=no") else "")
    sections.append(
        f"{datetime.date.today()} · revision {revision} · {run('rustc', '--version')} · Python {platform.python_version()}, {versions()} · {processor()}\n"
    )
    sections += ["## Text by dialect, and the stages\n", run("target/release/gongkai-benches"), ""]
    sections += ["## Instructions a byte, release build\n", run(sys.executable, "benches/instructions.py", "--release"), ""]
    sections += ["## Beside the libraries of Python\n", run(PYTHON, "benches/peers/readers.py"), ""]
    if not quick:
        run(PYTHON, "-m", "pip", "install", "-q", "--force-reinstall", "--no-deps", "./python")
        sections += ["## Many files from Python\n", run(PYTHON, "benches/peers/many.py"), ""]
    PAGE.write_text("\n".join(sections), encoding="utf-8")


main()
