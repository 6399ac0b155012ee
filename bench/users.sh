# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables of the scripts that source it
# Sourced after app.sh by the scripts whose users sign up.

# sign_up NAME: sets user, owner, which is "id credential", and session, the same with the session's cookie.
sign_up() {
  local jar=$scratch/cookies
  rm -f "$jar"
  user=$(curl -fsS -c "$jar" -H 'content-type: application/json' -H "origin: $base" "$base/api/auth/sign-up/email" \
    -d "{\"name\":\"$1\",\"email\":\"$1@example.com\",\"password\":\"correct horse battery\"}" | jq -r .user.id)
  owner="$user Bearer $(curl -fsS -b "$jar" "$base/api/auth/token" | jq -r .token)"
  session="$user $(awk '/session_token/ { print $6 "=" $7 }' "$jar")"
}
