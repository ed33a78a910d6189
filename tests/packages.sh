#!/usr/bin/env bash
# What would be published: both crates, the wheel, the sdist and the npm package are packed into target/packages, looked through, installed in empty
# places, and read a report there. Nothing is published. Called by tests/run.sh behind `python_install` and `wasm_build`, whose builds it takes.
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export CARGO_TARGET_DIR="$PWD/target" CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=0
export PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
export npm_config_cache="$PWD/target/npm" npm_config_loglevel=error npm_config_offline=true
# As `python_install` does: the slow steps of the compiler would test nothing more.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
venv=target/venv/bin
out=target/packages
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)
trap 'echo "tests/packages.sh: FAILED (line $LINENO)" >&2' ERR

# Every package has its licences and a README, and no data of tests. The list of files is on stdin.
look_through() {
  local files
  files=$(cat)
  for name in README.md LICENSE-MIT LICENSE-APACHE; do
    grep -q "$name" <<<"$files" || { echo "$1 has no $name" >&2 && false; }
  done
  if grep -E '(^|/)(tests?|vectors|samples|benches|target|node_modules|page)/|truth\.json|expected\.json|\.(rs\.bk|pyc)$' <<<"$files"; then
    echo "$1 holds what it should not" >&2 && false
  fi
}

# The figures of the sample in Python: what the command line of the README shows.
python_reads='import gongkai
report = gongkai.read("samples/report-2023.txt")
assert report["requests/received/natural_person"].value == 14 and len(report.figures) == 200, len(report.figures)
assert gongkai.__version__ == "'$version'", gongkai.__version__'

install_python() {
  rm -rf "$out/venv"
  python3 -m venv "$out/venv"
  "$out/venv/bin/pip" install -q --no-deps --no-index "$1"
  "$out/venv/bin/python" -c "$python_reads"
  test "$("$out/venv/bin/gongkai" --version)" = "gongkai $version"
}

rm -rf "$out" && mkdir -p "$out/wheel" "$out/from-sdist" "$out/npm"

# To cargo a packed crate of one version is always the same; where a run before packed another, that one is forgotten.
for packed in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/gongkai-grammar-"$version"; do
  for part in src pest lexicon forms; do
    [ ! -d "$packed" ] || diff -rq "grammar/$part" "$packed/$part" >/dev/null || rm -rf "$packed" target/debug/.fingerprint/gongkai-grammar-*
  done
done

# The crates are built from what is packed, the second on the first.
cargo package --locked --allow-dirty -q -p gongkai-grammar -p gongkai 2>"$out/cargo.log" || { cat "$out/cargo.log" >&2 && false; }
for crate in gongkai-grammar gongkai; do
  tar tzf "target/package/$crate-$version.crate" | look_through "$crate"
done
inside=$(tar tzf "target/package/gongkai-grammar-$version.crate")
for file in grammar/pest/* grammar/forms/* grammar/lexicon/*; do
  grep -qx "gongkai-grammar-$version/${file#grammar/}" <<<"$inside" || { echo "gongkai-grammar lacks $file" >&2 && false; }
done

$venv/pip install -q 'maturin>=1.16,<2'
$venv/pip wheel -q --no-deps -w "$out/wheel" ./python
$venv/python -m zipfile -l "$out"/wheel/*.whl | tail -n +2 | awk '{ print $1 }' | sed 's/METADATA/README.md/' | look_through wheel
install_python "$out"/wheel/*.whl

# From the sdist our own crates are compiled again, so without optimisation. (Not `--locked`: the lock file still names the members left out.)
$venv/maturin sdist -m python/Cargo.toml -o "$out" >/dev/null 2>&1
tar tzf "$out/gongkai-$version.tar.gz" | look_through sdist
fast=''
for crate in gongkai gongkai-grammar gongkai-python; do fast+=" --config profile.release.package.$crate.opt-level=0"; done
$venv/pip wheel -q --no-deps --config-settings=build-args="${fast# }" -w "$out/from-sdist" "$out/gongkai-$version.tar.gz"
install_python "$out"/from-sdist/*.whl

# `wasm_build` has built its modules.
npm pack --silent --ignore-scripts --pack-destination "$out/npm" ./wasm >/dev/null
tar tzf "$out/npm/gongkai-$version.tgz" | look_through npm
npm --prefix "$out/npm" install --silent --no-audit --no-fund --no-save "$out/npm/gongkai-$version.tgz"
cat >"$out/npm/reads.mjs" <<'JS'
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { read } from 'gongkai';

const { report } = read(readFileSync('samples/report-2023.txt'));
assert.equal(report.figures.length, 200);
assert.equal(report.figures.find(({ path }) => path === 'requests/received/natural_person').value, 14);
JS
node "$out/npm/reads.mjs"
