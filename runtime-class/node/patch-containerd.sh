#!/bin/sh
# Names the Spin shim in containerd's configuration, on the node, as root: patch-containerd.sh [/etc/containerd/config.toml]
# Prints "changed" (then restart containerd) or "unchanged". Understands configuration versions 2 to 4. What stands there
# already stays; a second run changes nothing. The file as it was is kept beside it once, as config.toml.before-spin.
set -eu
config=${1:-/etc/containerd/config.toml}
begin='# begin: Spin shim of todo-chatbot' end='# end: Spin shim of todo-chatbot'

die() { echo "error: $*" >&2; exit 1; }
[ -f "$config" ] || die "$config is missing: containerd config default >$config makes one."

version=$(sed -n 's/^[[:space:]]*version[[:space:]]*=[[:space:]]*\([0-9][0-9]*\).*/\1/p' "$config" | head -n 1)
case $version in
  3 | 4) plugin="'io.containerd.cri.v1.runtime'" ;;
  2) plugin='"io.containerd.grpc.v1.cri"' ;;
  '') die "$config has no version line, which means version 1: write a newer one (containerd config migrate)." ;;
  *) die "$config has version $version; this script knows 2, 3 and 4." ;;
esac

# Without our own block.
others=$(mktemp "$config.XXXXXX")
trap 'rm -f "$others"' EXIT
awk -v begin="$begin" -v end="$end" '$0 == begin { ours = 1 } !ours { print } $0 == end { ours = 0 }' "$config" >"$others"

if grep -Eq "^[[:space:]]*\[plugins\..*\.containerd\.runtimes\.[\"']?spin[\"']?\]" "$others"; then
  cmp -s "$others" "$config" || die "$config names the shim twice: remove the block between \"$begin\" and \"$end\"."
  echo unchanged
  exit 0
fi

# The kubelet's choice, as the other runtimes have it: with another one its metrics fail.
systemd=$(sed -n 's/^[[:space:]]*SystemdCgroup[[:space:]]*=[[:space:]]*\(true\|false\).*/\1/p' "$others" | head -n 1)
table="plugins.$plugin.containerd.runtimes.spin"
cat >>"$others" <<EOF
$begin
[$table]
  runtime_type = "io.containerd.spin.v2"
  [$table.options]
    SystemdCgroup = ${systemd:-false}
$end
EOF

if cmp -s "$others" "$config"; then
  echo unchanged
  exit 0
fi
# Where containerd is at hand, it has the last word before the file is replaced.
if command -v containerd >/dev/null 2>&1; then
  containerd --config "$others" config dump >/dev/null || die "containerd does not accept the new configuration; $config is as it was."
fi
[ -e "$config.before-spin" ] || cp -p "$config" "$config.before-spin"
chmod 644 "$others"
mv "$others" "$config"
trap - EXIT
echo changed
