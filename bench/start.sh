#!/usr/bin/env bash
# Measures what a start of each part of the chart costs: with modules that have to be compiled, as in each pod of the image, and with modules that were
# compiled before, as on a node that has the artifact of `make push`. Writes its table into bench/README.md.
set -eu
. "$(dirname "$0")/../scripts/lib.sh"
. bench/table.sh
[ -x target/debug/todo-host ] || die "the app is not built: run \`make build\`."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export SPIN_VARIABLE_DATABASE_URL=postgres://nobody@127.0.0.1:1/none SPIN_VARIABLE_BETTER_AUTH_SECRET=a-secret-for-the-bench-forty-characters

# Prints CPU seconds and seconds of the first response of these components.
first_response() {
  local component components=() TIMEFORMAT='%U %S %R'
  for component in $1; do components+=(--component "$component"); done
  { time target/debug/todo-host request --quiet --state-dir "$scratch/state" --cache-dir "$scratch/cache" "${components[@]}" GET /health >/dev/null 2>"$scratch/log"; } \
    2>&1 | awk '{ printf "%.1f s, %.1f s", $1 + $2, $3 }'
}

{
  printf '\n%s, %s cores, load average%s.\n\n| part | modules | compiled: CPU, time | compiled before |\n|---|---:|---:|---:|\n' \
    "$(date +%F)" "$(nproc)" "$(cut -d ' ' -f 1-3 /proc/loadavg | sed 's/^/ /')"
  for part in 'frontend web health' 'backend auth session tasks chat clock health' 'mcp mcp health'; do
    rm -rf "$scratch/cache" "$scratch/state"
    modules=()
    for component in ${part#* } task_store; do
      case "$component $part" in task_store\ frontend*) ;; *) modules+=("target/wasm32-wasip2/release/$component.wasm") ;; esac
    done
    printf '| %s (%s) | %s MB | %s | %s |\n' "${part%% *}" "${part#* }" "$(cat "${modules[@]}" | wc -c | awk '{ printf "%.1f", $1 / 1e6 }')" \
      "$(first_response "${part#* }")" "$(first_response "${part#* }")"
  done
  echo
} >"$scratch/table"
write_table start "$scratch/table"
