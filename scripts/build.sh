#!/bin/sh
# Builds the three commands and prepares their launchers (class paths and AOT caches) under target/launch. Runs no tests.
#   scripts/build.sh                build everything
#   scripts/build.sh --launchers    only prepare the launchers of what Maven has packaged already
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
. "$root/scripts/lib.sh"
ensure_commands mvn:maven setsid:util-linux flock:util-linux

if [ "${1:-}" != --launchers ]; then
  say "building (the first time downloads the libraries)"
  maven -q package -DskipTests -Djacoco.skip=true
fi

java_home=$(find_jdk25)
# Bouncy Castle's signed jars cost 0.3 s at every start; why that may go: docs/adr.
"$java_home/bin/java" "$root/scripts/java/UnsignJar.java" "$root"/*/target/lib/bc*.jar
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
  "$java_home/bin/java" -XX:AOTCacheOutput="$launch/$main.aot" -Xlog:disable -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$(cat "$launch/$module.classpath")" "$main" "$@" >"$launch/$main.training.log" 2>&1 || true
  [ -f "$launch/$main.aot" ] || say "note: no AOT cache for $main; it will start slower"
}

# What each command answers to --help, for the launchers to show.
for main in versys:dev.belay.versys.cli.Main supervisor:dev.belay.supervisor.cli.Main update-server:dev.belay.server.cli.Main; do
  "$java_home/bin/java" -XX:TieredStopAtLevel=1 -cp "$(cat "$launch/${main%%:*}.classpath")" dev.belay.versys.console.HelpPages \
    "${main#*:}" "$launch/help/${main#*:}"
done

train dev.belay.versys.cli.Main versys --help

# serve DIRECTORY — a static web server on a free port; sets `url` and `web`.
serve() {
  : >"$launch/web.log"
  "$java_home/bin/jwebserver" -p 0 -d "$1" >"$launch/web.log" 2>/dev/null &
  web=$!
  attempts=0
  until grep -q 'port [0-9]' "$launch/web.log" || [ "$attempts" -ge 50 ]; do attempts=$((attempts + 1)); sleep 0.1; done
  url="http://127.0.0.1:$(sed -n 's/.* port \([0-9]*\)$/\1/p' "$launch/web.log")"
}

# untrained MAIN_CLASS MODULE [argument...]
untrained() {
  main=$1 module=$2
  shift 2
  "$java_home/bin/java" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$(cat "$launch/$module.classpath")" "$main" "$@" >>"$launch/training.log" 2>&1
}

# A small product: two releases of a service that sleeps, with a config file, in a static repository.
small_product() {
  mkdir -p "$1/tree/bin" "$1/tree/conf" "$1/web"
  printf '#!/bin/sh\nexec sleep 600\n' >"$1/tree/bin/run"
  chmod 755 "$1/tree/bin/run"
  untrained dev.belay.versys.cli.Main versys init --dir "$1/vendor" --product small --channel stable --to "$1/web/repository" \
    --solo --no-passphrase || return 1
  for version in 1.0.0 1.1.0; do
    printf 'greeting=hello %s\nport=1\n' "$version" >"$1/tree/conf/small.properties"
    printf '<small version="%s"><port>1</port></small>\n' "$version" >"$1/tree/conf/small.xml"
    printf '%s\n' 'product: small' "version: $version" 'platform: any' "upgrade: {from: '>=1.0.0 <1.1.0'}" \
      'layout: {config: [conf/], data: [data/]}' 'service: {run: [bin/run], stop-timeout: 5s}' >"$1/release.yaml"
    untrained dev.belay.versys.cli.Main versys pack --release "$1/release.yaml" --tree "$1/tree" -o "$1/$version.tgz" &&
      untrained dev.belay.versys.cli.Main versys publish "$1/$version.tgz" --channel stable --dir "$1/vendor" || return 1
  done
}

# `supervisor` is trained on what it is for: an update.
train_supervisor() {
  work=$(mktemp -d)
  home="$work/home"
  if small_product "$work" && serve "$work/web" &&
    untrained dev.belay.supervisor.cli.Main supervisor install --home "$home" --server "$url" --product small --channel stable \
      --root "$work/vendor/root.json" --version 1.0.0; then
    train dev.belay.supervisor.cli.Main supervisor update --home "$home" --yes
    untrained dev.belay.supervisor.cli.Main supervisor stop --home "$home" || true
  else
    say "note: the training of supervisor failed; it will start slower (see target/launch/training.log)"
  fi
  [ -z "${web:-}" ] || kill "$web" 2>/dev/null || true
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
