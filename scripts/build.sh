#!/usr/bin/env bash
# Builds the front-end, the Wasm components and the native host, as far as they are not up to date.
# WITH_TESTS=yes also builds the tests' programs.
set -eu
. "$(dirname "$0")/lib.sh"

ui_built=ui/node_modules/.built # its time is that of the last build

build_ui() {
  install_packages ui
  if [ -d ui/dist ] && [ -e "$ui_built" ] \
    && [ -z "$(find ui -mindepth 1 \( -path ui/node_modules -o -path ui/dist \) -prune -o -newer "$ui_built" -print -quit)" ]; then return; fi
  : >"$ui_built.new"
  npm --prefix ui run --silent build -- --logLevel warn || die "the front-end did not build: its messages are above."
  mv "$ui_built.new" "$ui_built"
}

why=$(missing_rust)
[ -z "$why" ] || die "$why"

say "[1/4] Wasm target"
scripts/wasm-target.sh

say "[2/4] front-end"
without_ui=$(missing_node)
if [ -z "$without_ui" ]; then build_ui; else say "      left out. $without_ui"; fi

once=''
[ -e target/debug/todo-host ] || once=' (with the host a quarter of an hour on two cores, once)'
say "[3/4] Wasm components$once"
build_components

say "[4/4] host"
build_host
[ -z "$without_ui" ] || say "Everything but the front-end is built. $without_ui"
