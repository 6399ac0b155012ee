#!/usr/bin/env bash
# Checks the app at BASE_URL against the OpenAPI document that it serves, as a user who signs up for it.
# SCHEMATHESIS  the program
set -eu
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
said() { sed -n "s/.*\"$1\":\"\\([^\"]*\\)\".*/\\1/p"; }
USER_ID=$(curl -fsS -c "$scratch/jar" "$BASE_URL/api/auth/sign-up/email" -H 'Content-Type: application/json' \
  -d '{"name":"Ann","email":"ann@example.com","password":"correct horse"}' | said id)
TOKEN=$(curl -fsS -b "$scratch/jar" "$BASE_URL/api/auth/token" | said token)
export USER_ID TOKEN
for n in 1 2 3; do
  curl -fsS -o "$scratch/task" "$BASE_URL/api/$USER_ID/tasks" -H "Authorization: Bearer $TOKEN" \
    -H 'Content-Type: application/json' -d "{\"title\":\"task $n\"}"
done
cp schemathesis.toml "$scratch"
cd "$scratch"
"${SCHEMATHESIS:-st}" run "$BASE_URL/api/openapi.json"
