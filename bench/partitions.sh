#!/usr/bin/env bash
# Shows that a database distributed by user would do: the task table in 16 hash partitions with ROWS tasks of 100,000 users, and the app
# on it. For each kind of request of one user PostgreSQL's counters say which partitions it touched, also inside functions and
# triggers. Writes the table of docs/capacity.md.
# ROWS  how many tasks; default: 10000000 (5 GB of disk, ten minutes)
# PORT  a free port; default: 3995
set -eu
. "$(dirname "$0")/../scripts/lib.sh"
export PORT=${PORT:-3995} RUNTIME=host POSTGRES_DURABLE=no
rows=${ROWS:-10000000}
. bench/app.sh
why=$(missing_program curl; missing_program psql)
[ -z "$why" ] || die "$why"
start_app spin.toml rate_limit_per_minute=0
sql() { psql -qAtX -v ON_ERROR_STOP=1 "$database" "$@"; }

sql -f bench/partitioned.sql
table=$(sql -c "select coalesce(to_regclass('todo.task'), to_regclass('public.task'))")
say "Adding $rows tasks…"
sql -c "set session_replication_role = replica;
  insert into \"user\" (id, name, email, \"emailVerified\") select 'user' || n, 'User', n || '@example.com', true from generate_series(1, 100000) as n;
  insert into $table (user_id, id, title) select 'user' || n % 100000, n / 100000 + 1, 'Task ' || n from generate_series(0, $rows - 1) as n" \
  -c "vacuum analyze $table"

id=$(curl -sS -c "$scratch/jar" "$base/api/auth/sign-up/email" -H 'content-type: application/json' \
  -d '{"name":"Ann","email":"ann@example.com","password":"correct horse battery"}' | sed 's/.*"id":"\([^"]*\)".*/\1/')
token=$(curl -sS -b "$scratch/jar" "$base/api/auth/token" | sed 's/.*"token":"\([^"]*\)".*/\1/')
tasks() { curl -fsS -o /dev/null -H "authorization: Bearer $token" -H 'content-type: application/json' -X "$1" "$base/api/$id/tasks$2" "${@:3}"; }
touched() { sql -c "select relname || ' ' || coalesce(seq_scan, 0) + coalesce(idx_scan, 0) + n_tup_ins + n_tup_upd + n_tup_del from pg_stat_user_tables where relname ~ '^task_[0-9]+\$' order by 1"; }

# measure NAME ARGUMENTS…: one row. An idle connection reports its counters within ten seconds.
measure() {
  local before after
  before=$(touched)
  tasks "${@:2}"
  sleep 11
  after=$(touched)
  printf '| %s | %s of 16 |\n' "$1" "$(diff <(echo "$before") <(echo "$after") | grep -c '^>')"
}

tasks POST '' -d '{"title":"Milk"}'
sleep 11
{
  printf '\n%s tasks, %s bytes each with their indexes.\n\n| request | partitions |\n|---|---:|\n' "$rows" \
    "$(sql -c "select sum(pg_total_relation_size(relid)) / $rows from pg_stat_user_tables where relname ~ '^task_[0-9]+\$'" | cut -d . -f 1)"
  measure 'POST …/tasks' POST '' -d '{"title":"Bread"}'
  measure 'GET …/tasks' GET '?limit=20'
  measure 'GET …/tasks?q=' GET '?q=milk&sort=title'
  measure 'GET …/tasks/{id}' GET /1
  measure 'PATCH …/tasks/{id}' PATCH /1 -d '{"title":"Oat milk"}'
  measure 'PATCH …/tasks/{id}/complete' PATCH /1/complete
  measure 'POST …/tasks/complete' POST /complete -d '{"ids":[1,2]}'
  measure 'POST …/tasks/import' POST /import -d '[{"title":"Eggs"}]'
  measure 'DELETE …/tasks/{id}' DELETE /2
  measure 'POST …/tasks/undo' POST /undo
  echo
} >"$scratch/table"
cat "$scratch/table"
{
  sed '/^<!-- partitions -->$/q' docs/capacity.md
  cat "$scratch/table"
  sed -n '/^<!-- end of partitions -->$/,$p' docs/capacity.md
} >"$scratch/document"
cp "$scratch/document" docs/capacity.md
