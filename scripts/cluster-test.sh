#!/usr/bin/env bash
# Applies the chart to a real API server: etcd and kube-apiserver, built by Go from their modules (ten minutes, once), on loopback,
# without a node. Every scenario is installed by Helm 4, upgraded, rolled back and uninstalled.
set -eu
. "$(dirname "$0")/lib.sh"
. scripts/test-tools.sh
. scripts/chart-tools.sh

cluster_tools=$kept/cluster-$(cat tests/cluster/tools/go.mod tests/cluster/tools/go.sum | cksum | cut -d ' ' -f 1)
kubernetes=$(sed -n 's/^\tk8s.io\/kubernetes v//p' tests/cluster/tools/go.mod)

# name package [ldflags]
build_one() {
  [ ! -x "$cluster_tools/$1" ] || return 0
  say "Building $1 (once; it takes minutes)…"
  (cd tests/cluster/tools && CGO_ENABLED=0 go build -mod=readonly -trimpath -ldflags "-s -w ${3-}" -o "$cluster_tools/$1.new" "$2") || die "$1 did not build: see above."
  mv "$cluster_tools/$1.new" "$cluster_tools/$1"
}

missing=$(missing_chart_tools)
[ -z "$missing" ] || die "$missing"
build_chart_tools
build_chart_python
mkdir -p "$cluster_tools"
version=k8s.io/component-base/version
build_one etcd go.etcd.io/etcd/server/v3
build_one kube-apiserver k8s.io/kubernetes/cmd/kube-apiserver \
  "-X $version.gitVersion=v$kubernetes -X $version.gitMajor=1 -X $version.gitMinor=$(cut -d . -f 2 <<<"$kubernetes")"
CHART_TOOLS=$chart_tools CLUSTER_TOOLS=$cluster_tools "$chart_python/bin/python" -m pytest -q -p no:cacheprovider tests/cluster "$@"
