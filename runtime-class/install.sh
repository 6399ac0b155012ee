#!/usr/bin/env bash
# Gets a cluster's nodes to run Spin apps: install.sh by-hand | manager
#   by-hand   puts the shim on a Minikube node, names it to containerd and makes the RuntimeClass (handler spin)
#   manager   runtime-class-manager does it on every node labelled spin=true, with a RuntimeClass of its own (handler spin-v2)
# SHIM_VERSION      default 0.25.1, the oldest that runs no native code out of images
# SHIM_SHA256       of the archive for the node; default: what the release's own manifest says
# SHIM_FILE         the archive, if it is on this machine already (SHIM_SHA256 is then required)
# MINIKUBE_PROFILE  default: minikube
set -eu
cd "$(dirname "$0")"
version=${SHIM_VERSION:-0.25.1}
profile=${MINIKUBE_PROFILE:-minikube}
release=https://github.com/spinframework/containerd-shim-spin/releases/download/v$version
manager_version=0.2.0

say() { printf '%s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
older() { [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
node() { minikube -p "$profile" ssh -- "$@"; }

! older "$version" 0.25.1 || die "shim $version runs native code that an image brings along: use 0.25.1 or newer."

# The archive for the node's architecture in $scratch/shim.tar.gz, its checksum verified.
fetch() {
  local machine arch sum=${SHIM_SHA256-}
  machine=$(node uname -m | tr -d '\r\n')
  case $machine in
    x86_64) arch=amd64 ;;
    aarch64 | arm64) machine=aarch64 arch=arm64 ;;
    *) die "there is no shim for $machine." ;;
  esac
  if [ -n "${SHIM_FILE-}" ]; then
    [ -n "$sum" ] || die "SHIM_FILE needs SHIM_SHA256 beside it."
    cp "$SHIM_FILE" "$scratch/shim.tar.gz"
  else
    curl -fsSL --retry 3 -o "$scratch/shim.tar.gz" "$release/containerd-shim-spin-v2-linux-$machine.tar.gz" || die "the shim $version could not be downloaded."
    if [ -z "$sum" ]; then
      curl -fsSL --retry 3 -o "$scratch/shim.yaml" "$release/runtime-class-manager-shim-v1alpha1-v$version.yaml" \
        || die "the release's checksums could not be downloaded: give SHIM_SHA256."
      sum=$(awk -v arch="$arch" '$1 == "-" { this = 0 } /arch:/ && index($0, arch) { this = 1 } /sha256:/ && this { gsub(/["'\'' ]/, ""); sub(/.*sha256:/, ""); print; exit }' "$scratch/shim.yaml")
    fi
  fi
  [[ $sum =~ ^[0-9a-f]{64}$ ]] || die "no checksum of the shim for $arch: give SHIM_SHA256."
  printf '%s  %s\n' "$sum" "$scratch/shim.tar.gz" | sha256sum -c --status || die "the shim's checksum is not $sum: nothing was installed."
  tar -xzf "$scratch/shim.tar.gz" -C "$scratch" containerd-shim-spin-v2 2>/dev/null \
    || tar -xzf "$scratch/shim.tar.gz" -C "$scratch" ./containerd-shim-spin-v2 || die "the archive has no containerd-shim-spin-v2."
}

by_hand() {
  local result
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  say "Shim $version…"
  fetch
  minikube -p "$profile" cp "$scratch/containerd-shim-spin-v2" /tmp/containerd-shim-spin-v2
  minikube -p "$profile" cp node/patch-containerd.sh /tmp/patch-containerd.sh
  node sudo install -m 755 /tmp/containerd-shim-spin-v2 /usr/local/bin/containerd-shim-spin-v2
  result=$(node sudo sh /tmp/patch-containerd.sh | tr -d '\r')
  case $result in
    *unchanged*) say "containerd knows the shim already." ;;
    *changed*)
      say "Restarting containerd…"
      node sudo systemctl restart containerd
      # The shim does not tell a new containerd of its processes, so each pod that was running is lost to it.
      say "Spin pods that were running stay broken until they are replaced: kubectl rollout restart deployment -A -l core.spinkube.dev/app-name"
      ;;
    *) die "containerd's configuration was not changed: $result" ;;
  esac
  kubectl --context "$profile" apply -k . \
    || die "the RuntimeClass was not applied: one of another handler must go first, by kubectl --context $profile delete runtimeclass wasmtime-spin-v2."
}

# Its own values take the newest images, whatever the chart's version.
manager() {
  helm upgrade --install runtime-class-manager oci://ghcr.io/spinframework/charts/runtime-class-manager --version "$manager_version" \
    --namespace runtime-class-manager --create-namespace --kube-context "$profile" --wait \
    --set-string "image.tag=v$manager_version,rcm.shimDownloaderImage.tag=v$manager_version,rcm.nodeInstallerImage.tag=v$manager_version"
  kubectl --context "$profile" label node --all --overwrite spin=true
  kubectl --context "$profile" apply -f "$release/runtime-class-manager-shim-v1alpha1-v$version.yaml"
  say "Its jobs install the shim: kubectl --context $profile get jobs -n runtime-class-manager"
}

case ${1-} in
  by-hand) by_hand ;;
  manager) manager ;;
  *) die "say how: install.sh by-hand, or install.sh manager." ;;
esac
