# shellcheck shell=bash disable=SC2154,SC2034  # the callers set and read `root`, `home`, `shop_port` and the like
# The cast of the demo, the sweeps and the benchmarks: a vendor, a server and a host in one scratch directory, `work`. Sourced by bash scripts
# that set `root` and have sourced scripts/lib.sh.

tomcat_versions=(9.0.117 10.1.59 11.0.24)
sqlite_jdbc=org.xerial:sqlite-jdbc:3.54.1.0
downloads="$root/target/downloads"

versys() { "$root/scripts/versys" "$@"; }
supervisor() { "$root/scripts/supervisor" "$@"; }

# open_stage — a scratch directory that goes away with the calling script, and with it what runs in it. After a failure it stays.
open_stage() {
  work=$(mktemp -d "${TMPDIR:-/tmp}/belay-stage.XXXXXX")
  home="$work/host"
  trap close_stage EXIT
  trap 'exit 130' INT TERM
}
close_stage() {
  local status=$? pid
  for pid in "${agent_pid:-}" "${plain_pid:-}"; do [ -z "$pid" ] || kill "$pid" 2>/dev/null || true; done
  [ ! -d "$home" ] || supervisor stop --home "$home" >/dev/null 2>&1 || true
  [ -z "${server_pid:-}" ] || kill "$server_pid" 2>/dev/null || true
  wait 2>/dev/null || true
  if [ "$status" -eq 0 ]; then rm -rf "$work"; else
    show_quiet_log
    say "failed (status $status); what it left is in $work"
  fi
}

# quietly COMMAND... — what it prints goes to a log, which whoever traps EXIT shows after a failure. Not behind `if`, `&&` or `||`: there the shell
# goes on after a failure within a function.
quietly() { "$@" >"$work/quiet.log" 2>&1 </dev/null; : >"$work/quiet.log"; }
show_quiet_log() { [ ! -s "$work/quiet.log" ] || cat "$work/quiet.log" >&2; }

now_ms() { local t=${EPOCHREALTIME/[.,]/}; printf '%s\n' $((t / 1000)); }
seconds() { printf '%d.%02d s' $(($1 / 1000)) $(($1 % 1000 / 10)); }

# judge WHAT RATIO BAR SIZE FULL_SIZE — prints a ratio beside its bar; fails if a run of full size misses it. A smaller run is too noisy to judge.
judge() {
  awk -v what="$1" -v ratio="$2" -v bar="$3" -v small="$(($4 < $5))" 'BEGIN {
    missed = !small && ratio > bar
    printf "%-44s %8.2f   %s %s\n", what, ratio, small ? "not judged at this size, bar" : missed ? "MISSED, bar" : "bar", bar
    exit missed }'
}

# Prints a TCP port of loopback that nobody listens on. Asked again when something else takes it first.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 10000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%s\n' "$port"; return; }
  done
}

# wait_for SECONDS WHAT COMMAND... — until the command succeeds; says what it waited for when it does not.
wait_for() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || { say "waited in vain for: $what"; return 1; }
    sleep 0.05
  done
}

# Brings the real Tomcat distributions and the JDBC driver from Maven Central; nothing is fetched twice.
fetch_downloads() {
  mkdir -p "$downloads"
  local v
  for v in "${tomcat_versions[@]}"; do
    [ -f "$downloads/tomcat-$v.tar.gz" ] || { say "fetching Apache Tomcat $v"
      maven -q -N dependency:copy -Dartifact="org.apache.tomcat:tomcat:$v:tar.gz" -DoutputDirectory="$downloads"; }
  done
  [ -f "$downloads/sqlite-jdbc-${sqlite_jdbc##*:}.jar" ] ||
    maven -q -N dependency:copy -Dartifact="$sqlite_jdbc" -DoutputDirectory="$downloads"
}

