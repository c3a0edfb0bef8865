#!/usr/bin/env bash
# How fast short commands start, as a multiple of `java Hello`: each by its best of N rounds, in which everything runs once after a hello of
# its own. The home is real: installed and updated. The bars are judged by processor time, which other load on the machine hardly changes;
# on a quiet machine the wall clock shows less, since a JVM compiles beside. Ends with 1 if a bar is missed, or if a command that starts by
# a way of its own says anything else than the whole program.
#   scripts/bench-startup.sh [N]
set -euo pipefail
export LC_ALL=C.UTF-8 # a point in numbers
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
# shellcheck source=scripts/small-product.sh
. "$root/scripts/small-product.sh"
rounds=${1:-15}
ensure_built
work=$(mktemp -d)
trap 'end_small_product "$work" >/dev/null 2>&1; rm -rf "$work"' EXIT
java_home=$(cat "$launch/java-home")

if ! { small_product "$work" && "$root/scripts/supervisor" update --home "$work/home" --yes; } >"$work/log" 2>&1; then
  die "the small product could not be installed and updated: $(tail -n 3 "$work/log")"
fi
echo 'public class Hello { public static void main(String[] a) { System.out.println("hello"); } }' >"$work/Hello.java"
"$java_home/bin/javac" -d "$work" "$work/Hello.java"

different=0
# same MAIN_CLASS COMMAND [argument...] — the launcher must say what the program says
same() {
  local main=$1 command=$2
  shift 2
  if ! diff <("$root/scripts/$command" "$@" 2>&1) <(untrained "$main" "$command" "$@" 2>&1); then
    say "error: scripts/$command $* differs from the whole program (above)"
    different=1
  fi
}
same dev.belay.supervisor.cli.Main supervisor --help
same dev.belay.supervisor.cli.Main supervisor backup create --help
same dev.belay.supervisor.cli.Main supervisor status --home "$work/home"
same dev.belay.versys.cli.Main versys -h
same dev.belay.server.cli.Main update-server --help

# name, bar, command
measured=(
  "java Hello|1|$java_home/bin/java -cp $work Hello"
  "supervisor status|4|$root/scripts/supervisor status --home $work/home"
  "supervisor --help|3|$root/scripts/supervisor --help"
  "versys --help|3|$root/scripts/versys --help"
  "update-server --help|3|$root/scripts/update-server --help"
  "tuf-client init|5|$root/scripts/tuf-client --metadata-dir $work/metadata init $root/versys/src/test/resources/foreign-repository/metadata/1.root.json"
)
# run ROW — adds its times in seconds to `times`: row, wall clock, processor time
TIMEFORMAT='%R %U %S'
run() {
  # shellcheck disable=SC2086  # words
  { time ${measured[$1]##*|} >/dev/null 2>"$work/err"; } 2>"$work/time" || die "failed: ${measured[$1]##*|}: $(cat "$work/err")"
  awk -v row="$1" '{ print row, $1, $2 + $3 }' "$work/time" >>"$work/times"
}
for ((round = 0; round < rounds; round++)); do
  for ((row = 1; row < ${#measured[@]}; row++)); do
    run 0
    run "$row"
  done
done

missed=0
printf '%-20s %8s %8s %10s  bar\n' command ms 'x hello' 'x its CPU'
for row in "${!measured[@]}"; do
  IFS='|' read -r name bar _ <<<"${measured[$row]}"
  awk -v row="$row" -v name="$name" -v bar="$bar" '
    !($1 in wall) || $2 < wall[$1] { wall[$1] = $2 }
    !($1 in cpu) || $3 < cpu[$1] { cpu[$1] = $3 }
    END {
      missed = cpu[row] > bar * cpu[0]
      printf "%-20s %8d %8.2f %10.2f  %d%s\n", name, 1000 * wall[row], wall[row] / wall[0], cpu[row] / cpu[0], bar, missed ? "  MISSED" : ""
      exit missed
    }' "$work/times" || missed=1
done
[ "$missed$different" = 00 ]
