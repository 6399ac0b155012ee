#!/usr/bin/env bash
# Measures requests to the app, to an empty component, to one with a bare query, and to the same list in Python (bench/peers/fastapi), in one
# run on a private database, and writes the numbers into bench/README.md. Build first (`make build`).
# SECONDS_EACH  seconds for each row; default: 10
# ROUNDS        how often each row is measured; default: 3
# CONNECTIONS   default: 16
# OWNERS        how many users add and complete tasks; default: 64
# PORT          a free port; default: 3917. The peer takes the next one
# RUNTIME       `host`, the default, or `spin`, which must be on PATH
set -eu
. "$(dirname "$0")/../scripts/lib.sh"
export PORT=${PORT:-3917}
seconds=${SECONDS_EACH:-10} rounds=${ROUNDS:-3} connections=${CONNECTIONS:-16} owners=${OWNERS:-64}
. bench/app.sh
. bench/users.sh
why=$(missing_program wrk; missing_program curl; missing_program jq; missing_python)
[ -z "$why" ] || die "$why"
install_python "$tools/bench-fastapi" bench/peers/fastapi/requirements.txt
cargo_build --release --target wasm32-wasip2 "${components[@]}" -p bench-empty -p bench-query -p bench-empty-warm -p bench-query-warm

ln -s "$PWD/target" "$scratch/target"
cat spin.toml bench/spin.toml.part >"$scratch/spin.toml"
start_app "$scratch/spin.toml" max_tasks_per_user=1000000000 rate_limit_per_minute=100000000
PATH=$PATH:$(compgen -G '/usr/lib/postgresql/*/bin' | tail -n 1)
sql() { psql "$database" -qAtX -v ON_ERROR_STOP=1 "$@"; }

# Starts the peer with a worker for each core, as uvicorn's documentation proposes. Sets peer, its process.
start_peer() {
  DATABASE_URL=$database ISSUER=$base "$tools/bench-fastapi/bin/uvicorn" --app-dir bench/peers/fastapi main:app --workers "$(nproc)" \
    --loop uvloop --http httptools --no-access-log --log-level warning --port "$((PORT + 1))" >"$scratch/peer" 2>&1 &
  peer=$!
  others+=("$peer")
  until curl -sS -o /dev/null "$peer_base/openapi.json" 2>/dev/null; do
    # A worker that fails is started again and again.
    if grep -q Traceback "$scratch/peer"; then tail -n 5 "$scratch/peer" >&2; die "the Python peer does not start."; fi
    sleep 0.2
  done
}

# fill USER COUNT COMPLETED: gives the user tasks 1 to COUNT, of which every second is due, within some years around today. A task n is done if COMPLETED.
fill() {
  sql -c "insert into todo.task (user_id, id, title, description, completed, due_day)
            select '$1', n, 'Task number ' || n, 'Something to do, number ' || n, $3,
              case when n % 2 = 0 then current_date + (n / 2) % 2000 - 1000 end
            from generate_series(1, $2) n;
          insert into todo.task_counter (user_id, last_id, live) values ('$1', $2, $2)
            on conflict (user_id) do update set last_id = $2, live = $2;"
}

# Prints the microseconds of CPU that the measured server and PostgreSQL have used so far.
cpu() { python3 bench/cpu_time.py "$process" "$(head -n 1 "$POSTGRES_DIR/data/postmaster.pid")"; }

# load SECONDS FIRST METHOD PATH BODY SPREAD: sends requests, from number FIRST on, and prints "requests/s p50 p99 requests failures".
load() {
  OWNERS=$owner CREDENTIAL=$credential FIRST=$2 METHOD=$3 URL_PATH=$4 BODY=$5 SPREAD=$6 ROUND=$round wrk -t2 -c"$connections" -d"${1}s" --latency \
    -s bench/request.lua "$server" | sed -n 's/^RESULT //p'
}