# make_tree VERSION [TOMCAT_VERSION] — a release tree: that Tomcat with the shop in it.
make_tree() {
  local tree="$work/trees/$1" tomcat=${2:-$1}
  mkdir -p "$tree"
  tar xzf "$downloads/tomcat-$tomcat.tar.gz" -C "$tree" --strip-components=1
  cp -r "$root/scripts/demo/shop" "$tree/webapps/shop"
  mkdir -p "$tree/webapps/shop/WEB-INF/lib"
  cp "$downloads/sqlite-jdbc-${sqlite_jdbc##*:}.jar" "$tree/webapps/shop/WEB-INF/lib/"
}

# make_release VERSION FROM REQUIRED_STOP NOTES [PATIENCE] — release.yaml and notes beside the tree, and the bundle from them.
make_release() {
  local v=$1 dir="$work/releases/$1"
  mkdir -p "$dir" "$work/bundles"
  printf '%s\n' "$4" >"$dir/notes.md"
  cat >"$dir/release.yaml" <<YAML
product: shop
version: $v
platform: any
requires: {java: ">=17", disk: 200MB}
upgrade:
  from: "$2"
  required-stop: $3
notes: notes.md
layout:
  config: [conf/]
  data: [data/, logs/]
  scratch: [work/, temp/]
databases: [{name: main, engine: sqlite, file: data/shop.db}]
service:
  run: [bin/catalina.sh, run]
  stop-timeout: 30s
health:
  http: "http://127.0.0.1:{config:conf/server.xml:/Server/Service/Connector/@port}/shop/health"
  expect: {status: 200, json: {version: "{version}"}}
  within: ${5:-60s}
  interval: 200ms
  consecutive: 3
YAML
  versys pack --release "$dir/release.yaml" --tree "$work/trees/$v" -o "$work/bundles/shop-$v-any.tgz"
}

start_server() {
  server_port=$(free_port)
  server_url="http://127.0.0.1:$server_port"
  "$root/scripts/update-server" --data "$work/server" --listen "127.0.0.1:$server_port" >"$work/server.log" 2>&1 &
  server_pid=$!
  wait_for 30 "the update server" curl -fsS "$server_url/healthz"
}

# The vendor's people. Each has an own directory with own encrypted keys; the passphrases stand here because nobody is there to type them.
alice() { BELAY_PASSPHRASE=alice-of-the-demo versys "$@" --dir "$work/alice"; }
bob() { BELAY_PASSPHRASE=bob-of-the-demo versys "$@" --dir "$work/bob"; }
ci() { BELAY_PASSPHRASE=ci-of-the-demo versys "$@" --dir "$work/ci"; }

# init_vendor — keys, a root, and the first metadata on the server. CI alone may publish releases and feed `dev`; `stable` needs Alice and Bob.
init_vendor() {
  local admin="$work/server/admin-token" role
  alice init --product shop --channel dev --channel stable --server "$server_url" --token-file "$admin"
  "$root/scripts/update-server" token create --data "$work/server" --product shop >"$work/token"
  chmod 600 "$work/token"
  for person in bob ci; do
    mkdir -p "$work/$person"
    cp "$work/alice/versys.yaml" "$work/alice/root.json" "$work/$person/"
    "$person" key new "$person"
  done
  for role in shop-releases shop-channel-dev; do
    alice key add "$role" --key "$work/ci/keys/ci.pub.json" --token-file "$admin"
  done
  alice key add shop-channel-stable --key "$work/bob/keys/bob.pub.json" --threshold 2 --token-file "$admin"
  bob_signs --token-file "$admin"
}

