#!/usr/bin/env bash
# Moving in by the commands of docs/move-in.md, on a private PostgreSQL: the check tells and changes nothing, the import brings each row
# once. Needs a built tree; leaves .env and .data alone.
set -eu
cd "$(dirname "$0")/../../.."
work=$(mktemp -d)
chmod 755 "$work"
export ENV_FILE=$work/env POSTGRES_DIR=$work/postgres STATE_DIR=$work/state POSTGRES_DURABLE=no
unset DATABASE_URL TEST_DATABASE_URL BETTER_AUTH_SECRET BETTER_AUTH_URL
fail() { printf 'error: %s\n' "$*" >&2; cat "$work/log" >&2; exit 1; }
# shellcheck disable=SC2317,SC2329 # the trap calls it
tidy() {
  scripts/postgres.sh remove >/dev/null 2>&1 || :
  rm -rf "$work"
}
trap tidy EXIT

scripts/postgres.sh start >"$work/log" 2>&1 || fail "PostgreSQL does not start"
DATABASE_URL=$(scripts/postgres.sh url)
export DATABASE_URL
sql() { (cd tests && node --input-type=module -e '
  import pg from "pg";
  const client = new pg.Client(process.env.DATABASE_URL);
  await client.connect();
  const results = [await client.query(process.argv[1])].flat();
  console.log(Object.values(results.at(-1).rows[0] ?? {})[0] ?? "");
  await client.end();' -- "$1"); }
says() { # a command, then words that it must say
  local command=$1 words
  shift
  "$command" >"$work/log" 2>&1 || fail "$command ends with an error"
  for words in "$@"; do
    grep -qF "$words" "$work/log" || fail "$command does not say: $words"
  done
}

sql "$(cat tests/fixtures/better-auth-1.2.sql);
  insert into \"user\" values ('ANN', 'Ann', 'ann@example.com', true, null, now(), now());
  $(cat tests/fixtures/predecessor/serial.sql)" >"$work/log"
says scripts/check-database.sh 0001_initial "This is changed: \"jwks\".\"alg\" is missing" \
  'The table task has 4 rows, tasks of 1 user: they are copied, without 2 rows whose user is not known.' 'Nothing was changed'
[ "$(sql "select count(*) from pg_namespace where nspname = 'todo'")" = 0 ] || fail "the check changes the database"

says scripts/import-predecessor.sh '2 tasks of 1 user came from the table task. 2 rows are left, whose user is not known.'
sql "insert into task (user_id, title, completed, created_at, updated_at) values ('ANN', 'Added later', false, now(), now())" >"$work/log"
says scripts/import-predecessor.sh '3 tasks of 1 user came from the table task.'
says scripts/import-predecessor.sh '3 tasks of 1 user came from the table task.'
says scripts/check-database.sh '3 tasks of 1 user came from the table task.'
[ "$(sql 'select count(*) from todo.task')" = 3 ] || fail "there are $(sql 'select count(*) from todo.task') tasks instead of 3"

sql 'alter table "user" add "extra" text not null default 1; alter table "user" alter "extra" drop default' >"$work/log"
! scripts/check-database.sh >"$work/log" 2>&1 || fail "the check passes with a column that nobody fills"
grep -qF 'It cannot be used: "user"."extra" is not null' "$work/log" || fail "the column is not named"
echo "move in: 1 passed, 0 failed"
