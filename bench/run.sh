#!/usr/bin/env bash
# Measures the app beside an empty component and one with a bare query, in one run on a database of its own, and writes the
# numbers to bench/README.md. Build first (`make build`). SECONDS_EACH=10 ROUNDS=3 CONNECTIONS=16
# RUNTIME  `host`, the default, or `spin`, which must be on PATH
set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh
. scripts/test-tools.sh
. bench/table.sh
seconds=${SECONDS_EACH:-10} rounds=${ROUNDS:-3} connections=${CONNECTIONS:-16} port=${PORT:-3917} runtime=${RUNTIME:-host}
base=http://127.0.0.1:$port
why=$(missing_program wrk)
[ -z "$why" ] || die "$why"
[ -x target/debug/todo-host ] || die "the app is not built: run \`make build\`."
cargo build --quiet --release --target wasm32-wasip2 -p bench-empty -p bench-query

scratch=$(mktemp -d)
chmod 755 "$scratch"
export POSTGRES_DIR=$scratch/postgres
host=''
stop_app() {
  [ -n "$host" ] || return 0
  kill -INT -- "$host" 2>/dev/null || : # the whole group: `spin up` has a child
  wait "${host#-}" 2>/dev/null || :
  host=''
}
stop() {
  stop_app
  scripts/postgres.sh remove >/dev/null 2>&1 || :
  rm -rf "$scratch"
}
trap stop EXIT
scripts/postgres.sh start >/dev/null
database=$(scripts/postgres.sh url)
sql() { psql "$database" -qAtX -v ON_ERROR_STOP=1 "$@"; }
PATH=$PATH:$(compgen -G '/usr/lib/postgresql/*/bin' | tail -n 1)

ln -s "$PWD/target" "$scratch/target"
cat spin.toml bench/spin.toml.part >"$scratch/spin.toml"
serve() {
  local address=${database##*@} command
  export SPIN_VARIABLE_DATABASE_URL=$database SPIN_VARIABLE_DATABASE_ADDRESS=${address%%/*} SPIN_VARIABLE_BETTER_AUTH_URL=$base \
    SPIN_VARIABLE_BETTER_AUTH_SECRET=a-secret-for-the-bench-forty-characters SPIN_VARIABLE_MAX_TASKS_PER_USER=1000000000 \
    SPIN_VARIABLE_RATE_LIMIT_PER_MINUTE=100000000
  case $runtime in
    host) command=(target/debug/todo-host up --quiet --manifest "$scratch/spin.toml" --cache-dir target/host-cache) ;;
    spin) command=(spin up --quiet -f "$scratch/spin.toml") ;;
    *) die "RUNTIME is host or spin." ;;
  esac
  set -m # in a process group of its own, as from a terminal
  "${command[@]}" --state-dir "$scratch/state" --listen "127.0.0.1:$port" >"$scratch/host.log" 2>&1 &
  set +m
  host=-$!
  local tries=0
  until curl -fsS "$base/ready" >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 -- "$host" 2>/dev/null; then
      cat "$scratch/host.log" >&2
      die "the app does not get ready."
    fi
    sleep 0.2
  done
}

sign_up() { # name; sets user and owner, which is "id token"
  local jar=$scratch/cookies
  rm -f "$jar"
  user=$(curl -fsS -c "$jar" -H 'content-type: application/json' -H "origin: $base" "$base/api/auth/sign-up/email" \
    -d "{\"name\":\"$1\",\"email\":\"$1@example.com\",\"password\":\"correct horse battery\"}" | jq -r .user.id)
  owner="$user $(curl -fsS -b "$jar" "$base/api/auth/token" | jq -r .token)"
}

fill() { # user, how many tasks
  sql -c "insert into task (user_id, id, title, description, completed)
            select '$1', n, 'Task number ' || n, 'Something to do, number ' || n, n % 3 = 0 from generate_series(1, $2) n;
          insert into task_counter (user_id, last_id, live) values ('$1', $2, $2)
            on conflict (user_id) do update set last_id = $2, live = $2;"
}

# name method path body spread: a line "requests/s p99"; anything but 2xx is a failure.
measure() {
  local result
  result=$(OWNERS=$owner METHOD=$2 URL_PATH=$3 BODY=$4 SPREAD=$5 wrk -t2 -c"$connections" -d"${seconds}s" --latency \
    -s bench/request.lua "$base" | sed -n 's/^RESULT //p')
  [ "${result##* }" = 0 ] || die "$1: ${result##* } requests failed."
  echo "$1 ${result% *}" >>"$scratch/results"
}

serve
# One owner's creations wait for each other: each gets the next number.
all=''
for number in $(seq "$connections"); do
  sign_up "one$number"
  all+=${all:+,}$owner
done
sign_up few; few=$user few_owner=$owner
sign_up many; many=$user many_owner=$owner
fill "$few" 10
fill "$many" 100000
sql -c 'vacuum analyze task'

call='{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tasks","arguments":{"limit":20}}}'
for _ in $(seq "$rounds"); do
  owner=$many_owner
  measure empty GET /bench/empty '' 1
  measure query GET '/bench/query?%o' '' 1
  measure list GET "/api/%o/tasks?limit=20" '' 1
  measure complete PATCH "/api/%o/tasks/%d/complete" '{"completed":%b}' 1000
  measure tool POST /mcp "$call" 1
  measure query GET '/bench/query?%o' '' 1
  measure list10_of_many GET "/api/%o/tasks?limit=10" '' 1
  owner=$all
  measure create POST /api/%o/tasks '{"title":"Task %d"}' 1000000
  owner=$few_owner
  measure list10_of_few GET "/api/%o/tasks?limit=10" '' 1
done

explain() {
  sql -c "explain (analyze, buffers, costs off, timing off, summary off)
    select id, title, description, completed, created_at, updated_at from task
    where user_id = '$1' order by id limit 11"
}
if [ "$runtime" = spin ]; then
  python3 bench/report.py "$scratch/results" >"$scratch/table"
  write_table spin "$scratch/table"
  exit
fi
{
  python3 bench/report.py "$scratch/results"
  # shellcheck disable=SC2016 # a fence of Markdown
  printf '\nThe list of an owner of 100,000 tasks, and of one of 10:\n\n```\n%s\n\n%s\n```\n' "$(explain "$many")" "$(explain "$few")"
} >"$scratch/table"
write_table numbers "$scratch/table"