# bob_signs [option...] — Alice's pending change goes to Bob, who signs it; with his signature it is published.
bob_signs() {
  mkdir -p "$work/bob/pending"
  mv "$work"/alice/pending/*.change.json "$work/bob/pending/"
  bob sign "$@"
  rm -f "$work"/bob/pending/*.change.json
}

publish() { ci publish "$work/bundles/shop-$1-any.tgz" --channel dev --token-file "$work/token"; }
promote() { alice promote "$1" --from dev --to stable --token-file "$work/token" && bob_signs --token-file "$work/token"; }

# make_small_release VERSION FROM — a bundle of one script that sleeps.
make_small_release() {
  mkdir -p "$work/small/bin" "$work/bundles"
  printf '#!/bin/sh\n# %s\nexec sleep 100000\n' "$1" >"$work/small/bin/shop"
  chmod +x "$work/small/bin/shop"
  printf 'product: shop\nversion: %s\nplatform: any\nupgrade: {from: "%s"}\nservice: {run: [bin/shop]}\n' "$1" "$2" >"$work/release.yaml"
  versys pack --release "$work/release.yaml" --tree "$work/small" -o "$work/bundles/shop-$1-any.tgz"
}

make_tomcat_releases() {
  local v
  for v in "${tomcat_versions[@]}"; do make_tree "$v"; done
  make_release 9.0.117 '>=9.0.0 <9.0.117' false "Tomcat 9 with the shop."
  make_release 10.1.59 '>=9.0.0 <10.1.59' true "**Jakarta EE 10.** The \`javax\` packages are now \`jakarta\`; every host lands here before 11."
  make_release 11.0.24 '>=10.1.0 <11.0.24' false "**Jakarta EE 11.** Faster, and the old connectors are gone."
}

# install_host VERSION CHANNEL — the supervisor puts a release on an empty home; nothing is started.
install_host() {
  supervisor install --home "$home" --server "$server_url" --product shop --channel "$2" \
    --root "$work/alice/root.json" --version "$1" --no-start
}

# edit_server_xml FILE PORT — what admins do to server.xml: another port, a connector attribute, a comment of their own.
edit_server_xml() {
  sed -i \
    -e 's|<Server port="8005"|<Server port="-1"|' \
    -e "s|<Connector port=\"8080\" protocol=\"HTTP/1.1\"|<!-- ours: behind the proxy of the head office -->\n    <Connector port=\"$2\" address=\"127.0.0.1\" protocol=\"HTTP/1.1\"|" \
    -e '0,/connectionTimeout="20000"/s//connectionTimeout="45000"/' "$1"
}

# What the host looks like from outside and within.
shop_url() { printf 'http://127.0.0.1:%s/shop' "$shop_port"; }
serves() { [ "$(curl -fsS "$(shop_url)/health" | jq -r .version)" = "$1" ]; }
visit() { local i; for ((i = 0; i < $1; i++)); do curl -fsS "$(shop_url)/?who=customer-$i" >/dev/null; done; }
row_count() { sqlite3 "$home/data/data/shop.db" 'select count(*) from visits'; }
rows() { sqlite3 "$home/data/data/shop.db" 'select count(*), coalesce(sum(id), 0), coalesce(group_concat(who), 0) from visits' | cksum; }
holds() { # holds FILE TEXT...
  local text
  for text in "${@:2}"; do grep -qF -- "$text" "$home/config/conf/$1" || return 1; done
}
knows() { [ "$(supervisor status --home "$home" --json | jq -r '.available // empty')" = "$1" ]; }

# drive_page LINK — clicks Update in Chromium and saves screenshots.
drive_page() {
  mkdir -p "$root/target/screenshots"
  run_test_java supervisor dev.belay.supervisor.agent.PageDriver "$1" "$root/target/screenshots" update
}

# drive_api LINK — the same through the page's own HTTP interface: open the link, press Update, ask until it has ended, fail unless it went well.
drive_api() {
  local base=${1%%/open*} key
  key=$(api POST /session -d "{\"token\":\"${1##*token=}\"}" | jq -r .key)
  api POST /api/update -d '{}' >/dev/null
  wait_for 120 "the end of the update" has_ended || return 1
  api GET /api/status | jq -r '.attempt.message'
  [ "$(api GET /api/status | jq -r '.attempt.kind')" = updated ]
}
has_ended() { [ "$(api GET /api/status | jq '.attempt.running')" = false ]; }
api() { # api METHOD PATH [curl option...] — of the agent at `base`, with the session of `key`
  curl -fsS --max-time 20 -b "$work/cookies" -c "$work/cookies" -X "$1" -H "Origin: $base" -H "X-Belay-Key: ${key:-}" \
    -H 'Content-Type: application/json' "${@:3}" "$base$2"
}
