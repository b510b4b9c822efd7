#!/usr/bin/env bash
# Builds the WASM of the islands into target/site, when anything it is made of changed.
. "$(dirname "$0")/lib.sh"
stamp=$TARGET/site/.built
sources() { find app domain frontend Cargo.lock Cargo.toml rust-toolchain.toml scripts/build-wasm.sh -type f -not -path '*/tests/*' -print0 | sort -z | xargs -0 cksum | cksum; }
sum=$(sources)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && exit 0
say "Building the islands (WASM)"
ensure_wasm_target || { note "The wasm32-unknown-unknown target is missing."; exit 1; }
ensure_wasm_bindgen || { note "wasm-bindgen-cli could not be installed."; exit 1; }
ensure_node_tools || note "Without the Node tools wasm-opt is skipped; the file is larger."
scripts/build-wasm.sh
mkdir -p "$(dirname "$stamp")"
printf '%s' "$sum" >"$stamp"
