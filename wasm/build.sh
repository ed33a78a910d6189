#!/usr/bin/env bash
# Builds the modules into pkg/: text reads text, core also web pages and docx, full also PDF and spreadsheets.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build() {
  cargo build --locked -q -p gongkai-wasm --no-default-features --features "$2" --target wasm32-unknown-unknown --profile wasm
  cargo run --locked -q -p gongkai-wasm-bindgen --profile tool -- target/wasm32-unknown-unknown/wasm/gongkai_wasm.wasm "wasm/pkg/$1"
}

build text ""
build core "html,docx"
build full "html,docx,pdf,xlsx"
