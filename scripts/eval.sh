#!/usr/bin/env bash
# Measures how well the assistant understands: the offline one, or Gemini where GEMINI_API_KEY is set (it costs money then).
# MIN_ACCURACY  fail below this many percent; default 0
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/env.sh

variables=(rate_limit_per_minute=0 chat_rate_limit=0/300 chat_daily_tokens=0)
for name in GEMINI_API_KEY GEMINI_API_VERSION GEMINI_MODEL GEMINI_FALLBACK_MODEL; do
  value=$(setting "$name")
  [ -z "$value" ] || variables+=("${name,,}=$value")
done
value=$(setting GEMINI_BASE_URL)
[ -z "$value" ] || variables+=("gemini_url=$value")
target/debug/with-app "${variables[@]}" -- node tests/eval/eval.mjs
