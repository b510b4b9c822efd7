#!/usr/bin/env bash
# make test: everything from a fresh machine to all checks. Prints the minutes of each stage at the end.
#   --only a,b,c   just these stages (tools is always run)
# One dev build serves lint, tests, browser and faults: the compiler is clippy-driver, which builds as rustc does.
. "$(dirname "$0")/lib.sh"
only=
[ "${1:-}" = --only ] && only=",$2,"
CI=${CI:-}
mkdir -p "$TARGET"
report=$TARGET/test-stages.txt
: >"$report"
failed=()
began=$SECONDS

# stage NAME FUNCTION: runs it in a subshell, keeps its time and verdict, goes on after a failure.
stage() {
  local name=$1 start=$SECONDS verdict=passed seconds
  if [ -n "$only" ] && [ "$name" != tools ] && [[ "$only" != *",$name,"* ]]; then return 0; fi
  say "$name"
  set +e; ( set -e; "$2" ); [ $? = 0 ] || { verdict=FAILED; failed+=("$name"); }; set -e
  seconds=$((SECONDS - start))
  printf '%-12s %3d min %02d s  %s\n' "$name" $((seconds / 60)) $((seconds % 60)) "$verdict" >>"$report"
  [ "$verdict" = passed ]
}
skipped() { # a check that could not be done here: loud, and a failure in CI
  printf 'SKIPPED %s\n' "$*" >&2
  [ -z "$CI" ]
}
# A private PostgreSQL that was already running belongs to somebody else: it is used and left alone.
foreign_postgres=no
! postgres_runs || foreign_postgres=yes
# The names of what failed stand at the very end: whoever sees only the last lines of a log sees them.
why_red() {
  local stage
  for stage in "${failed[@]}"; do
    case $stage in
      tests) grep -hE '^ *(FAIL|SIG[A-Z]+|TIMEOUT|ABORT) |^ *SKIPPED' "$TARGET/tests.log" ;;
      browser) sed 's/\x1b\[[0-9;]*m//g' "$TARGET/browser.log" | grep -hE '^ +[0-9]+\) |^ +(Error|TimeoutError|Test timeout)' ;;
      *) continue ;;
    esac 2>/dev/null | sort -u | head -n 12 | cut -c 1-150
  done
}
finish() {
  local code=$?
  [ "$foreign_postgres" = yes ] || scripts/postgres.sh stop >/dev/null 2>&1 || true
  echo
  echo "Minutes by stage:"
  cat "$report"
  local seconds=$((SECONDS - began))
  printf '%-12s %3d min %02d s\n' total $((seconds / 60)) $((seconds % 60))
  local bad=${#failed[@]} all; all=$(wc -l <"$report")
  [ "$bad" = 0 ] || { echo "Failed: ${failed[*]}"; why_red; [ "$code" != 0 ] || code=1; }
  echo "stages: $((all - bad)) passed, $bad failed"
  exit "$code"
}
trap finish EXIT

# The one compiler of this run. clippy-driver takes its arguments through CLIPPY_ARGS; a warning is an error.
clippy_as_compiler() {
  RUSTC_WORKSPACE_WRAPPER=$(dirname "$(rustup which rustc 2>/dev/null || command -v rustc)")/clippy-driver
  [ -x "$RUSTC_WORKSPACE_WRAPPER" ] || RUSTC_WORKSPACE_WRAPPER=$(command -v clippy-driver) || { skipped "clippy is not installed"; unset RUSTC_WORKSPACE_WRAPPER; return; }
  export RUSTC_WORKSPACE_WRAPPER
  export CLIPPY_ARGS="-Dwarnings__CLIPPY_HACKERY__"
}

tools() {
  ensure_base
  rustc --version
  ensure_node_tools || skipped "browser: the Node tools could not be installed"
  ensure_java || skipped "html: no Java, and it can not be installed without root (apt-get install default-jre-headless)"
  ensure_chromium || skipped "browser: no Chromium, and it can not be installed without root (apt-get install chromium)"
  ensure_postgres || skipped "PostgreSQL is not installed, and can not be without root (apt-get install postgresql)"
  need_tool strace strace || skipped "faults: strace is missing (apt-get install strace)"
  python_with fusepy >/dev/null || python_with fuse >/dev/null || apt_install python3-fusepy fuse3 || skipped "faults: python3-fusepy is missing"
}

source_rules() {
  cargo fmt --all -- --check
  scripts/check-source.sh --self-test
  scripts/check-source.sh
  scripts/plants.sh --check
}

build() {
  clippy_as_compiler
  cargo build --workspace --exclude frontend --all-targets
}

start_postgres() {
  # `set -e` does not hold where this is called with `||`: the failure is handed on by hand.
  if [ -z "${HUIYIN_TEST_POSTGRES:-}" ]; then
    HUIYIN_TEST_POSTGRES=$(scripts/postgres.sh start) || return 1
    HUIYIN_TEST_POSTGRES=$(tail -n 1 <<<"$HUIYIN_TEST_POSTGRES")
  fi
  export HUIYIN_TEST_POSTGRES
}

tests() {
  clippy_as_compiler
  start_postgres || skipped "the tests on PostgreSQL: no server could be started"
  local code
  set +e
  if cargo nextest --version >/dev/null 2>&1; then
    # A passed test's output is asked for because SKIPPED may stand there; the rest of it is not shown.
    cargo nextest run --no-fail-fast --status-level fail --success-output final --failure-output final 2>&1 | tee "$TARGET/tests.log" \
      | awk '/^ *PASS \[/ {quiet=1; next} /^ *(FAIL|SIG[A-Z]+|TIMEOUT|SLOW|LEAK|ABORT|Summary|Nextest|error|warning)/ || /^────/ {quiet=0} /SKIPPED/ || !quiet'
    code=${PIPESTATUS[0]}
    grep -qE 'Summary .* [1-9][0-9]* tests? run' "$TARGET/tests.log" || { echo "no test ran"; code=1; }
  else
    cargo test --no-fail-fast -- --show-output 2>&1 | tee "$TARGET/tests.log" | grep -E '^test result|FAILED|panicked|SKIPPED|^error|Running'
    code=${PIPESTATUS[0]}
  fi
  set -e
  if grep -E '^ *SKIPPED' "$TARGET/tests.log"; then skipped "some tests skipped themselves (above)"; fi
  return "$code"
}

html() {
  local code=0
  scripts/html.sh || code=$?
  [ "$code" != 2 ] || { skipped "html: the checker could not be asked"; return; }
  return "$code"
}

doc_tests() {
  clippy_as_compiler
  cargo test --doc --package domain
}

wasm() { scripts/islands.sh; }

browser() {
  local chromium; chromium=$(find_chromium) || { skipped "browser: no Chromium"; return; }
  start_postgres || skipped "the journeys on PostgreSQL"
  (cd end2end && CHROMIUM="$chromium" HUIYIN_BIN="$TARGET/debug/huiyin" npx --no-install playwright test) 2>&1 | tee "$TARGET/browser.log"
}

faults() {
  local python; python=$(python_with fusepy) || python=$(python_with fuse) || python=python3
  "$python" end2end/faults/run.py --binary "$TARGET/debug/huiyin" ${CI:+--ci}
}

stage tools tools || exit 1
stage lint source_rules || true
stage build build || exit 1
stage tests tests || true
stage html html || true
stage doctests doc_tests || true
stage wasm wasm || true
stage browser browser || true
stage faults faults || true
