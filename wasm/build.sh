#!/usr/bin/env bash
# Builds both modules into pkg/: core reads text, web pages and docx, full also PDF and spreadsheets.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build() {
  cargo build --locked -q -p gongkai-wasm --features "$2" --target wasm32-unknown-unknown --profile wasm
  cargo run --locked -q -p gongkai-wasm-bindgen --profile tool -- target/wasm32-unknown-unknown/wasm/gongkai_wasm.wasm "wasm/pkg/$1"
}

build core ""
build full "pdf,xlsx"
