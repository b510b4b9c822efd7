#!/usr/bin/env bash
# make screens: pictures of every page, phone and desk, into docs/screens, from a demo city of its own.
. "$(dirname "$0")/lib.sh"
ensure_base
ensure_node_tools && ensure_chromium || die "Node or Chromium is missing"
cargo build --package server
scripts/islands.sh
chromium=$(find_chromium)
(cd end2end && SCREENS=1 CHROMIUM="$chromium" HUIYIN_BIN="$TARGET/debug/huiyin" npx --no-install playwright test --project=screens --workers=2)
note "docs/screens: $(find docs/screens -name '*.jpg' | wc -l) pictures, $(du -sh docs/screens | cut -f 1)"
