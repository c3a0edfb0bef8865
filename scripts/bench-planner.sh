#!/bin/sh
# The planner on 10,000 releases: time per plan, loading, memory, and JGraphT's Dijkstra beside it.
# Ends with 1 if a bar is missed or an answer differs. BENCH_SKIP_BUILD=1 uses the classes that are there.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
if [ -z "${BENCH_SKIP_BUILD:-}" ]; then
    maven -q -pl packaging,versys -am test-compile dependency:build-classpath \
        -Dspotless.check.skip -Djacoco.skip \
        -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
fi
exec "$(find_jdk25)/bin/java" -Xmx1g \
    -cp "$root/versys/target/test-classes:$root/versys/target/classes:$(cat "$root/versys/target/test-classpath")" \
    dev.belay.versys.plan.PlannerBench
