#!/usr/bin/env bash
# Runs every check, or the steps named as arguments, and prints the time of each. Stops at the first step that fails.
# TEST_DATABASE_URL  a server on which the tests may create databases; default: a private one, removed afterwards
# CHROMIUM           the browser for the browser suite; default: one that is found or installed
# FIREFOX            the same for the suite in Firefox
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/chart-tools.sh

# In the order of the run: steps that fail fast come first.
all_steps=(
  lockfile
  format
  scripts
  code
  supply_chain
  chart
  ui
  clippy
  clippy_wasm
  build
  release
  rust_tests
  browser
  firefox
  webkit
  evaluation
  assistant
  better_auth
  openapi
  mcp_clients
  mcp_hosts
  mcp_conformance
  up
)
# Run only when they are named: `sql` is a part of rust_tests, the others check nothing.
more_steps=(sql screenshots lighthouse)

lockfile() { cargo metadata --locked --format-version 1 >/dev/null && scripts/version.sh --check; }
format() { cargo fmt --all --check; }
scripts() { shellcheck -x -P SCRIPTDIR -P . scripts/*.sh bench/*.sh tests/deploy/local/*.sh tests/contracts/openapi/*.sh runtime-class/*.sh runtime-class/node/*.sh .ci/run && python3 scripts/settings.py --check && python3 bench/capacity.py --check; }
code() { python3 tests/code/measure.py; }
supply_chain() { scripts/supply-chain.sh; }
chart() { scripts/chart-test.sh; }
ui() { npm --prefix tests run --silent openapi -- --check && npm --prefix tests run --silent picture-age && npm --prefix ui run check && npm --prefix ui test; }
clippy() { cargo clippy --quiet --workspace --all-targets -- -D warnings; }
clippy_wasm() { cargo clippy --quiet --target wasm32-wasip2 "${components[@]}" -- -D warnings; }
build() { WITH_TESTS=yes scripts/build.sh && compiled_once; }
# If only a dev-dependency enables a feature of a dependency, `make up` compiles wasmtime again without it.
compiled_once() {
  local again
  again=$(cargo build --workspace --bin todo-host 2>&1 | sed -n 's/^ *Compiling //p')
  [ -z "$again" ] || die "\`make up\` compiles these again: move the dev-dependency that enables their features to [dependencies]:
$again"
}
release() { target/debug/with-app scripts/chart-test.sh --release; }
# Tests wait for timers and the server too: with one more than the cores, no core waits.
# There are no tests in docs; to look for them takes a minute.
rust_tests() { RUST_TEST_THREADS=$(($(nproc) + 1)) cargo test --workspace --all-targets; }
sql() { cargo test -p sql-checks; }
# The suite about pages of another origin needs one trusted origin. Its port is outside the range that the system assigns.
browser() {
  target/debug/with-app trusted_origins=http://127.0.0.1:29124 -- npm --prefix tests test -- --project=clients \
    && target/debug/with-app development_mail=true delete_user=confirm -- npm --prefix tests test -- --project=desktop --grep "link of a mail" \
    && target/debug/with-app development_mail=true delete_user=on -- npm --prefix tests test -- --project=desktop --project=phone --project=dark
}
firefox() {
  if [ -z "$FIREFOX" ]; then say "NOT TESTED: there is no Firefox, and none could be installed; name one by FIREFOX=/path/to/firefox."; return; fi
  target/debug/with-app -- npm --prefix tests test -- --project=firefox
}
# Only one window of a display has the focus, so its tests run one after the other.
webkit() {
  if [ -z "$WEBKIT" ]; then say "NOT TESTED: there is no WebKitGTK with its driver, or no xvfb, and Debian's could not be installed."; return; fi
  target/debug/with-app -- xvfb-run --auto-servernum npm --prefix tests test -- --project=webkit --workers=1
}
screenshots() { target/debug/with-app development_mail=true delete_user=on -- npm --prefix tests test -- browser/pages.spec.js browser/guests.spec.js browser/docs.spec.js && target/debug/with-app npm --prefix tests run --silent pictures && say "The pictures are in tests/artifacts/pages, those of README.md in docs/pictures."; }
lighthouse() { target/debug/with-app node tests/browser/lighthouse.js; }
evaluation() { MIN_ACCURACY=${MIN_ACCURACY-95} MAX_WRONG=${MAX_WRONG-0} scripts/eval.sh && target/debug/with-app node tests/clients/ai-sdk.mjs && target/debug/with-app node tests/clients/ai-sdk-react.mjs; }
assistant() { "$tools/assistant/bin/python" -m pytest -q -p no:cacheprovider -W ignore::DeprecationWarning tests/contracts; }
better_auth() { scripts/better-auth.sh; }
openapi() { SCHEMATHESIS=$tools/schemathesis/bin/st target/debug/with-app rate_limit_per_minute=0 chat_rate_limit=0/300 -- tests/contracts/openapi/run.sh; }
mcp_clients() {
  with_mcp npm --prefix tests/clients/mcp test \
    && cargo fmt --manifest-path tests/clients/mcp/rmcp/Cargo.toml --check \
    && with_mcp cargo test --quiet --locked --target-dir target/rmcp --manifest-path tests/clients/mcp/rmcp/Cargo.toml
}
mcp_hosts() { with_mcp npm --prefix tests/clients/hosts test; }
mcp_conformance() { with_mcp npm --prefix tests/clients/mcp run conformance; }
with_mcp() { PATH=$mcp_node:$PATH target/debug/with-app "$@"; }
up() { tests/deploy/local/env-names.sh && tests/deploy/local/make-up.sh && tests/deploy/local/move-in.sh; }

steps=("$@")
[ $# -gt 0 ] || steps=("${all_steps[@]}")
for step in "${steps[@]}"; do
  case " ${all_steps[*]} ${more_steps[*]} " in *" $step "*) ;; *) die "there is no step $step; the steps are: ${all_steps[*]} ${more_steps[*]}." ;; esac
done
runs_browser() { runs browser || runs screenshots || runs lighthouse; }
runs_mcp() { runs mcp_clients || runs mcp_hosts || runs mcp_conformance; }
# Steps that start the app, by with-app or in the tests: they need PostgreSQL, and Node for the stand-ins.
runs_app() { runs release || runs rust_tests || runs sql || runs_browser || runs firefox || runs webkit || runs evaluation || runs assistant || runs better_auth || runs openapi || runs_mcp; }
runs() { case " ${steps[*]} " in *" $1 "*) ;; *) return 1 ;; esac; }

# Everything that is missing is reported now, not half an hour later.
missing=$(
  have cc || apt_install gcc libc6-dev || :
  missing_rust
  if runs ui || runs build || runs_app || runs up; then missing_node; fi
  if runs scripts || runs release; then missing_shellcheck; fi
  if runs chart || runs release; then missing_chart_tools; fi
  if runs release; then missing_program buildah; missing_program podman; fi
  if runs_app || runs up; then missing_postgres; fi
  if runs scripts || runs code || runs supply_chain || runs chart || runs release || runs_mcp || runs openapi || runs assistant; then missing_python; fi
  if runs assistant; then missing_java; fi
  if runs up || runs openapi || runs release; then missing_program curl; fi
)
[ -z "$missing" ] || die "the tests cannot run yet:
$missing"
if runs ui || runs build; then install_packages ui; fi
if runs ui || runs rust_tests || runs sql || runs_browser || runs firefox || runs webkit || runs evaluation || runs assistant || runs better_auth || runs up; then install_packages tests; fi
if runs_browser; then
  missing=$(missing_chromium)
  [ -z "$missing" ] || die "$missing"
  find_chromium || : # empty: Playwright's own
  export CHROMIUM
fi
if runs firefox; then
  find_firefox || : # empty: not tested
  export FIREFOX
fi
if runs webkit; then
  find_webkit || : # empty: not tested
  export WEBKIT
fi
if runs_mcp; then install_mcp_clients; fi
if runs mcp_hosts; then install_mcp_hosts; fi
if runs assistant; then install_python "$tools/assistant" tests/contracts/requirements.txt; fi
if runs openapi; then install_python "$tools/schemathesis" tests/contracts/openapi/requirements.txt; fi
scripts/wasm-target.sh
if runs_app && [ -z "${TEST_DATABASE_URL-}" ]; then
  scratch=$(mktemp -d)
  chmod 755 "$scratch"
  export POSTGRES_DIR=$scratch/postgres POSTGRES_DURABLE=no
  trap 'scripts/postgres.sh remove; rm -rf "$scratch"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  # The tests make hundreds of databases, and a worker that visits each of them takes a tenth of a core.
  POSTGRES_OPTIONS='-c autovacuum=off' scripts/postgres.sh start
  TEST_DATABASE_URL=$(scripts/postgres.sh url)
  export TEST_DATABASE_URL
  unset POSTGRES_DURABLE
fi

times=()
for step in "${steps[@]}"; do
  say "== $step"
  began=$SECONDS
  code=0
  "$step" || code=$?
  [ "$code" = 0 ] || die "$step failed after $((SECONDS - began)) s; run it alone with \`scripts/test.sh $step\`. Passed before it: ${#times[@]} of ${#steps[@]} steps."
  times+=("$step $((SECONDS - began)) s")
  say "== ${times[${#times[@]} - 1]}"
done
printf '%s\n' '' "${times[@]}"
say "${#times[@]} steps passed, 0 failed ($SECONDS s)"
