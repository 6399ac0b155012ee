#!/usr/bin/env bash
# Adds the Wasm target to the toolchain of rust-toolchain.toml: by rustup, or, if rustup cannot download but apt can, by
# building its standard library from Debian's source package of the same version. Installs no package.
set -eu
. "$(dirname "$0")/lib.sh"

target=wasm32-wasip2
why=$(missing_rust)
[ -z "$why" ] || die "$why"
version=$(rust_version)
rustlib=$(rustc --print sysroot)/lib/rustlib
installed() { compgen -G "$rustlib/$target/lib/libstd-*.rlib" >/dev/null; }
! installed || exit 0

say "Adding the target $target to Rust $version by rustup…"
if have rustup && rustup target add --toolchain "$version" "$target" >/dev/null 2>&1 && installed; then exit 0; fi

by_hand="Add it with \`rustup target add --toolchain $version $target\` on a network where that works and run this again."
{ have apt-get && have dpkg-deb; } || die "rustup could not download the target $target. $by_hand"
[ -w "$rustlib" ] || die "rustup could not download the target $target, and $rustlib is not yours to write. $by_hand"
# shellcheck disable=SC2016 # apt's own fields
mirror=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' | sed -n 's/^Debian //p' | head -n 1)
[ -n "$mirror" ] || die "rustup could not download the target $target, and apt knows no Debian mirror to build it from. $by_hand"
say "rustup could not download it: building it from Debian's source of Rust $version, by the mirror apt uses (2 minutes)."

work=$(mktemp -d)
source=$rustlib/src/rust/library
[ ! -e "$source" ] || own_source=no
# shellcheck disable=SC2317,SC2329 # the trap calls it
tidy() {
  rm -rf "$work" "$rustlib/$target/lib.new"
  [ "${own_source:-yes}" = no ] || { rm -rf "$source"; rmdir -p "${source%/*}" 2>/dev/null || :; }
}
trap tidy EXIT
trap 'exit 130' INT TERM

# apt gets its own list and cache, so that the machine's lists and packages stay as they are.
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/packages"
for key in /usr/share/keyrings/debian-archive-keyring.*; do [ ! -e "$key" ] || signed="[signed-by=$key] "; done
for suite in trixie-backports sid; do say "deb ${signed-}$mirror $suite main"; done >"$work/sources"
ours=(-q=2 -o "Dir::Etc::SourceList=$work/sources" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$work/lists"
  -o "Dir::Cache=$work/cache" -o Debug::NoLocking=1 -o "APT::Sandbox::User=$(id -un)")
say "  1. fetching rust-src (source) and libstd-rust-dev-wasm32 (the C library)"
apt-get "${ours[@]}" update || die "apt could not read $mirror. $by_hand"
source_version=$(apt-cache "${ours[@]}" madison rust-src | awk -v v="$version+" 'index($3, v) == 1 { print $3; exit }')
[ -n "$source_version" ] || die "Debian has no rust-src of version $version any more. $by_hand"
(cd "$work/packages" && apt-get "${ours[@]}" download "rust-src=$source_version" libstd-rust-dev-wasm32/sid) \
  || die "apt could not download the packages. $by_hand"
for package in "$work"/packages/*.deb; do dpkg-deb -x "$package" "$work/root"; done
rm -r "$work/packages"

say "  2. building the standard library"
if [ "${own_source:-yes}" = yes ]; then
  mkdir -p "${source%/*}"
  cp -RL "$work/root/usr/src/rustc-$version/library" "$source"
fi
lib=$rustlib/$target/lib.new
rm -rf "$lib"
mkdir -p "$lib/self-contained" "$work/std/src"
cp "$work/root/usr/lib/rustlib/$target/lib/self-contained/"* "$lib/self-contained/"
# build-std links the crate below, so the C library must be in place first. std itself is moved in last, in one step.
mkdir -p "${lib%.new}"
cp -R "$lib/self-contained" "${lib%.new}/"
# The libraries contain machine code and bitcode, as rustup's do, for builds with LTO and without.
printf '[package]\nname = "std-for-wasm"\nedition = "2024"\n[workspace]\n' >"$work/std/Cargo.toml"
: >"$work/std/src/lib.rs"
(cd "$work/std" && RUSTUP_TOOLCHAIN=$version RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$work/std/target \
  RUSTFLAGS='-C embed-bitcode=yes' cargo build --quiet --release -Z build-std=std,panic_abort --target "$target") || die "the standard library did not build. $by_hand"
cp "$work/std/target/$target/release/deps/"*.rlib "$lib/"
rm -f "$lib"/libstd_for_wasm-*
rm -rf "${lib%.new}"
mv "$lib" "${lib%.new}"

say "  3. compiling a program with it"
echo 'fn main() { println!("hello"); }' >"$work/hello.rs"
for lto in fat off; do
  RUSTUP_TOOLCHAIN=$version rustc --target "$target" -O -C "lto=$lto" "$work/hello.rs" -o "$work/hello.wasm" \
    || { rm -r "$rustlib/${target:?}"; die "the target was built but does not work. $by_hand"; }
done
say "The target $target is in place."
