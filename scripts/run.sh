#!/usr/bin/env bash
# make run: from a fresh machine to the demo city. Installs what is missing and says so; what is there is skipped.
# --dev builds the quick way; --no-serve stops before serving (to time the build).
. "$(dirname "$0")/lib.sh"
profile=release; serve=yes
for argument in "$@"; do
  case $argument in
    --dev) profile=dev ;;
    --no-serve) serve=no ;;
    *) die "unknown argument $argument" ;;
  esac
done
began=$SECONDS
say "Looking for the tools"
ensure_base

say "Building the server ($profile)"
if [ "$profile" = release ]; then
  cargo build --release --package server
  binary=$TARGET/release/huiyin
else
  cargo build --package server
  binary=$TARGET/debug/huiyin
fi

# Everything below is for the islands. The pages work without it, so a failure is said, not fatal.
scripts/islands.sh || note "The islands were not built (see above). Every page works without them."

[ "$serve" = yes ] || { say "Built in $((SECONDS - began)) s"; exit 0; }
say "Ready after $((SECONDS - began)) s. The demo city: http://${HUIYIN_ADDR:-127.0.0.1:3000}   (Ctrl-C stops it; make clean-demo forgets its data)"
exec "$binary" demo
