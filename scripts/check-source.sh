#!/usr/bin/env bash
# Rules of this house that no compiler checks. --self-test plants one breach of each and must see it.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

# check DIRECTORY: prints every breach as "rule: file:line: text"; fails when there is one.
check() {
  cd "$1"
  local found=0
  # rule NAME PATTERN EXCEPT-PATH-PATTERN FILE…
  rule() {
    local name=$1 pattern=$2 except=$3; shift 3
    [ $# -gt 0 ] || return 0
    local hits
    hits=$(grep -HnE -- "$pattern" "$@" /dev/null | grep -vE "$except" || true)
    if [ -n "$hits" ]; then awk -v rule="$name" '{ print rule ": " substr($0, 1, 200) }' <<<"$hits"; found=1; fi
  }
  local never='^$'
  mapfile -t rust < <(find domain store casework app frontend server -name '*.rs' -not -path '*/target/*' 2>/dev/null | sort)
  mapfile -t outside_store < <(printf '%s\n' "${rust[@]}" | grep -v '^store/' || true)
  mapfile -t pages < <(printf '%s\n' "${rust[@]}" | grep -E '^(app|frontend)/src/' || true)
  mapfile -t tracked < <(git ls-files 2>/dev/null || find . -type f -not -path './target/*' -not -path './.git/*')
  mapfile -t all < <(printf '%s\n' "${tracked[@]}" | grep -vE '(^|/)(Cargo.lock|package-lock.json|LICENSE|scripts/check-source.sh)$|\.(png|jpg|jpeg|webp|ico|woff2|csv)$' || true)

  rule 'cfg(feature) outside app/src/lib.rs' 'cfg.*feature *=' '^app/src/lib.rs:|feature = "testing"' "${rust[@]}"
  rule 'sqlx outside store' '\bsqlx::' "$never" "${outside_store[@]}"
  rule 'SQL outside store' '"(SELECT .* FROM |INSERT INTO |UPDATE [a-z_]+ SET |DELETE FROM |CREATE TABLE )' "$never" "${outside_store[@]}"
  rule 'raw <textarea> or <title> (use the escaping part)' '<(textarea|title)[ >]' '^app/src/parts/|//|assert|contains\(|/tests?[./]|starts_with|find\(|"' "${pages[@]}"
  rule 'inner_html' 'inner_html' '^app/src/parts/|^[^:]*:[0-9]+: *//|\("' "${pages[@]}"
  rule 'inline script or handler' '<script>|[ "]on(click|load|error|submit)="' '^[^:]*:[0-9]+: *//|assert|contains|/tests?[./]|let |: "|^app/src/pages/(gallery|samples)\.rs:' "${pages[@]}"
  rule 'style attribute' '[ "]style="' '^[^:]*:[0-9]+: *//|assert|contains|\(" style' "${pages[@]}"
  rule 'allow instead of expect' '#!?\[allow\(' "$never" "${rust[@]}"
  rule 'unfinished' '\b(TODO|FIXME|XXX)\b' "$never" "${rust[@]}"
  rule 'a path of one machine' '(^|[^A-Za-z0-9_.-])/(work|root|home/[a-z]+)/' '/nonexistent' "${all[@]}"
  rule 'route outside the table' '\.route\(' '^app/src/http/table.rs:|^server/src/|/tests?/|^[^:]*:[0-9]+: *//' "${pages[@]}"
  return $found
}

if [ "${1:-}" = --self-test ]; then
  dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
  planted=0; seen=0
  plant() { # plant RULE FILE TEXT
    rm -rf "$dir/t"; mkdir -p "$dir/t/$(dirname "$2")"; printf '%s\n' "$3" >"$dir/t/$2"
    planted=$((planted + 1))
    local said
    if said=$(check "$dir/t" 2>&1); then echo "self-test: not seen: $1"; elif grep -qF "$1" <<<"$said"; then seen=$((seen + 1)); else echo "self-test: wrong rule for $1: $said"; fi
  }
  plant 'cfg(feature)' domain/src/a.rs '#[cfg(feature = "ssr")]'
  plant 'sqlx outside' casework/src/a.rs 'use sqlx::query;'
  plant 'SQL outside' server/src/a.rs 'let q = "SELECT a FROM b";'
  plant 'raw <textarea>' app/src/pages/a.rs '  <textarea name=a>{text}</textarea>'
  plant 'inner_html' app/src/pages/a.rs '<div inner_html=text/>'
  plant 'inline script' app/src/pages/a.rs '<script>alert(1)</script>'
  plant 'style attribute' app/src/pages/a.rs '<p style="color:red">'
  plant 'allow instead' domain/src/a.rs '#[allow(dead_code)]'
  plant 'unfinished' domain/src/a.rs "// $(printf 'TO%s' DO) later"
  plant 'route outside the table' app/src/doors/a.rs '    router.route("/back-door", get(back_door))'
  plant 'a path of one machine' README.md "see $(printf '/%s/' work)main"
  rm -rf "$dir/t"; mkdir -p "$dir/t/domain/src"; echo 'pub fn a() {}' >"$dir/t/domain/src/a.rs"
  check "$dir/t" || { echo "self-test: a clean tree was refused"; exit 1; }
  echo "source rules: $seen of $planted planted breaches seen"
  [ "$seen" = "$planted" ]
  exit
fi
check "$root" && echo "source rules: no breach"
