#!/usr/bin/env bash
# Kills the real `supervisor update` at system calls that change files, lets each command that an admin might type take over in turn, and
# insists on: the old or the new release, whole and healthy, no acknowledged write lost that nobody agreed to lose, and a next update that works.
#   scripts/crash-sweep.sh [--points N] [--seed N] [--power]
#     --points N   so many of them (default 60)
#     --seed N     repeats a run
#     --power      the power is cut at the same moments: what was not forced to the disk is gone. Needs root and a loop device; where there
#                  is none, it says so and does nothing
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
points=60 seed=20261121 power=''
while [ $# -gt 0 ]; do
  case "$1" in
    --points) points=${2:?how many?}; shift ;;
    --seed) seed=${2:?which?}; shift ;;
    --power) power=1 ;;
    -h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit ;;
    *) die "unknown argument: $1 (see --help)" ;;
  esac
  shift
done
ensure_commands strace:strace
options=(-Dbelay.points="$points" -Dbelay.seed="$seed")
if [ -n "$power" ]; then
  ensure_commands mkfs.ext4:e2fsprogs mount:mount
  disk=$(mktemp -d)
  trap 'umount "$disk/mount" 2>/dev/null || true; rm -rf "$disk"' EXIT
  mkdir "$disk/mount"
  truncate -s 512M "$disk/image"
  mkfs.ext4 -q "$disk/image"
  if ! mount -o loop "$disk/image" "$disk/mount" 2>"$disk/refusal"; then
    echo "skipped: no file system can be mounted here, so no power can be cut ($(cat "$disk/refusal"))"
    exit 0
  fi
  options+=(-Dbelay.power.image="$disk/image" -Dbelay.power.mount="$disk/mount")
fi
maven -q -pl supervisor -am test -Djacoco.skip=true -Dtest=ProcessCrashTest -Dsurefire.failIfNoSpecifiedTests=false "${options[@]}"
