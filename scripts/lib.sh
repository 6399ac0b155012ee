# shellcheck shell=bash
# Sourced by the other scripts, which then run in the project's folder: how they speak, and the tools they all need.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# spin.toml names files under target/, so a folder chosen elsewhere does not count here.
export CARGO_TARGET_DIR="$PWD/target"
[ ! -d "${HOME:-/}/.cargo/bin" ] || PATH="$PATH:$HOME/.cargo/bin"

# shellcheck disable=SC2034 # for the scripts that compile
components=(-p auth -p tasks -p chat -p mcp -p web -p health -p task-store)

say() { printf '%s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
# Cargo's progress where somebody looks at it; elsewhere only what is wrong.
cargo_build() { if [ -t 2 ]; then cargo build "$@"; else cargo build --quiet "$@"; fi; }
have() { command -v "$1" >/dev/null 2>&1; }
rust_version() { sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml; }

# What stands between this machine and `cargo build`, one sentence; nothing if all is there.
missing_rust() {
  local wanted found
  wanted=$(rust_version)
  have cargo || { say "Rust is missing: install rustup as https://rustup.rs says, open a new shell and run this again."; return; }
  if ! found=$(rustc --version 2>/dev/null); then
    have rustup || { say "\`rustc --version\` fails: install rustup as https://rustup.rs says and run this again."; return; }
    say "Installing Rust $wanted…" >&2
    rustup toolchain install "$wanted" --profile minimal -c rustfmt -c clippy >/dev/null 2>&1 \
      || { say "Rust $wanted is missing and could not be downloaded: get it with \`rustup toolchain install $wanted\`."; return; }
    found=$(rustc --version)
  fi
  case $found in
    "rustc $wanted "*) ;;
    *) say "This project is built by Rust $wanted and \`rustc\` is \"$found\": install rustup as https://rustup.rs says; it picks the right one." ;;
  esac
  have cc || say "A C linker is missing: get it with \`apt-get install gcc libc6-dev\` (or your system's equivalent)."
}

# The same for the front-end, which needs Node; everything else is built without it.
missing_node() {
  if ! have node || ! have npm; then
    say "Node.js and npm are missing: install Node.js 22 (https://nodejs.org)."
  elif ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'; then
    say "Node.js $(node --version) is too old: install Node.js 22 (https://nodejs.org; 20.19 is the oldest that works)."
  fi
}

# The native programs; with WITH_TESTS those of the tests too. The whole workspace is selected either way, since its packages
# decide together how their dependencies are compiled: so wasmtime is compiled once.
build_host() {
  local selection=(--workspace --bin todo-host)
  [ -z "${WITH_TESTS-}" ] || selection=(--workspace --bins --tests)
  cargo_build "${selection[@]}" || die "the host did not build: see above."
}

# What a request to one component needs, without serving the app.
build_for() {
  local why
  why=$(missing_rust)
  [ -z "$why" ] || die "$why"
  scripts/wasm-target.sh
  cargo_build --release --target wasm32-wasip2 -p "$1" || die "$1 did not build: see above."
  build_host
}

# `npm ci` in a folder, unless its lock file is the one installed last time.
install_packages() {
  local folder=$1 stamp=$1/node_modules/.installed log
  cmp -s "$folder/package-lock.json" "$stamp" && return
  log=$(mktemp)
  if ! npm --prefix "$folder" ci --no-audit --no-fund --loglevel=error --update-notifier=false >"$log" 2>&1; then
    head -n 20 "$log" >&2
    rm -f "$log"
    die "npm could not install the packages of $folder/: see above, mind \`npm config get registry\`, and run this again."
  fi
  rm -f "$log"
  cp "$folder/package-lock.json" "$stamp"
}
