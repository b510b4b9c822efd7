#!/usr/bin/env bash
# make lighthouse: the four scores of Lighthouse for the main pages, as a middling phone on slow 4G. Fails below 95.
. "$(dirname "$0")/lib.sh"
least=95
version=13.5.0
ensure_base
ensure_node_tools && ensure_chromium || die "Node or Chromium is missing"
home=$TOOLS/lighthouse
if [ "$("$home/node_modules/.bin/lighthouse" --version 2>/dev/null)" != "$version" ]; then
  say "Installing Lighthouse $version into ${home#"$ROOT"/}"
  npm install --prefix "$home" --no-audit --no-fund --loglevel=error --ignore-scripts "lighthouse@$version"
fi
scripts/islands.sh
# The quick build is slower than what a city runs: the scores are of the pages, not of the machine.
cargo build --package server
binary=$TARGET/debug/huiyin
work=$(mktemp -d); log=$work/log
city=
trap 'kill "$city" 2>/dev/null; wait "$city" 2>/dev/null; rm -rf "$work"' EXIT
# Served in earnest: a demonstration asks search engines to stay away, which Lighthouse holds against it.
for words in migrate seed "simulate --cases 200 --seed 1"; do
  # shellcheck disable=SC2086  # the words of one command
  "$binary" --data-dir "$work/data" $words >>"$work/made" 2>&1 || die "$words: $(tail -n 3 "$work/made")"
done
"$binary" serve --data-dir "$work/data" --addr 127.0.0.1:0 >"$log" 2>&1 &
city=$!
for _ in $(seq 600); do
  address=$(grep '"message":"serving"' "$log" 2>/dev/null | grep -o '"address":"[^"]*"' | cut -d '"' -f 4 || true)
  [ -n "$address" ] && break
  kill -0 "$city" || die "the city ended: $(tail -n 5 "$log")"
  sleep 0.5
done
[ -n "$address" ] || die "the city is not up"
number=$(curl -fsS "http://$address/api/v1/cases?limit=1" | grep -o '"number":"[^"]*"' | head -n 1 | cut -d '"' -f 4)
look() {
  local skip=()
  # One's own case is not for robots, and robots.txt says so.
  [ "$1" != /track ] || skip=(--skip-audits=is-crawlable)
  CHROME_PATH=$(find_chromium) "$home/node_modules/.bin/lighthouse" "http://$address$1" --quiet --output=json --output-path="$work/report.json" "${skip[@]}" \
    --only-categories=performance,accessibility,best-practices,seo --chrome-flags="--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
}
low=0
printf '%-42s %5s %5s %5s %5s\n' page perf a11y best seo
for path in "/" "/?lang=en" "/whistle" "/cases" "/cases/$number" "/communities" "/services" "/track" "/help/accessibility"; do
  look "$path" || look "$path" # a browser that did not start in time is asked once more
  node - "$work/report.json" "$path" "$least" <<'JS' || low=1
const [, , file, path, least] = process.argv;
const report = JSON.parse(require("node:fs").readFileSync(file, "utf8"));
const of = (name) => Math.round((report.categories[name].score ?? 0) * 100);
const scores = ["performance", "accessibility", "best-practices", "seo"].map(of);
console.log(path.padEnd(42) + scores.map((score) => String(score).padStart(6)).join(""));
const bad = Object.values(report.audits).filter((audit) => audit.score !== null && audit.score < 0.9 && !["informative", "manual", "notApplicable"].includes(audit.scoreDisplayMode));
for (const audit of bad) console.log(`    ${audit.id}: ${audit.displayValue ?? audit.title}`);
process.exit(scores.some((score) => score < Number(least)) ? 1 : 0);
JS
done
exit "$low"
