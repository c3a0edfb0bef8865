#!/usr/bin/env bash
# Prints figures. Bars are ratios against another way, measured in the same run, because machines differ and are noisy. Ends with 1 if one is missed.
#   scripts/bench.sh                 every benchmark
#   scripts/bench.sh --tiny          every benchmark, so small that it only shows that it works: no bar is judged
#   scripts/bench.sh NAME [option]   one of them: the names are those of scripts/bench-NAME.sh
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"

names() { find "$root/scripts" -name 'bench-*.sh' | sed 's|.*/bench-||; s|\.sh$||' | sort; }
declare -A tiny=([agent]=1 [planner]=600 [startup]=1 [streams]=20 [trust]=50000 [update]=1)

case "${1:-}" in
  -h | --help)
    sed -n '2,5s/^# \{0,1\}//p' "$0"
    echo "names: $(names | tr '\n' ' ')"
    ;;
  '' | --tiny)
    missed=''
    for name in $(names); do
      printf '\n== %s\n' "$name"
      size=()
      [ -z "${1:-}" ] || size=("${tiny[$name]:?what is tiny for bench-$name.sh?}")
      "$root/scripts/bench-$name.sh" "${size[@]}" || missed="$missed $name"
    done
    [ -z "$missed" ] || die "a bar is missed or a benchmark failed in:$missed"
    ;;
  *)
    [ -x "$root/scripts/bench-$1.sh" ] || die "no benchmark \"$1\"; there are: $(names | tr '\n' ' ')"
    exec "$root/scripts/bench-$1.sh" "${@:2}"
    ;;
esac
