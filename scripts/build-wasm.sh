#!/usr/bin/env bash
# Builds the islands: WASM, its bindings, and the names of both, into target/site.
# Called by scripts/islands.sh, which sees to the tools and skips what is up to date.
. "$(dirname "$0")/lib.sh"
site=$TARGET/site
work=$TARGET/site-work
rm -rf "$work"; mkdir -p "$work" "$site/pkg"

# Only `frontend` is named: building it beside the server would unify the two features of `app`.
cargo build --package frontend --lib --target wasm32-unknown-unknown --profile wasm-release
wasm-bindgen --target web --no-typescript --out-name huiyin --out-dir "$work" \
  "$TARGET/wasm32-unknown-unknown/wasm-release/frontend.wasm"

wasm_opt=$ROOT/end2end/node_modules/.bin/wasm-opt
[ -x "$wasm_opt" ] || wasm_opt=$(command -v wasm-opt || true)
if [ -n "$wasm_opt" ]; then
  "$wasm_opt" -Oz --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext \
    --enable-mutable-globals --enable-reference-types --enable-multivalue \
    "$work/huiyin_bg.wasm" -o "$work/small.wasm"
  mv "$work/small.wasm" "$work/huiyin_bg.wasm"
fi

# A name carries the hash of its bytes, so the files may be kept for ever. The boot script hands
# the WASM's address to the bindings, so the default name inside them is never asked for.
named() { printf 'huiyin.%s.%s' "$(sha256sum "$1" | cut -c1-16)" "$2"; }
wasm=$(named "$work/huiyin_bg.wasm" wasm)
js=$(named "$work/huiyin.js" js)
rm -f "$site"/pkg/huiyin.*.wasm "$site"/pkg/huiyin.*.js
cp "$work/huiyin_bg.wasm" "$site/pkg/$wasm"
cp "$work/huiyin.js" "$site/pkg/$js"
# `wasm-bindgen` may put inline pieces of JavaScript beside the bindings.
[ -d "$work/snippets" ] && { rm -rf "$site/pkg/snippets"; cp -r "$work/snippets" "$site/pkg/"; }
printf 'js:%s\nwasm:%s\n' "$js" "$wasm" >"$site/hashes"
note "$(wc -c <"$site/pkg/$wasm") bytes of WASM, $(wc -c <"$site/pkg/$js") of bindings"
