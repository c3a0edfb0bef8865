#!/usr/bin/env bash
# Prints figures. Ratios against another way are measured in the same run, because machines differ and are noisy.
#   scripts/bench.sh                 every benchmark
#   scripts/bench.sh NAME [option]   one of them: the names are those of scripts/bench-NAME.sh
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"

names() { find "$root/scripts" -name 'bench-*.sh' | sed 's|.*/bench-||; s|\.sh$||' | sort; }

case "${1:-}" in
  -h | --help)
    sed -n '2,4s/^# \{0,1\}//p' "$0"
    echo "names: $(names | tr '\n' ' ')"
    ;;
  '')
    missed=''
    for name in $(names); do
      printf '\n== %s\n' "$name"
      "$root/scripts/bench-$name.sh" || missed="$missed $name"
    done
    [ -z "$missed" ] || die "a bar is missed or a benchmark failed in:$missed"
    ;;
  *)
    [ -x "$root/scripts/bench-$1.sh" ] || die "no benchmark \"$1\"; there are: $(names | tr '\n' ' ')"
    exec "$root/scripts/bench-$1.sh" "${@:2}"
    ;;
esac