# measure NAME METHOD PATH BODY SPREAD: writes a line "name requests/s p50 p99 CPU-of-the-server CPU-of-PostgreSQL", the CPU in microseconds a
# request; any status but 2xx is a failure. A second before is not measured: instances start and connections are opened in it.
measure() {
  local result rate p50 p99 count failed server_before database_before server_after database_after
  load 1 1 "${@:2}" >/dev/null
  read -r server_before database_before <<<"$(cpu)"
  result=$(load "$seconds" 501 "${@:2}")
  read -r server_after database_after <<<"$(cpu)"
  read -r rate p50 p99 count failed <<<"$result"
  [ "$failed" = 0 ] || die "$1: $failed requests failed."
  echo "$1 $rate $p50 $p99 $(((server_after - server_before) / count)) $(((database_after - database_before) / count))" >>"$scratch/results"
}

# Writes of one owner wait for each other; so there are many owners.
all=''
for number in $(seq "$owners"); do
  sign_up "one$number"
  all+=${all:+,}$owner
  fill "$user" 1000 false
done
sign_up few; few=$user few_owner=$owner
sign_up many; many=$user many_owner=$owner many_session=$session
fill "$few" 10 'n % 3 = 0'
fill "$many" 100000 'n % 3 = 0'
sql -c "update todo.task set due_day = current_date where user_id = '$few'" -c 'vacuum analyze todo.task'

# Both lists must have the same tasks. The members of a task that the predecessor had, with times to the millisecond.
tasks_of_predecessor='map({user_id, id, title, description, completed} + ({created_at, updated_at} | map_values(.[:23])))'
peer_base=http://127.0.0.1:$((PORT + 1))
start_peer
list_of() { curl -fsS -H "authorization: ${many_owner#* }" "$1/api/$many/tasks?limit=20" | jq -S "$tasks_of_predecessor"; }
diff <(list_of "$base") <(list_of "$peer_base") || die "the Python peer returns another list than the app."
[ "$(curl -s -o /dev/null -w '%{http_code}' -H "authorization: ${few_owner#* }" "$peer_base/api/$many/tasks")" = 403 ] || die "the Python peer lets others in."
[ "$(curl -s -o /dev/null -w '%{http_code}' -H "authorization: ${many_owner#* }x" "$peer_base/api/$many/tasks")" = 401 ] || die "the Python peer checks no token."

today='/api/%o/tasks?due=today&status=pending&sort=due&limit=7'
call='{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tasks","arguments":{"limit":20}}}'
for round in $(seq "$rounds"); do
  server=$base process=$app credential=authorization owner=$many_owner
  measure empty GET /bench/empty '' 1
  measure query GET '/bench/query?%o' '' 1
  measure empty_warm GET /bench/empty-warm '' 1
  measure query_warm GET '/bench/query-warm?%o' '' 1
  measure list GET "/api/%o/tasks?limit=20" '' 1
  measure tool POST /mcp "$call" 1
  measure query GET '/bench/query?%o' '' 1
  server=$peer_base process=$peer
  measure fastapi GET "/api/%o/tasks?limit=20" '' 1
  server=$base process=$app credential=cookie owner=$many_session
  measure session GET /api/auth/get-session '' 1
  credential=authorization owner=$many_owner
  measure list10_of_many GET "/api/%o/tasks?limit=10" '' 1
  measure today_of_many GET "$today" '' 1
  owner=$all
  measure complete PATCH "/api/%o/tasks/%d/complete" '{"completed":%b}' 1000
  measure create POST /api/%o/tasks '{"title":"Task %d"}' 1000000
  measure create_due POST /api/%o/tasks '{"title":"Task %d","due":"2199-12-01T17:00","repeat":"FREQ=WEEKLY"}' 1000000
  owner=$few_owner
  measure list10_of_few GET "/api/%o/tasks?limit=10" '' 1
  measure today_of_few GET "$today" '' 1
done

explain() {
  sql -c "explain (analyze, buffers, costs off, timing off, summary off)
    select id, title, description, completed, created_at, updated_at from todo.task
    where user_id = '$1' order by id limit 11"
}
if [ "${RUNTIME:-host}" = spin ]; then
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
