#!/usr/bin/env bash
# Writes the generated parts of charts/todo-chatbot: those that follow from spin.toml, and its README.
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/chart-tools.sh

why=$(missing_python)
[ -z "$why" ] || die "$why"
python3 scripts/chart_facts.py
why=$(missing_go)
[ -z "$why" ] || die "the chart's README was not written. $why"
build_chart_tools
"$chart_tools/helm-docs" --log-level warning --chart-search-root charts --sort-values-order file
