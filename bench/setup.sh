#!/usr/bin/env bash
# Measures the set-up in a fresh clone of the last commit: seconds until `make up` serves, cold (nothing is built; downloads of
# cargo and npm are cached as on this machine) and warm, the size of each component, and the resident memory of the host.
# PORT  a free port; default: 3999
set -eu
cd "$(dirname "$0")/.."
export PORT=${PORT:-3999} RUNTIME=host
base=http://127.0.0.1:$PORT
work=$(mktemp -d)
chmod 755 "$work" # for the user that runs PostgreSQL
git clone -q . "$work/todo"
cd "$work/todo"
up=''
# shellcheck disable=SC2317,SC2329 # the trap calls it
tidy() {
  [ -z "$up" ] || { kill -TERM "$up" 2>/dev/null || :; wait "$up" || :; }
  scripts/postgres.sh remove >/dev/null 2>&1 || :
  rm -rf "$work"
}
trap tidy EXIT

start() {
  local began
  began=$(date +%s%N)
  : >"$work/log" # the loop must not see the line of the start before
  scripts/up.sh >"$work/log" 2>&1 &
  up=$!
  until grep -q 'todo-chatbot runs at' "$work/log"; do
    kill -0 "$up" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.05
  done
  printf '| make up, %s | %s s |\n' "$1" "$(((($(date +%s%N) - began) / 100000000 + 5) / 10))"
}
stop() { kill -TERM "$up"; wait "$up" || :; up=''; }

# Prints the resident memory of the host that runs in this clone, in MB.
memory() {
  local process
  for process in /proc/[0-9]*; do
    if [ "$(readlink "$process/cwd")" = "$PWD" ] && [ "$(cat "$process/comm" 2>/dev/null)" = todo-host ]; then
      awk '/^VmRSS/ { printf "%d", $2 / 1000 }' "$process/status"
      return
    fi
  done
}

printf '| what | cost |\n|---|---|\n'
start 'cold'
stop
start 'warm'
printf '| resident memory, just started | %s MB |\n' "$(memory)"
jar=$work/jar
id=$(curl -sS -c "$jar" "$base/api/auth/sign-up/email" -H 'content-type: application/json' \
  -d '{"name":"Ann","email":"ann@example.com","password":"correct horse battery"}' | sed 's/.*"id":"\([^"]*\)".*/\1/')
token=$(curl -sS -b "$jar" "$base/api/auth/token" | sed 's/.*"token":"\([^"]*\)".*/\1/')
for _ in 1 2 3; do
  curl -sS -o /dev/null -H "authorization: Bearer $token" "$base/api/$id/tasks?limit=[1-100]"
  curl -sS -o /dev/null "$base/?[1-100]"
  curl -sS -o /dev/null -H "authorization: Bearer $token" -H 'content-type: application/json' -d '{"message":"add a task to rest"}' "$base/api/$id/chat"
done
printf '| resident memory, after 600 requests | %s MB |\n' "$(memory)"
stop
for module in target/wasm32-wasip2/release/*.wasm; do
  printf '| %s | %s KB |\n' "$(basename "$module")" "$(($(wc -c <"$module") / 1000))"
done
