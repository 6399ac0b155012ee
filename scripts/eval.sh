#!/usr/bin/env bash
# Measures how well the assistant understands: Gemini if GEMINI_API_KEY is set (which costs money), else the offline assistant.
# MIN_ACCURACY  the percentage below which this fails; default: 0
# MAX_WRONG     how often data may be changed that should not be; default: any number of times
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/env.sh

variables=(rate_limit_per_minute=0 chat_rate_limit=0/300 chat_daily_tokens=0)
for name in GEMINI_API_KEY GEMINI_API_VERSION GEMINI_MODEL GEMINI_FALLBACK_MODEL; do
  value=$(setting "$name")
  [ -z "$value" ] || variables+=("${name,,}=$value")
done
give_url GEMINI_BASE_URL GEMINI http://localhost:4010/gemini GEMINI_URL
[ -z "${SPIN_VARIABLE_GEMINI_URL-}" ] || variables+=("gemini_url=$SPIN_VARIABLE_GEMINI_URL" "gemini_path=$SPIN_VARIABLE_GEMINI_PATH")
target/debug/with-app "${variables[@]}" -- node tests/eval/eval.mjs
