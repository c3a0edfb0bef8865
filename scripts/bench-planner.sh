#!/bin/sh
# The planner on many releases: time per plan, loading and memory, and JGraphT's Dijkstra and plain JSON beside them.
# Ends with 1 if a bar is missed or an answer differs.
#   scripts/bench-planner.sh [RELEASES]    10000 and then 100000 unless told otherwise; a smaller run is not judged by the bars
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
BELAY_JAVA_OPTS=-Xmx2g run_test_java versys dev.belay.versys.plan.PlannerBench "$@"
