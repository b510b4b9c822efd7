#!/usr/bin/env bash
# make bench: the release build measured beside its peers; a dated table goes to docs/BENCHMARKS.md.
#   BENCH_CASES=20000 make bench    only the small city
. "$(dirname "$0")/lib.sh"
ensure_base
need_tool wrk wrk || die "wrk is needed (apt-get install wrk)"
need_tool nginx nginx-light || die "nginx is needed for the comparison (apt-get install nginx-light)"
need_tool brotli brotli || note "brotli is missing: the WASM is measured uncompressed"
say "Building the server (release)"
cargo build --release --package server
scripts/islands.sh || note "The islands were not built; their bytes are not measured."
say "Measuring (stop other work on this machine)"
python3 end2end/bench/bench.py --binary "$TARGET/release/huiyin" --work "$TARGET/bench" \
  --cases "${BENCH_CASES:-20000,1000000}" --seconds "${BENCH_SECONDS:-5}" --append docs/BENCHMARKS.md
