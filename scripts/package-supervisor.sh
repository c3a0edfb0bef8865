#!/bin/sh
# Packs the supervisor as a bundle of its own product, to be published with versys and taken by `supervisor self-update`.
#   scripts/package-supervisor.sh FILE [FROM]    FROM: the versions that may move here directly, for example '>=0.1.0 <0.2.0'
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
. "$root/scripts/lib.sh"
[ $# -ge 1 ] || die "name the file to write: scripts/package-supervisor.sh FILE"
ensure_built
version=$(cat "$root/supervisor/src/main/resources/dev/belay/supervisor/status/version")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/tree/bin" "$work/tree/lib"
cp "$root/supervisor/src/main/dist/bin/supervisor" "$work/tree/bin/"
cp -r "$root/supervisor/src/main/dist/systemd" "$work/tree/"
chmod 644 "$work"/tree/systemd/*
chmod 755 "$work/tree/bin/supervisor"
cp "$root"/supervisor/target/belay-supervisor-*.jar "$root"/supervisor/target/lib/*.jar "$work/tree/lib/"
rm -f "$work"/tree/lib/*-tests.jar "$work"/tree/lib/*-sources.jar
chmod 644 "$work"/tree/lib/*.jar
(run_java dev.belay.versys.console.HelpPages supervisor dev.belay.supervisor.cli.Main "$work/tree/help")
cp "$root/scripts/show-help.sh" "$work/tree/help/"
{
  printf 'product: supervisor\nversion: %s\nplatform: any\n' "$version"
  [ -z "${2:-}" ] || printf 'upgrade: {from: "%s"}\n' "$2"
} >"$work/release.yaml"
"$root/scripts/versys" pack --release "$work/release.yaml" --tree "$work/tree" -o "$1"
