#!/usr/bin/env bash
# All tests: Rust, Python, WebAssembly in Node and in Chromium. Needs cargo with rustup, python3 and node; npm and pip packages go into target/
# and wasm/node_modules. GONGKAI_NO_BROWSER=1 leaves Chromium out. The names of steps run
# these alone: tests/run.sh parity node_tests.
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0 CARGO_TERM_PROGRESS_WHEN=never
export CARGO_TARGET_DIR="$PWD/target"
export PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1 PYTHONNOUSERSITE=1
export MPLCONFIGDIR="$PWD/target/matplotlib" MYPY_CACHE_DIR="$PWD/target/mypy" PYRIGHT_PYTHON_CACHE_DIR="$PWD/target/pyright"
export npm_config_cache="$PWD/target/npm" npm_config_loglevel=error
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV

native=(-p gongkai-grammar -p gongkai -p gongkai-tests -p gongkai-python)
venv=target/venv/bin
step=start

trap 'code=$?; echo "tests/run.sh: FAILED in step \"$step\" (line $LINENO, status $code)" >&2' ERR

# Runs a function as a step and says how long it took.
step() {
  step=${1//_/ }
  local began=$SECONDS
  echo "== $step"
  "$1"
  echo "== $step: ok, $((SECONDS - began)) s"
}

complain() {
  echo "tests/run.sh: FAILED in step \"$step\": $*" >&2
  exit 1
}

# A Debian package, where it may be installed.
package() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then complain "please install $1"; fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -q --no-install-recommends "$1" >target/apt.log 2>&1 ||
    { apt-get update -q && apt-get install -y -q --no-install-recommends "$1"; } >target/apt.log 2>&1 ||
    { cat target/apt.log >&2 && complain "apt-get could not install $1"; }
}

tools() {
  mkdir -p target
  local tool
  for tool in cargo python3 node npm; do command -v "$tool" >/dev/null || complain "$tool is missing"; done
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || complain "python3 is older than 3.10"
  node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || complain "node is older than 20"
  if command -v rustup >/dev/null; then
    rustup -q component add rustfmt clippy
    rustup -q target add wasm32-unknown-unknown
  fi
}

rust_format() { cargo fmt --all --check; }

rust_lints() { cargo clippy --locked -q "${native[@]}" --all-targets -- -D warnings; }

rust_tests() { cargo test --locked -q; }

# Work that grows is seen here and not by a clock.
instruction_counts() {
  command -v valgrind >/dev/null || package valgrind
  python3 benches/instructions.py
}

# The truth that the other languages are compared with.
parity() {
  rm -rf target/parity
  cargo run --locked -q -p gongkai --features docx,xlsx,pdf --example parity -- tests/vectors tests/series target/parity
}

python_install() {
  if ! [ -x $venv/pip ]; then
    rm -rf target/venv
    python3 -m venv target/venv >/dev/null || { package python3-venv && python3 -m venv --clear target/venv; }
  fi
  $venv/pip install -q pytest mypy pyright==1.1.414 daft duckdb ipykernel matplotlib nbclient pandas polars pyarrow tqdm
  # The command of the README; the slow steps of the compiler would test nothing more.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 $venv/pip install -q --force-reinstall --no-deps ./python
}

python_tests() {
  $venv/python -m pytest -c python/pyproject.toml -p no:cacheprovider python/tests
  $venv/python -m mypy --config-file python/pyproject.toml python/tests
  $venv/pyright -p python/pyproject.toml --pythonpath $venv/python
  $venv/python -m mypy.stubtest --mypy-config-file python/pyproject.toml gongkai._gongkai
}

wasm_build() {
  npm --prefix wasm ci --no-progress >/dev/null
  npm --prefix wasm run --silent build
}

node_tests() { node --test --test-reporter=dot wasm/test/node.test.mjs wasm/test/types.test.mjs wasm/test/parts.test.mjs wasm/test/guide.test.mjs; }

browser_tests() {
  if [ "${GONGKAI_NO_BROWSER:-}" != 1 ] && ! command -v chromium >/dev/null; then package chromium; fi
  timeout 300 node --test --test-reporter=dot wasm/test/browser.test.mjs
}

page_tests() {
  npm --prefix wasm run --silent page
  timeout 600 node --test --test-reporter=dot wasm/test/page.test.mjs wasm/test/single.test.mjs wasm/test/budget.test.mjs
}

# What would be published, installed in empty places.
packages() { bash tests/packages.sh; }

steps=(
  tools rust_format rust_lints rust_tests instruction_counts parity python_install python_tests wasm_build node_tests browser_tests page_tests packages
)
if [ $# -gt 0 ]; then steps=("$@"); fi
for each in "${steps[@]}"; do step "$each"; done
echo "== all passed, $SECONDS s"
