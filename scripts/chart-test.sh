#!/usr/bin/env bash
# Tests the deployment without a cluster: the chart on Helm 3 and 4, the set-up of a node, the minikube commands.
# --release  tests the built image, and the pods of `helm test` against a running app (with-app sets BASE_URL), instead
# Further arguments are passed to pytest.
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/chart-tools.sh

missing=$(missing_go; missing_python)
[ -z "$missing" ] || die "$missing"
build_chart_tools
if [ "${1-}" = --release ]; then
  shift
  chart_pytest tests/deploy/image "$@"
  exit
fi
python3 scripts/chart_facts.py --check
"$chart_tools/helm-docs" --dry-run --log-level warning --chart-search-root charts --sort-values-order file | diff -B - charts/todo-chatbot/README.md >/dev/null \
  || die "charts/todo-chatbot/README.md does not match values.yaml: run \`make chart\` and commit what changes."
"$chart_tools/helm-unittest" --file 'tests/*_test.yaml' charts/todo-chatbot
chart_pytest tests/deploy/chart "$@"
