#!/usr/bin/env bash
# Every page of the gallery (target/pages, written by the tests of app) before the Nu HTML checker: no error in any
# language and state. Exit 2: it could not be asked here, and says so.
. "$(dirname "$0")/lib.sh"
pages=$TARGET/pages
ensure_node_tools && ensure_java || { note "The Nu HTML checker or Java is missing."; exit 2; }
# What an older gallery left behind is not of this one.
newest=$(find "$pages" -name '*.html' -printf '%T@\n' 2>/dev/null | sort -n | tail -n 1)
[ -n "$newest" ] || { note "No pages in ${pages#"$ROOT"/}: run the tests of app first."; exit 2; }
mapfile -t now < <(find "$pages" -maxdepth 1 -name '*.html' -newermt "@$(awk -v t="$newest" 'BEGIN { printf "%.0f", t - 300 }')" | sort)
[ "${#now[@]}" -gt 60 ] || die "only ${#now[@]} pages were written; there should be more in three languages"
if ! said=$(java -Xss4m -jar end2end/node_modules/vnu-jar/build/dist/vnu.jar --errors-only --format gnu "${now[@]}" 2>&1); then
  sed "s#^\"\{0,1\}file:$pages/##" <<<"$said" | head -n 40
  die "the Nu HTML checker found $(grep -c . <<<"$said") mistakes"
fi
echo "HTML: ${#now[@]} pages, no mistake"
