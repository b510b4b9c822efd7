# Shared by the scripts beside it (sourced, never run): say what happens, install what is missing.
# shellcheck shell=bash
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
# A fresh machine may have cargo in its home and not in PATH.
case ":$PATH:" in *":${CARGO_HOME:-${HOME:-/nonexistent}/.cargo}/bin:"*) ;; *) PATH="$PATH:${CARGO_HOME:-${HOME:-/nonexistent}/.cargo}/bin" ;; esac
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
TOOLS=$TARGET/tools
PATH="$TOOLS/bin:$PATH"
export PATH
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
note() { printf '    %s\n' "$*" >&2; }
die() { printf '\033[1;31m==> %s\033[0m\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root: as we are, or by sudo if it asks for no password.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif have sudo && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 1
  fi
}
can_root() { [ "$(id -u)" = 0 ] || { have sudo && sudo -n true 2>/dev/null; }; }

# apt_install PACKAGE…: Debian's and Ubuntu's packages. Fails where we may not or where apt is not the way.
apt_install() {
  have apt-get || return 1
  can_root || return 1
  note "apt-get install $*"
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >"$TARGET/apt.log" 2>&1; then
    as_root apt-get update -q >>"$TARGET/apt.log" 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >>"$TARGET/apt.log" 2>&1 \
      || { tail -n 5 "$TARGET/apt.log" >&2; return 1; }
  fi
}

# need_tool COMMAND PACKAGE…: a command from Debian's packages, installed when missing.
need_tool() {
  local command=$1; shift
  have "$command" || { say "Installing $command"; apt_install "$@"; }
}

ensure_base() {
  mkdir -p "$TARGET"
  local tool
  for tool in git cc curl; do
    have "$tool" || die "$tool is missing. On Debian: apt-get install git build-essential curl"
  done
  have cargo || die "cargo is missing. Install Rust with rustup (https://rustup.rs), then run this again."
  # rust-toolchain.toml names the compiler; rustup fetches it on the first call.
  local version
  version=$(cargo --version) || die "The Rust toolchain of rust-toolchain.toml could not be installed."
  note "$version"
}

# The wasm target, when rustup has it; without it the pages work, only the islands stay plain HTML.
ensure_wasm_target() {
  [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ] && return 0
  have rustup || return 1
  say "Adding the wasm32-unknown-unknown target"
  rustup target add wasm32-unknown-unknown
}

locked_version() { # the version of a crate in Cargo.lock
  awk -v name="name = \"$1\"" '$0==name {getline; gsub(/version = |"/, ""); print; exit}' Cargo.lock
}

ensure_wasm_bindgen() {
  local version; version=$(locked_version wasm-bindgen)
  if [ "$("$TOOLS/bin/wasm-bindgen" --version 2>/dev/null)" = "wasm-bindgen $version" ]; then return 0; fi
  say "Installing wasm-bindgen-cli $version into ${TOOLS#"$ROOT"/} (two to four minutes, once)"
  cargo install --quiet --root "$TOOLS" --locked --version "$version" wasm-bindgen-cli 2>"$TARGET/wasm-bindgen.log" \
    || { note "its own lock file cannot be met here; with the newest that fits"; false; } \
    || cargo install --quiet --root "$TOOLS" --version "$version" wasm-bindgen-cli
}

# Playwright wants Node 20; Debian 12 has 18. The registry's own package brings a newer one, for us alone.
ensure_node() {
  have node && have npm || { note "node or npm is missing"; return 1; }
  [ "$(node --version | sed 's/^v\([0-9]*\).*/\1/')" -ge 20 ] && return 0
  say "Installing Node 22 into ${TOOLS#"$ROOT"/} ($(node --version) is too old for the browser tests)"
  npm install --prefix "$TOOLS/node" --no-audit --no-fund --loglevel=error node@22 || return 1
  mkdir -p "$TOOLS/bin"
  ln -sf "$TOOLS/node/node_modules/node/bin/node" "$TOOLS/bin/node"
  hash -r
}

# The Node packages of end2end/, exactly as its lock file says; skipped while nothing changed.
ensure_node_tools() {
  ensure_node || return 1
  local stamp=end2end/node_modules/.installed sum
  sum=$(cat end2end/package.json end2end/package-lock.json | cksum)
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && return 0
  say "Installing the Node tools of end2end/"
  (cd end2end && npm ci --no-audit --no-fund --loglevel=error --ignore-scripts) || return 1
  printf '%s' "$sum" >"$stamp"
}

# Prints the path of a Chromium; installs Debian's when there is none.
find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    [ -n "$name" ] && have "$name" && { command -v "$name"; return 0; }
  done
  return 1
}
ensure_chromium() {
  find_chromium >/dev/null && return 0
  say "Installing Chromium"
  apt_install chromium fonts-noto-cjk || apt_install chromium-browser || return 1
  find_chromium >/dev/null
}

# Java, for the Nu HTML checker.
ensure_java() {
  have java && return 0
  say "Installing Java"
  apt_install default-jre-headless && hash -r && have java
}

# The PostgreSQL server's programs (not a running server: scripts/postgres.sh starts a private one).
ensure_postgres() {
  have initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && return 0
  say "Installing PostgreSQL"
  # Debian's package would start a server of its own; ours is private and under target/.
  as_root mkdir -p /etc/postgresql-common 2>/dev/null || true
  [ -e /etc/postgresql-common/createcluster.conf ] || printf 'create_main_cluster = false\n' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null 2>&1 || true
  apt_install postgresql
}

# Whether the private PostgreSQL of this checkout is running already.
postgres_runs() {
  local url home
  url=$(scripts/postgres.sh url 2>/dev/null) || return 1
  home=${url#*host=}; home=${home%%/socket*}
  [ -f "$home/data/postmaster.pid" ]
}

# A Python with the named module: the one in PATH, else Debian's own.
python_with() {
  local python
  for python in python3 /usr/bin/python3; do
    "$python" -c "import $1" >/dev/null 2>&1 && { echo "$python"; return 0; }
  done
  return 1
}
