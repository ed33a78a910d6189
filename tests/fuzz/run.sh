#!/usr/bin/env bash
# Fuzzes targets, one behind the other: tests/fuzz/run.sh [-t SECONDS] [TARGET…]. Without targets, all of them; a minute each unless -t says
# otherwise. Needs rustup; installs nightly Rust and cargo-fuzz, the latter into target/fuzz. What is found is in target/fuzz/found/TARGET.
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

all=(lines value fold prose forms sniff solve json growth parse html docx pdf sheet)
seconds=60
while getopts t: option; do
  case $option in
    t) seconds=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
if [ $# = 0 ]; then set -- "${all[@]}"; fi

work=$PWD/target/fuzz
export CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=0 CARGO_TERM_PROGRESS_WHEN=never
mkdir -p "$work"
rustup toolchain list | grep -q ^nightly || rustup -q toolchain install nightly --profile minimal
[ -x "$work/bin/cargo-fuzz" ] || CARGO_TARGET_DIR=$work/tool cargo install -q --locked --root "$work" cargo-fuzz
export PATH=$work/bin:$PATH
host=$(rustc -vV | sed -n 's/^host: //p')

for target; do
  # The readers of files lean on libraries with unsafe code; the others are safe Rust, and run several times faster without a sanitizer.
  case $target in
    html | docx | pdf | sheet) sanitizer=address length=12288 ;;
    parse) sanitizer=none length=2048 ;;
    json | forms) sanitizer=none length=4096 ;;
    sniff) sanitizer=none length=4096 ;;
    lines | prose | growth) sanitizer=none length=128 ;;
    *) sanitizer=none length=64 ;;
  esac
  corpus=$work/corpus/$target found=$work/found/$target
  mkdir -p "$corpus" "$found"
  cargo run -q --locked -p gongkai-tests --example seeds -- "$target" "$work/start/$target"
  (cd tests/fuzz && cargo +nightly fuzz build --fuzz-dir . --target-dir "$work/$sanitizer" -s $sanitizer "$target") 2>"$work/build.log" ||
    { cat "$work/build.log" >&2 && exit 1; }
  # libFuzzer takes no list without words.
  words=()
  if [ -s "$work/start/$target/words" ]; then words=(-dict="$work/start/$target/words"); fi
  echo "== $target: $seconds s"
  status=0
  nice -n 10 "$work/$sanitizer/$host/release/$target" "$corpus" "$work/start/$target/seeds" "${words[@]}" \
    -artifact_prefix="$found/" -max_total_time="$seconds" -max_len=$length -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
    >"$work/$target.log" 2>&1 || status=$?
  grep -E '^stat::|ERROR|SUMMARY|panicked|cov:' "$work/$target.log" | tail -n 12 | grep -vE 'slowest|new_units' || true
  if [ $status != 0 ]; then
    echo "$target: stopped with status $status; see $work/$target.log and $found" >&2
    exit 1
  fi
done
