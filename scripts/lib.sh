# shellcheck shell=bash
# Sourced by the other scripts, which then run in the project's folder: messages, and the tools that all of them need.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# spin.toml names files under target/, so another choice of this folder is ignored here.
export CARGO_TARGET_DIR="$PWD/target"
[ ! -d "${HOME:-/}/.cargo/bin" ] || PATH="$PATH:$HOME/.cargo/bin"

components=(-p auth -p session -p tasks -p chat -p mcp -p web -p health -p clock -p task-store)

say() { printf '%s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
# On a terminal cargo shows its progress, elsewhere only errors.
cargo_build() { if [ -t 2 ]; then cargo build "$@"; else cargo build --quiet "$@"; fi; }
have() { command -v "$1" >/dev/null 2>&1; }
rust_version() { sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml; }

# Prints one sentence if this machine cannot run `cargo build`, else nothing.
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

# The same for the front-end, which needs Node. Everything else is built without Node.
missing_node() {
  if ! have node || ! have npm; then
    say "Node.js and npm are missing: install Node.js 22 (https://nodejs.org)."
  elif ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'; then
    say "Node.js $(node --version) is too old: install Node.js 22 (https://nodejs.org; 20.19 is the oldest that works)."
  fi
}

# Cargo compiles a dependency again for every selection of packages that asks for other features of it. So all scripts build
# the same two selections: all components for Wasm, and the whole workspace for this machine. Then wasmtime is compiled once.
build_components() {
  cargo_build --release --target wasm32-wasip2 "${components[@]}" || die "the components did not build: see above."
}

# The host; with WITH_TESTS also the tests' programs.
build_host() {
  local selection=(--workspace --bin todo-host)
  [ -z "${WITH_TESTS-}" ] || selection=(--workspace --bins --tests)
  cargo_build "${selection[@]}" || die "the host did not build: see above."
}

# Everything but the front-end, for a request to one component without serving the app.
build_backend() {
  local why
  why=$(missing_rust)
  [ -z "$why" ] || die "$why"
  scripts/wasm-target.sh
  build_components
  build_host
}

# Runs `npm ci` in a folder, unless its lock file is the one that was installed last time.
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
