#!/usr/bin/env bash
# Mutation run of the trust layer: every metadata file and a 1 MiB bundle changed in more than a million ways; none may be accepted.
#   scripts/bench-trust.sh [STEP]    only every STEP-th byte (default 1: all, some twenty minutes on two cores)
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
run_test_java versys dev.belay.versys.simulator.MutationSweep "${1:-1}"
