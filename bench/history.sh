#!/usr/bin/env bash
# Measures what the history costs PostgreSQL (processor time of an addition and of a completion, with it and without, in turn), and shows
# how searches and filters of an owner with 100,000 tasks are planned. Needs neither the app nor Wasm, only PostgreSQL. Writes into
# bench/README.md.
# CALLS      calls of each row in a round; default: 200
# ROUNDS     how often each row is measured; default: 20
# TASKS      tasks of the owner whose plans are shown; default: 100000
# SERVER_URL a server on which to make a database, instead of a private one
set -eu
. "$(dirname "$0")/../scripts/lib.sh"
. bench/table.sh
calls=${CALLS:-200} rounds=${ROUNDS:-20} tasks=${TASKS:-100000}
PATH=$PATH:$(compgen -G '/usr/lib/postgresql/*/bin' | tail -n 1)
have psql || die "psql is missing: get it with \`apt-get install postgresql\`."
scratch=$(mktemp -d)
chmod 755 "$scratch" # for the user that runs PostgreSQL
export POSTGRES_DIR=$scratch/postgres
name=bench_history_$$
server=${SERVER_URL:-}
[ -n "$server" ] || { scripts/postgres.sh start >/dev/null; server=$(scripts/postgres.sh url); }
database=${server%/*}/$name
# shellcheck disable=SC2329 # the trap calls it
end() {
  psql "$server" -qXc "drop database if exists $name" -c "drop database if exists ${name}_bare" || :
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

# The statements of 16 owners in turn, each with 30 tasks.
owner="('bench' || lpad('OWNER', 27, '0'))"
actor="'{\"actor\": \"ACTOR\"}'"
new="'{\"title\": \"Buy two litres of milk\", \"title_key\": \"buy two litres of milk\", \"title_search\": \"buy two litres of milk\"}'"
# shellcheck disable=SC2016 # parameters of statements
{ statement add_task.sql | sed -e "s/\$1::text/$owner/g" -e "s/\$2::/$new::/" -e 's/$3::/1000000000::/' -e 's/$4::/null::/' -e "s/\$5::/$actor::/"; echo ';'; } | tr '\n' ' ' >"$scratch/add"
# shellcheck disable=SC2016
{ statement update_task.sql | sed -e "s/\$1::text/$owner/g" -e 's/$2::/TASK::/g' -e "s/\$3::/'{\"completed\": DONE}'::/" -e 's/$4::/null::/' -e "s/\$5::/$actor::/"; echo ';'; } | tr '\n' ' ' >"$scratch/complete"

# statements KIND ACTOR COUNT
statements() {
  awk -v actor="$2" -v count="$3" -v seed="$RANDOM" 'BEGIN { srand(seed) } {
    for (n = 1; n <= count; n++) {
      line = $0; gsub(/OWNER/, n % 16 + 1, line); gsub(/ACTOR/, actor, line)
      gsub(/TASK/, int(rand() * 30) + 1, line); gsub(/DONE/, rand() < 0.5 ? "true" : "false", line); print line
    }
  }' "$scratch/$1"
}

# measure NAME KIND ACTOR DATABASE: writes a line "name microseconds" of the processor time of the server's process for a call, once it is warm.
measure() {
  # shellcheck disable=SC2016 # psql runs it
  local spent='\! cut -d " " -f 1 "/proc/$SERVER/schedstat"'
  { printf 'select pg_backend_pid() as pid \\gset\n\\setenv SERVER :pid\n\\o /dev/null\n'; statements "$2" "$3" 50; echo "$spent"; statements "$2" "$3" "$calls"; echo "$spent"; } >"$scratch/script"
  psql "$4" -qAtX -v ON_ERROR_STOP=1 -f "$scratch/script" >"$scratch/spent"
  awk -v name="$1" -v calls="$calls" 'NR == 1 { begin = $1 } NR == 2 { printf "%s %d\n", name, ($1 - begin) / 1000 / calls }' "$scratch/spent" >>"$scratch/results"
}

# Without: the triggers are off, and what the actor `none` does is not kept.
psql "$server" -qXc "create database ${name}_bare template $name"
psql "${database}_bare" -qXc 'alter table todo.task disable trigger task_added, disable trigger task_changed'
for _ in $(seq "$rounds"); do
  for kind in add complete; do
    measure "$kind-with" "$kind" page "$database"
    measure "$kind-without" "$kind" none "${database}_bare"
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
