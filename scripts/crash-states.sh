#!/usr/bin/env bash
# Stops every kind of run at every change of the disk, in one process, and lets the next command take over; then lets the disk fail at every act.
#   scripts/crash-states.sh [--states N] [--faults N] [--seed N] [--run NAME]
#     --states N   crash states: killed, power cut with only what was forced, power cut with any of the rest (20000)
#     --faults N   disk faults: EIO, ENOSPC, EDQUOT, EROFS, EACCES, EMFILE, short and torn writes, once or lasting (10000)
#     --seed N     chooses others of the states and faults that there are
#     --run NAME   only of this run, or of those that match an expression: see CrashRun
# Ends with 1, and says how to come to it again, if one of them was unrecoverable, mixed or lost something.
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
states=20000 faults=10000 seed=20260102 run='.*'
while [ $# -gt 0 ]; do
  case "$1" in
    --states) states=${2:?how many?} && shift 2 ;;
    --faults) faults=${2:?how many?} && shift 2 ;;
    --seed) seed=${2:?which?} && shift 2 ;;
    --run) run=${2:?which?} && shift 2 ;;
    -h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) die "unknown option $1; scripts/crash-states.sh --help says what there is" ;;
  esac
done
maven -q -pl supervisor -am test -Djacoco.skip=true -Dtest=CrashStateTest,RepeatedCommandCrashTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dbelay.states="$states" -Dbelay.faults="$faults" -Dbelay.seed="$seed" -Dbelay.run="$run"
