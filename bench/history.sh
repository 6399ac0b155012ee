#!/usr/bin/env bash
# Measures what the history costs PostgreSQL (processor time of an addition and of a completion, with its triggers and without, in one run), and shows
# how searches and filters of an owner with 100,000 tasks are planned. Needs neither the app nor Wasm, only PostgreSQL with pgbench. Writes into
# bench/README.md.
# CALLS      calls of each row; default: 3000
# ROUNDS     how often each row is measured; default: 5
# TASKS      tasks of the owner whose plans are shown; default: 100000
# SERVER_URL a server on which to make a database, instead of a private one
set -eu
. "$(dirname "$0")/../scripts/lib.sh"
. bench/table.sh
calls=${CALLS:-3000} rounds=${ROUNDS:-5} tasks=${TASKS:-100000}
PATH=$PATH:$(compgen -G '/usr/lib/postgresql/*/bin' | tail -n 1)
for program in pgbench psql; do have "$program" || die "$program is missing: get it with \`apt-get install postgresql\`."; done
scratch=$(mktemp -d)
chmod 755 "$scratch" # for the user that runs PostgreSQL
export POSTGRES_DIR=$scratch/postgres
measured=0
name=bench_history_$$
server=${SERVER_URL:-}
[ -n "$server" ] || { scripts/postgres.sh start >/dev/null; server=$(scripts/postgres.sh url); }
database=${server%/*}/$name
# shellcheck disable=SC2329 # the trap calls it
end() {
  psql "$server" -qXc "drop database if exists $name" || :
  [ -n "${SERVER_URL:-}" ] || scripts/postgres.sh remove >/dev/null 2>&1 || :
  rm -rf "$scratch"
}
trap end EXIT
sql() { psql "$database" -qAtX -v ON_ERROR_STOP=1 "$@"; }
# statement FILE: the statement without its head.
statement() { grep -v '^--' "components/task-store/sql/$1"; }

psql "$server" -qXc "create database $name"
sql -f components/health/migrate/prepare_schema.sql >/dev/null
for file in migrations/0*.sql; do
  sql -v name="$(basename "$file" .sql)" -v statements="$(cat "$file")" >/dev/null 2>"$scratch/errors" <<<"select todo.apply_migration(:'name', :'statements')" \
    || { cat "$scratch/errors" >&2; die "$file cannot be applied."; }
done
sql -v tasks="$tasks" -f bench/history.sql >/dev/null

# The statements as pgbench sends them: of 16 owners in turn, each with 30 tasks.
owner="('bench' || lpad(:u::text, 27, '0'))"
# shellcheck disable=SC2016 # parameters of statements
{
  printf '\\set u random(1, 16)\n'
  statement add_task.sql | sed -e "s/\$1::text/$owner::text/g" -e 's/$2::jsonb/:new::jsonb/' -e 's/$3::bigint/1000000000::bigint/' -e 's/$4::text/null::text/' -e 's/$5::text/:actor::text/' | tr '\n' ' '
} >"$scratch/add"
# shellcheck disable=SC2016
{
  printf '\\set u random(1, 16)\n\\set t random(1, 30)\n\\set b random(0, 1)\n'
  statement update_task.sql | sed -e "s/\$1::text/$owner::text/g" -e 's/$2::bigint/:t::bigint/g' -e 's/$3::jsonb/jsonb_build_object($$completed$$, :b::int = 1)/' -e 's/$4::text\[\]/null::text[]/' -e 's/$5::text/:actor::text/' | tr '\n' ' '
} >"$scratch/complete"
new='{"title": "Buy two litres of milk", "title_key": "buy two litres of milk", "title_search": "buy two litres of milk"}'

# measure NAME: writes a line "name microseconds" of the processor time of the server's process.
measure() {
  local client server_process='' used=0 now=''
  measured=$((measured + 1)) # names the connection, since that of the call before may not be gone yet
  PGAPPNAME=bench-$measured pgbench -n -M extended -c 1 -t "$calls" -D new="$new" -D actor='{"actor":"page"}' -f "$scratch/${1%%-*}" "$database" >"$scratch/pgbench" 2>&1 &
  client=$!
  while kill -0 "$client" 2>/dev/null; do
    [ -n "$server_process" ] || server_process=$(sql -c "select pid from pg_stat_activity where datname = current_database() and application_name = 'bench-$measured' limit 1")
    [ -z "$server_process" ] || now=$(cut -d ' ' -f 1 "/proc/$server_process/schedstat" 2>/dev/null || :)
    used=${now:-$used}
    sleep 0.02
  done
  wait "$client" || { cat "$scratch/pgbench" >&2; die "$1 failed."; }
  echo "$1 $((used / 1000 / calls))" >>"$scratch/results"
}

triggers() { sql -c "alter table todo.task $1 trigger task_added, $1 trigger task_changed"; }
for _ in $(seq "$rounds"); do
  for what in add complete; do
    measure "$what-with"
    triggers disable
    measure "$what-without"
    triggers enable
  done
done
python3 bench/history_report.py "$scratch/results" >"$scratch/table"
write_table history "$scratch/table"

# shellcheck disable=SC2016 # Markdown
# plan TITLE FILE FILTER ARGUMENT…: how a page of 100 tasks is read: the lines that name what is read.
plan() {
  local title=$1 file=$2 filter=$3
  shift 3
  { echo "prepare listed as"; statement "list/$file.sql"; echo ";"; echo "explain (analyze, costs off, timing off, summary on) execute listed ('${owner_of_plans:-bench-many}', 101, '$filter', null${*:+, $*});"; } >"$scratch/plan"
  sql -f "$scratch/plan" >"$scratch/explained"
  printf '| %s | %s | %s ms |\n' "$title" \
    "$(sed -nE 's/.*(->  |^ *)((Bitmap )?Index (Only )?Scan( Backward)? (using|on) task_[a-z_]+).*/\2/p; s/.*(->  )?(Seq Scan on task) .*/\2/p' "$scratch/explained" | sed -E 's/.* (using|on) (task[a-z_]*)/`\2`/' | sort -u | paste -sd ' ')" \
    "$(sed -n 's/^Execution Time: \(.*\) ms/\1/p' "$scratch/explained")"
}
# shellcheck disable=SC2016 # Markdown
{
  printf '\n| page of 100 of %s tasks | indexes that are read | time |\n|---|---|---:|\n' "$tasks"
  plan '`q=passport lamp`' by_id '{"words": ["%passport%", "%lamp%"], "terms": ["passport", "lamp"], "searchable": true}'
  owner_of_plans=bench-some plan '`q=passport lamp` of 10000 tasks' by_id '{"words": ["%passport%", "%lamp%"], "terms": ["passport", "lamp"], "searchable": true}'
  plan '`q=zirk`, which is nowhere' by_id '{"words": ["%zirk%"], "terms": ["zirk"], "searchable": true}'
  plan '`q=#77`' by_id '{"number": 77, "searchable": true}'
  plan '`status=pending`' by_id '{"completed": false}'
  plan '`priority=high`' by_id '{"priority": 1}'
  plan '`due=today`' by_due '{"due": "today"}' null
  plan '`due=overdue`' by_due '{"due": "overdue"}' null
  plan '`due=none`' by_id '{"due": "none", "searchable": true}'
  plan '`due_before=2026-01-01`' by_due '{"due_before": "2026-01-01"}' null
  plan '`tag=home`' by_id '{"tags": ["home"]}'
  plan '`list=Home`' by_id '{"list": "home"}'
  plan '`list=` (inbox)' by_id '{"list": "", "searchable": true}'
  plan '`parent=7`' by_id '{"parent": 7}'
  plan '`sort=title`' by_title '{"searchable": true}' null
  plan '`sort=-title`' by_title_desc '{"searchable": true}' null
  plan '`sort=created_at`' by_created_at '{"searchable": true}' null
  plan '`sort=-updated_at`' by_updated_at_desc '{"searchable": true}' null
  plan '`sort=priority`' by_priority '{}' null
  plan '`sort=due`' by_due '{}' null
  plan '`sort=position`' by_position '{}' null
} >"$scratch/plans"
write_table plans "$scratch/plans"
