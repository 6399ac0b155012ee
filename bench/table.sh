# shellcheck shell=bash
# Sourced by the scripts that write their tables into bench/README.md.

# write_table NAME FILE: replaces the text between the markers of this name by the file's.
write_table() {
  {
    sed "/^<!-- $1 -->\$/q" bench/README.md
    cat "$2"
    sed -n "/^<!-- end of $1 -->\$/,\$p" bench/README.md
  } >"$2.README"
  mv "$2.README" bench/README.md
  cat "$2"
}
