#!/usr/bin/env bash
# How fast short commands start: `java Hello`, each command's --help, and `supervisor status` of an installed home, in milliseconds (median of N).
#   scripts/bench-startup.sh [N]
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
runs=${1:-11}
ensure_built
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# median COMMAND... — of the wall clock time in ms
median() {
  local i t0 t1
  for ((i = 0; i < runs; i++)); do
    t0=${EPOCHREALTIME/[.,]/}
    "$@" >/dev/null 2>&1 || true
    t1=${EPOCHREALTIME/[.,]/}
    echo $(((t1 - t0) / 1000))
  done | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'
}

java_home=$(cat "$launch/java-home")
cat >"$work/Hello.java" <<'JAVA'
public class Hello { public static void main(String[] a) { System.out.println("hello"); } }
JAVA
"$java_home/bin/javac" -d "$work" "$work/Hello.java"
mkdir -p "$work/home/.supervisor"
printf 'product: shop\nserver: http://127.0.0.1:9\nchannel: stable\n' >"$work/home/supervisor.yaml"

hello=$(median "$java_home/bin/java" -cp "$work" Hello)
printf '%-28s %6s  %s\n' command ms 'x java Hello'
row() { printf '%-28s %6d  %.1f\n' "$1" "$2" "$(awk -v a="$2" -v b="$hello" 'BEGIN { print a / b }')"; }
row 'java Hello' "$hello"
row 'supervisor status' "$(median "$root/scripts/supervisor" status --home "$work/home")"
row 'supervisor --help' "$(median "$root/scripts/supervisor" --help)"
row 'versys --help' "$(median "$root/scripts/versys" --help)"
row 'update-server --help' "$(median "$root/scripts/update-server" --help)"
row 'tuf-client (usage error)' "$(median "$root/scripts/tuf-client")"
