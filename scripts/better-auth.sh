#!/usr/bin/env bash
# Compares this server with the genuine Better Auth on one database. If there are recordings of the genuine one, it replays them,
# each suite on its own app. tests/e2e/auth has their essence too.
# RECORDER  the folder of the recordings; default: ../shared/better-auth-recorder
# SUITES    the names of some suites; default: all
set -eu
. "$(dirname "$0")/lib.sh"
recorder=$(realpath -m "${RECORDER:-../shared/better-auth-recorder}")

export SECRET=ref-secret-0123456789abcdefghijklmnopqrstuvwxyz
with_app=${WITH_APP:-target/debug/with-app}
common=("better_auth_secret=$SECRET" client_address_hops=1)

for first in ours genuine; do
  FIRST=$first "$with_app" "${common[@]}" rate_limit=on -- node --test tests/contracts/better-auth/side-by-side.test.mjs
done

# Databases of genuine servers of other versions, with the tables of the replaced Python service in its four shapes; one with further plugins,
# and one with ids of type uuid, after scripts/better-auth-tables.sql.
versions=tests/contracts/better-auth/versions
install_packages "$versions"
for old in '1.3 serial' '1.6 uuid' '1.7 later_phases' 'newest tag_tables' '1.7.5 serial plugins' 'newest uuid uuid_ids'; do
  # shellcheck disable=SC2086 # two or three words
  OLD=$(node "$versions/make.mjs" $old)
  export OLD
  "$with_app" "${common[@]}" rate_limit=off better_auth_url=http://localhost:3000 "database_url=$(node -p 'JSON.parse(process.env.OLD).url')" -- node --test "$versions/moved-in.test.mjs"
done

[ -e "$recorder/record.mjs" ] || { say "No recordings of Better Auth at hand: nothing to replay."; exit 0; }

started=()
scratch=$(mktemp -d)
# shellcheck disable=SC2317,SC2329 # the trap calls it
stop() {
  [ "${#started[@]}" = 0 ] || kill "${started[@]}" 2>/dev/null || :
  rm -rf "$scratch"
}
trap stop EXIT

free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }

# Starts a stand-in, which prints a line when it listens.
stand_in() {
  local said
  exec 4< <(exec node "$@")
  started+=($!)
  read -r -t 30 said <&4 || die "$1 does not start."
  [ -n "$said" ] || die "$1 says nothing."
}

google=$(free_port)
cp "$recorder/fake-google.mjs" "$scratch/"
ln -s "$PWD/tests/node_modules" "$scratch/node_modules"
stand_in "$scratch/fake-google.mjs" "$google"
mail=$(free_port)
stand_in tests/contracts/better-auth/mail-api.mjs "$mail" replay-key

outbox=(development_mail=true)
api=("mail_api_origin=http://127.0.0.1:$mail" mail_api_key=replay-key
  "mail_from=Todo <todo@example.test>")
export IDTOKEN_URL=http://127.0.0.1:$google/_idtoken
common+=(google_client_id=fake-google-client-id google_client_secret=fake-google-client-secret
  google_accounts_origin=https://accounts.google.com
  "google_token_origin=http://127.0.0.1:$google" "google_certs_origin=http://127.0.0.1:$google")

replay() {
  local suite=$1
  shift
  "$with_app" "${common[@]}" "$@" -- node tests/contracts/better-auth/run.mjs "$recorder" "$suite"
}

for suite in ${SUITES:-core min https limit limitdb verify oauth}; do
  case $suite in
    core) OUTBOX=own replay core "${outbox[@]}" delete_user=on ;;
    min) replay min ;;
    oauth) replay oauth ;;
    https)
      PUBLIC_URL=https://auth.example.test OUTBOX_URL=http://127.0.0.1:$mail/outbox replay https "${api[@]}" \
        better_auth_url=https://auth.example.test rate_limit=off \
        "trusted_origins=https://app.example.test,https://*.preview.example.test" ;;
    limit | limitdb) OUTBOX=own replay "$suite" "${outbox[@]}" rate_limit=on ;;
    verify) OUTBOX=own replay verify "${outbox[@]}" require_email_verification=true ;;
    *) die "there is no suite $suite." ;;
  esac
done
