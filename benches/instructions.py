"""Counts the instructions that parsing takes, stage by stage, which no other program on the machine can disturb. Needs valgrind.

    python benches/instructions.py            compares with benches/instructions.json; fails if a stage takes over 5 % more
    python benches/instructions.py --bless    writes it
    python benches/instructions.py --release  prints the counts of the release build, beside the others

Counted are the made-up documents of `tests/vectors`, once over, in the build for development, which takes more instructions than the release
build but changes with it; where a copy of the code lies on the disk already changes it by a percent or two. What comes once, the tables of the labels, is left out: it is the difference of two rounds and one.
"""

import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
KEPT = ROOT / "benches/instructions.json"
TOLERANCE = 0.05
STAGES = {
    "parse": r"gongkai::report::parse$",
    "labels": r"gongkai::labels::Lexicon::find$",
    "tables": r"gongkai::report::tables$",
    "outline": r"gongkai::outline::outline$",
    "meta": r"gongkai::meta::meta$",
    "prose": r"gongkai::prose::facts$",
    "checks of tables": r"gongkai::check::table$",
    "checks of the report": r"gongkai::check::report$",
}
"""The function of each stage; what it calls counts."""


def inclusive(profile):
    """Instructions by function, with all that it calls, from a file of callgrind."""
    names, counts = {}, collections.Counter()
    function = callee = None
    calls = False
    for line in profile.open(encoding="utf-8", errors="replace"):
        if match := re.match(r"(c?fn)=\((\d+)\)(?: (.*))?", line):
            kind, number, name = match.groups()
            names[number] = name or names[number]
            if kind == "fn":
                function = names[number]
            else:
                callee = names[number]
        elif line.startswith("calls="):
            calls = True
        elif match := re.match(r"[+\-*\d]\d* (\d+)$", line):
            if not calls or callee != function:
                counts[function] += int(match[1])
            calls = False
    return counts


def count(program, rounds):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", str(program), str(rounds)]
        shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return int(shown.split()[0]), inclusive(out)


def measure(program):
    """Instructions a byte of each stage."""
    size, once = count(program, 1)
    _, twice = count(program, 2)
    counts = {}
    for stage, pattern in STAGES.items():
        found = [name for name in twice if re.search(pattern, re.sub(r"::h[0-9a-f]{16}$", "", name))]
        if not found:
            print(f"no function {pattern}: it is part of its caller in this build", file=sys.stderr)
            continue
        counts[stage] = round(sum(twice[name] - once[name] for name in found) / size, 1)
    return counts


def build(*profile):
    subprocess.run(["cargo", "build", "--locked", "-q", "-p", "gongkai-benches", "--bin", "instructions", *profile], check=True, cwd=ROOT)
    metadata = subprocess.run(["cargo", "metadata", "--format-version=1", "--no-deps"], check=True, capture_output=True, cwd=ROOT).stdout
    target = pathlib.Path(json.loads(metadata)["target_directory"])
    return target / ("release" if profile else "debug") / "instructions"


def main():
    counts = measure(build())
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    columns = {"development": counts, "kept": kept}
    if "--release" in sys.argv:
        columns["release"] = measure(build("--release"))
    print(f"| instructions a byte | {' | '.join(columns)} |\n| --- |{' --: |' * len(columns)}")
    for stage in STAGES:
        print(f"| {stage} | {' | '.join(str(column.get(stage, '–')) for column in columns.values())} |")
    if "--bless" in sys.argv:
        KEPT.write_text(json.dumps(counts, indent=2) + "\n")
        return
    worse = [stage for stage, number in counts.items() if number > kept.get(stage, 0) * (1 + TOLERANCE)]
    if worse:
        sys.exit(f"more instructions than benches/instructions.json says: {', '.join(worse)}")


if __name__ == "__main__":
    main()
