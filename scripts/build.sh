#!/bin/sh
# Builds the three commands and prepares their launchers (class paths and AOT caches) under target/launch. Runs no tests.
#   scripts/build.sh                build everything
#   scripts/build.sh --launchers    only prepare the launchers of what Maven has packaged already
#   scripts/build.sh --once         nothing if it is built
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
. "$root/scripts/lib.sh"
# shellcheck source=scripts/small-product.sh
. "$root/scripts/small-product.sh"
if ! mkdir -p "$root/target" 2>/dev/null || [ ! -w "$root/target" ]; then
  die "$root is not built yet, and you may not write there. Let its owner run scripts/build.sh."
fi
ensure_commands mvn:maven setsid:util-linux flock:util-linux
exec 9>"$root/target/build.lock"
flock -n 9 || { say "another process builds this checkout; waiting for it"; flock 9; }
if [ "${1:-}" = --once ] && [ -f "$launch/ready" ]; then exit 0; fi

if [ "${1:-}" != --launchers ]; then
  say "building (the first time downloads the libraries)"
  maven -q package -DskipTests -Djacoco.skip=true
fi

java_home=$(find_jdk25)
# Bouncy Castle's signed jars cost 0.3 s at every start, picocli's old class files 0.2; why they may be changed: docs/adr.
"$java_home/bin/java" "$root/scripts/java/CacheableJar.java" "$root"/*/target/lib/bc*.jar "$root"/*/target/lib/picocli*.jar
rm -rf "$launch"
mkdir -p "$launch"
printf '%s\n' "$java_home" >"$launch/java-home"
for module in versys supervisor update-server; do
  jar=$(find "$root/$module/target" -maxdepth 1 -name "belay-$module-*.jar" ! -name '*-tests.jar' ! -name '*-sources.jar' | head -n 1)
  [ -n "$jar" ] || die "$module is not packaged; run scripts/build.sh without options"
  { printf '%s' "$jar"; find "$root/$module/target/lib" -name '*.jar' | sort | sed 's/^/:/' | tr -d '\n'; printf '\n'; } >"$launch/$module.classpath"
done

# train MAIN_CLASS MODULE [argument...] — one run whose loaded classes become the AOT cache. A failed training only costs start-up time.
train() {
  main=$1 module=$2
  shift 2
  # shellcheck disable=SC2086  # a list of JVM options
  "$java_home/bin/java" -XX:AOTCacheOutput="$launch/$main.aot" -Xlog:disable -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${training_options:-} \
    -cp "$(cat "$launch/$module.classpath")" "$main" "$@" >"$launch/$main.training.log" 2>&1 || true
  [ -f "$launch/$main.aot" ] || say "note: no AOT cache for $main; it will start slower"
}

# What each command answers to --help, for the launchers to show.
for command in versys:dev.belay.versys.cli.Main supervisor:dev.belay.supervisor.cli.Main update-server:dev.belay.server.cli.Main; do
  untrained dev.belay.versys.console.HelpPages "${command%%:*}" "${command#*:}" "$launch/help/${command%%:*}"
done

train dev.belay.versys.cli.Main versys --help

# `supervisor` is trained on what it is for, an update, and on what is asked most often, the status after it.
train_supervisor() {
  work=$(mktemp -d)
  if small_product "$work" >"$launch/training.log" 2>&1; then
    train dev.belay.supervisor.cli.Main supervisor update --home "$work/home" --yes
    training_options=$status_options
    train dev.belay.supervisor.cli.StatusMain supervisor status --home "$work/home"
    training_options=''
  else
    say "note: the training of supervisor failed; it will start slower (see target/launch/training.log)"
  fi
  end_small_product "$work" >>"$launch/training.log" 2>&1
  rm -rf "$work"
}
train_supervisor

# The server is trained on a whole start and stop.
train_server() {
  data=$(mktemp -d)
  train dev.belay.server.cli.Main update-server --data "$data" --listen 127.0.0.1:0 &
  trainer=$!
  attempts=0
  until grep -qs 'http://' "$launch/dev.belay.server.cli.Main.training.log" || [ "$attempts" -ge 300 ]; do
    attempts=$((attempts + 1))
    sleep 0.1
  done
  pkill -TERM -f -- "--data $data" || true
  wait "$trainer"
  rm -rf "$data"
}
train_server

# The TUF client must start within a quarter of a second: it is trained on a whole download, over HTTP, with all key types.
train_tuf_client() {
  work=$(mktemp -d)
  repository="$root/versys/src/test/resources/foreign-repository"
  serve "$repository"
  mkdir "$work/metadata" "$work/targets"
  cp "$repository/metadata/1.root.json" "$work/metadata/root.json"
  train dev.belay.versys.cli.TufClientMain versys --metadata-dir "$work/metadata" --metadata-url "$url/metadata" \
    --target-dir "$work/targets" --target-base-url "$url/targets" --target-name dir/hello.txt download
  kill "$web"
  [ -f "$work/targets/dir%2Fhello.txt" ] || say "note: the training of tuf-client failed; it will start slower"
  rm -rf "$work"
}
train_tuf_client
touch "$launch/ready"
say "ready: scripts/versys, scripts/supervisor, scripts/update-server, scripts/tuf-client"
