#!/usr/bin/env bash
# Sets everything up and serves the app on http://localhost:$PORT until Ctrl-C, which stops everything that this started.
# STATE_DIR  the folder of the key-value store; default: .spin
# RUNTIME    `spin` or `host`; default: spin if PATH has a version that is new enough, else the host of this project
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/env.sh

spin_major() { spin --version 2>/dev/null | sed -n 's/^spin \([0-9]*\)\..*/\1/p'; }
spin_is_new_enough() { local major; major=$(spin_major); [ "${major:-0}" -ge 4 ]; }

choose_runtime() {
  case ${RUNTIME-} in
    host) runtime=host ;;
    spin) runtime=spin; spin_is_new_enough || die "RUNTIME=spin needs Spin 4.0 or newer on PATH: install it (https://spinframework.dev), or use RUNTIME=host." ;;
    '') runtime=host; ! spin_is_new_enough || runtime=spin ;;
    *) die "RUNTIME must be host or spin." ;;
  esac
}

# Prints the response to GET $1 with its status line. HTTP/1.0, so that the server closes the connection. Needs no curl.
get() {
  {
    printf 'GET %s HTTP/1.0\r\nHost: localhost:%s\r\n\r\n' "$1" "$PORT" >&5
    tr -d '\r' <&5
  } 5<>"/dev/tcp/127.0.0.1/$PORT"
}

serve() {
  local command=(target/debug/todo-host up --quiet --cache-dir target/host-cache) # the components log each request
  [ "$runtime" = host ] || command=(spin up)
  set -m # a process group of its own: Ctrl-C reaches only this script, which stops things in order
  "${command[@]}" --listen "127.0.0.1:$PORT" --state-dir "${STATE_DIR:-.spin}" </dev/null &
  server=$!
  set +m
}

await_health() {
  local response until=$((SECONDS + 60))
  while kill -0 "$server" 2>/dev/null && [ $SECONDS -lt $until ]; do
    response=$(get /health 2>/dev/null) || response=''
    case $response in HTTP/1.?' 200'*) return ;; esac
    sleep 0.1
  done
  die "the app does not respond on port $PORT; its messages are above."
}

# shellcheck disable=SC2317,SC2329 # the traps call it
stop() {
  trap '' INT TERM HUP
  trap - EXIT
  if [ -n "$server" ]; then
    kill -INT -- "-$server" 2>/dev/null || :
    wait "$server" 2>/dev/null || :
  fi
  [ -z "$postgres_started" ] || scripts/postgres.sh stop || say "PostgreSQL did not stop: try \`scripts/postgres.sh stop\`." >&2
  exit "$1"
}

server='' postgres_started=''
choose_runtime
! accepts_connections "127.0.0.1:$PORT" || die "port $PORT is taken: stop what listens there, or choose another port with \`make up PORT=3001\`."
give_all
scripts/build.sh
trap 'stop 130' INT
trap 'stop 0' TERM HUP
trap 'stop 1' EXIT
open_database
ready=$(request_ready) || die "the app cannot use the $database_shown; the reason is above."
show_sentences "$ready"
serve
await_health

model=$(setting GEMINI_MODEL)
model=${model:-$(sed -n 's/^gemini_model = { default = "\(.*\)" }/\1/p' spin.toml)}
assistant="offline (set GEMINI_API_KEY in .env to talk to Gemini)"
[ -z "${SPIN_VARIABLE_GEMINI_API_KEY-}" ] || assistant="Gemini, model $model"
[ "$runtime" = host ] || runtime="Spin $(spin --version | cut -d ' ' -f 2)"
[ "$runtime" != host ] || runtime="host (this project's own; Spin is not used)"
say "
  todo-chatbot runs at http://localhost:$PORT
    runtime    $runtime
    database   $database_shown
    assistant  $assistant
  Ctrl-C stops it.
"
code=0
wait "$server" || code=$?
server=''
say "error: the app stopped by itself with status $code; its messages are above." >&2
exit 1
