#!/usr/bin/env bash
# Measures requests to the app, to an empty component and to one with a bare query, in one run on a private database, and writes
# the numbers into bench/README.md. Build first (`make build`).
# SECONDS_EACH  seconds for each row; default: 10
# ROUNDS        how often each row is measured; default: 3
# CONNECTIONS   default: 16
# PORT          a free port; default: 3917
# RUNTIME       `host`, the default, or `spin`, which must be on PATH
set -eu
. "$(dirname "$0")/../scripts/lib.sh"
export PORT=${PORT:-3917}
seconds=${SECONDS_EACH:-10} rounds=${ROUNDS:-3} connections=${CONNECTIONS:-16}
. bench/app.sh
why=$(missing_program wrk; missing_program curl; missing_program jq)
[ -z "$why" ] || die "$why"
cargo_build --release --target wasm32-wasip2 "${components[@]}" -p bench-empty -p bench-query -p bench-empty-warm -p bench-query-warm

ln -s "$PWD/target" "$scratch/target"
cat spin.toml bench/spin.toml.part >"$scratch/spin.toml"
start_app "$scratch/spin.toml" max_tasks_per_user=1000000000 rate_limit_per_minute=100000000
PATH=$PATH:$(compgen -G '/usr/lib/postgresql/*/bin' | tail -n 1)
sql() { psql "$database" -qAtX -v ON_ERROR_STOP=1 "$@"; }

# sign_up NAME: sets user, and owner, which is "id token".
sign_up() {
  local jar=$scratch/cookies
  rm -f "$jar"
  user=$(curl -fsS -c "$jar" -H 'content-type: application/json' -H "origin: $base" "$base/api/auth/sign-up/email" \
    -d "{\"name\":\"$1\",\"email\":\"$1@example.com\",\"password\":\"correct horse battery\"}" | jq -r .user.id)
  owner="$user $(curl -fsS -b "$jar" "$base/api/auth/token" | jq -r .token)"
}

# fill USER COUNT: gives the user tasks 1 to COUNT, of which every second is due, within some years around today.
fill() {
  sql -c "insert into todo.task (user_id, id, title, description, completed, due_day)
            select '$1', n, 'Task number ' || n, 'Something to do, number ' || n, n % 3 = 0,
              case when n % 2 = 0 then current_date + (n / 2) % 2000 - 1000 end
            from generate_series(1, $2) n;
          insert into todo.task_counter (user_id, last_id, live) values ('$1', $2, $2)
            on conflict (user_id) do update set last_id = $2, live = $2;"
}

# Prints the microseconds of CPU that the app and PostgreSQL have used so far.
cpu() { python3 bench/cpu_time.py "$app" "$(head -n 1 "$POSTGRES_DIR/data/postmaster.pid")"; }

# measure NAME METHOD PATH BODY SPREAD: writes a line "name requests/s p99 CPU-of-the-app CPU-of-PostgreSQL", the CPU in microseconds a
# request; any status but 2xx is a failure.
measure() {
  local result rate p99 count failed app_before database_before app_after database_after
  read -r app_before database_before <<<"$(cpu)"
  result=$(OWNERS=$owner METHOD=$2 URL_PATH=$3 BODY=$4 SPREAD=$5 wrk -t2 -c"$connections" -d"${seconds}s" --latency \
    -s bench/request.lua "$base" | sed -n 's/^RESULT //p')
  read -r app_after database_after <<<"$(cpu)"
  read -r rate p99 count failed <<<"$result"
  [ "$failed" = 0 ] || die "$1: $failed requests failed."
  echo "$1 $rate $p99 $(((app_after - app_before) / count)) $(((database_after - database_before) / count))" >>"$scratch/results"
}

# Additions of one owner wait for each other, because each gets the next number; so there are several owners.
all=''
for number in $(seq "$connections"); do
  sign_up "one$number"
  all+=${all:+,}$owner
done
sign_up few; few=$user few_owner=$owner
sign_up many; many=$user many_owner=$owner
fill "$few" 10
fill "$many" 100000
sql -c "update todo.task set due_day = current_date where user_id = '$few'" -c 'vacuum analyze todo.task'

today='/api/%o/tasks?due=today&status=pending&sort=due&limit=7'
call='{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tasks","arguments":{"limit":20}}}'
for _ in $(seq "$rounds"); do
  owner=$many_owner
  measure empty GET /bench/empty '' 1
  measure query GET '/bench/query?%o' '' 1
  measure empty_warm GET /bench/empty-warm '' 1
  measure query_warm GET '/bench/query-warm?%o' '' 1
  measure list GET "/api/%o/tasks?limit=20" '' 1
  measure complete PATCH "/api/%o/tasks/%d/complete" '{"completed":%b}' 1000
  measure tool POST /mcp "$call" 1
  measure query GET '/bench/query?%o' '' 1
  measure list10_of_many GET "/api/%o/tasks?limit=10" '' 1
  measure today_of_many GET "$today" '' 1
  owner=$all
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
