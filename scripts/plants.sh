#!/usr/bin/env bash
# make plants: plants each fault of docs/abuse.csv, one by one, and must see its test red.
#   scripts/plants.sh [--only 07,G1] [--write] [--list] [--check]
. "$(dirname "$0")/lib.sh"
ensure_base
if [[ " $* " != *" --list "* && " $* " != *" --check "* ]] && [ -z "${HUIYIN_TEST_POSTGRES:-}" ] && [ -x scripts/postgres.sh ] && ensure_postgres; then
  foreign=no; ! postgres_runs || foreign=yes
  HUIYIN_TEST_POSTGRES=$(scripts/postgres.sh start | tail -n 1)
  export HUIYIN_TEST_POSTGRES
  # One that was already running belongs to somebody else.
  [ "$foreign" = yes ] || trap 'scripts/postgres.sh stop >/dev/null 2>&1 || true' EXIT
fi
CHROMIUM=$(find_chromium || true)
export CHROMIUM
python=$(python_with fusepy) || python=$(python_with fuse) || python=python3
"$python" end2end/plants/plants.py --target "$TARGET" "$@"
