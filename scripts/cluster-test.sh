#!/usr/bin/env bash
# Applies the chart to a real API server: etcd and kube-apiserver on loopback, without a node. Go builds both from their
# modules, once; docs/operations.md has the times. Every scenario is installed by Helm 3 and 4, upgraded, rolled back and uninstalled.
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/chart-tools.sh

missing=$(missing_go; missing_python; missing_program openssl)
[ -z "$missing" ] || die "$missing"
build_chart_tools
build_cluster_tools
chart_pytest tests/deploy/cluster "$@"
