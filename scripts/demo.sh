#!/usr/bin/env bash
# The whole story on loopback, with real Tomcats: a vendor publishes, a host is upgraded from 9 over 10.1 to 11 and keeps its edits and data,
# a broken release puts itself back, and the last update is started by a click. Ends with a summary and exit 0. Safe to run twice.
#   scripts/demo.sh            sets up what is missing, builds, runs, cleans up
#   scripts/demo.sh --keep     leaves all of it running and prints the URLs
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
# shellcheck source=scripts/demo/lib.sh
. "$root/scripts/demo/lib.sh"

keep=false
case "${1:-}" in
  '') ;;
  --keep) keep=true ;;
  -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
  *) die "unknown option $1; scripts/demo.sh --help says what there is" ;;
esac

# ---- the stage
ensure_commands mvn:maven git:git setsid:util-linux flock:util-linux curl:curl jq:jq sqlite3:sqlite3
[ -f "$launch/ready" ] || "$root/scripts/build.sh"
fetch_downloads
work=$(mktemp -d "${TMPDIR:-/tmp}/belay-demo.XXXXXX")
story_started=$(now_ms)
agent_pid='' server_pid=''

cleanup() {
  local status=$?
  if $keep && [ "$status" -eq 0 ]; then return; fi
  [ -z "$agent_pid" ] || kill "$agent_pid" 2>/dev/null || true
  [ ! -d "$work/host" ] || supervisor stop --home "$work/host" >/dev/null 2>&1 || true
  [ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null || true
  wait 2>/dev/null || true
  if [ "$status" -ne 0 ]; then say "the demo failed (status $status); what it left is in $work"; else rm -rf "$work"; fi
}
trap cleanup EXIT
trap 'exit 130' INT TERM

chapter() { printf '\n\033[1m%s\033[0m\n' "$*"; }
run() { printf '\033[2m$ %s\033[0m\n' "$*" | sed "s|$work/||g; s|$root/||g"; "$@"; }
check() { # check WHAT COMMAND... — a claim of the story, and the end of the demo if it does not hold
  local what=$1
  shift
  if "$@" >/dev/null 2>&1; then printf '  \033[32mok\033[0m  %s\n' "$what"; else die "does not hold: $what"; fi
}
shop_url() { printf 'http://127.0.0.1:%s/shop' "$shop_port"; }
serves() { [ "$(curl -fsS "$(shop_url)/health" | jq -r .version)" = "$1" ]; }
rows() { sqlite3 "$home/data/data/shop.db" 'select count(*), coalesce(sum(id), 0), coalesce(group_concat(who), 0) from visits' | cksum; }
row_count() { sqlite3 "$home/data/data/shop.db" 'select count(*) from visits'; }
visit() { local i; for ((i = 0; i < $1; i++)); do curl -fsS "$(shop_url)/?who=customer-$i" >/dev/null; done; }
tree_digest() { (cd "$1" && find . -type f ! -name '*.log' ! -name '*.txt' ! -name 'shop.db*' -print0 | sort -z | xargs -0 sha256sum | sha256sum); }
within() { [ "$3" -ge "$1" ] && [ "$3" -lt "$2" ]; }
holds() { grep -qF -- "$1" "$home/config/conf/$2"; }
expect_status() { # expect_status N COMMAND... — runs it, shows it, and insists on that exit status
  local want=$1 got=0
  shift
  run "$@" || got=$?
  check "exit status $want" [ "$got" -eq "$want" ]
}

# ---- 1. the vendor
chapter "1. Vendor: keys, bundles, channels"
start_server
echo "update server: $server_url"
run init_vendor
make_tomcat_releases
for v in "${tomcat_versions[@]}"; do run publish "$v"; done
run promote 9.0.117
curl -fsS "$server_url/api/v1/products/shop/channels/dev/path?from=9.0.117" | tee "$work/path.json" | jq .
check "the server's path goes over the required stop" \
  [ "$(jq -c '[.hops[].version]' "$work/path.json")" = '["10.1.59","11.0.24"]' ]

# ---- 2. the host
chapter "2. Host: install, the admin's edits, real data"
run install_host 9.0.117 stable
shop_port=$(free_port)
edit_server_xml "$home/config/conf/server.xml" "$shop_port"
printf '\n# ours: the head office wants it\nshop.owner=head office\n' >>"$home/config/conf/catalina.properties"
sed -i 's|^</tomcat-users>|  <role rolename="shop-admin"/>\n  <user username="eve" password="s3cret-eve" roles="shop-admin"/>\n</tomcat-users>|' "$home/config/conf/tomcat-users.xml"
run supervisor start --home "$home"
wait_for 60 "the shop" serves 9.0.117
visit 40
before=$(rows)
check "9.0.117 answers with $(row_count) visits" serves 9.0.117

# ---- 3. the update
chapter "3. Update: push, plan, two hops"
agent_port=$(free_port)
"$root/scripts/supervisor" agent --home "$home" --listen "127.0.0.1:$agent_port" >"$work/agent.log" 2>&1 &
agent_pid=$!
wait_for 30 "the agent" grep -q "Connected to the update server" "$work/agent.log"
run promote 10.1.59
run promote 11.0.24
knows() { [ "$(supervisor status --home "$home" --json | jq -r '.available // empty')" = "$1" ]; }
wait_for 10 "the agent to learn of 11.0.24" knows 11.0.24
published=$(stat -c %.3Y "$work/server/repository/metadata/timestamp.json")
learned=$(jq -rs '[.[] | select(.event == "available" and (.message | contains("11.0.24")))] | last | .at // empty' "$home/.supervisor/events.jsonl")
check "the agent wrote down when it learned of 11.0.24" [ -n "$learned" ]
push_ms=$(awk -v a="$(date -d "$learned" +%s.%3N)" -v b="$published" 'BEGIN { printf "%d", (a - b) * 1000 }')
check "the agent knew $push_ms ms after it was published" within 0 1000 "$push_ms"
expect_status 7 supervisor check --home "$home"
run supervisor update --home "$home" --dry-run
run supervisor update --home "$home" --yes
check "11.0.24 answers over HTTP" serves 11.0.24
check "every row is in the database" [ "$(rows)" = "$before" ]
check "the admin's port is still there" holds "port=\"$shop_port\"" server.xml
check "the admin's connector attribute is still there" holds 'connectionTimeout="45000"' server.xml
check "the admin's comment is still there" holds 'ours: behind the proxy of the head office' server.xml
check "the admin's property is still there" holds 'shop.owner=head office' catalina.properties
check "the admin's user is still there" holds 'username="eve"' tomcat-users.xml
for file in server.xml catalina.properties tomcat-users.xml; do
  # what 11.0.24 ships and 9.0.117 did not must have arrived, line by line
  new=$(comm -13 <(sort -u "$work/trees/9.0.117/conf/$file") <(sort -u "$work/trees/11.0.24/conf/$file") |
    grep -vE 'port=|connectionTimeout|^\s*(<!--|-->)?\s*$' || true)
  lost=$(comm -23 <(printf '%s\n' "$new" | sort -u) <(sort -u "$home/config/conf/$file") | grep -cvE '^\s*$' || true)
  check "the new defaults of 11.0.24 are in $file" [ "$lost" -eq 0 ]
done

# ---- 4. a bad release
chapter "4. A bad release puts itself back"
cp -r "$work/trees/11.0.24" "$work/trees/11.0.25"
# It deletes the customers' rows, spoils a config file, and never becomes healthy.
cat >"$work/trees/11.0.25/webapps/shop/health.jsp" <<'JSP'
<%@ page contentType="application/json" import="java.sql.*" session="false" %><%
  String base = System.getProperty("catalina.base");
  Class.forName("org.sqlite.JDBC");
  try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + base + "/data/shop.db"); Statement s = db.createStatement()) {
    s.execute("delete from visits");
  }
  java.nio.file.Files.writeString(java.nio.file.Path.of(base, "conf", "tomcat-users.xml"), "<spoiled/>");
  response.setStatus(503);
%>{"status":"the payment module is missing"}
JSP
make_release 11.0.25 '>=11.0.0 <11.0.25' false 'Better payments.'
sed -i 's/within: 60s/within: 10s/' "$work/releases/11.0.25/release.yaml"
versys pack --release "$work/releases/11.0.25/release.yaml" --tree "$work/trees/11.0.25" -o "$work/bundles/shop-11.0.25-any.tgz" >/dev/null
run publish 11.0.25
run promote 11.0.25
visit 5
before=$(rows) config_before=$(tree_digest "$home/config") program_before=$(tree_digest "$home/releases/11.0.24/lib")
expect_status 1 supervisor update --home "$home" --yes
check "11.0.24 answers again" serves 11.0.24
check "the database is row for row as before" [ "$(rows)" = "$before" ]
check "the configs are byte for byte as before" [ "$(tree_digest "$home/config")" = "$config_before" ]
check "the program is byte for byte as before" [ "$(tree_digest "$home/releases/11.0.24/lib")" = "$program_before" ]
run supervisor status --home "$home"
run supervisor history --home "$home"
expect_status 4 supervisor update --home "$home" --yes

# ---- 5. the admin page
chapter "5. A click on Update"
make_tree 11.0.26 11.0.24
# Reports its own version: the demo has no newer real Tomcat at hand.
sed -i 's|String version = .*|String version = "11.0.26";|' "$work/trees/11.0.26/webapps/shop/health.jsp"
# shellcheck disable=SC2016  # Markdown, not a command
make_release 11.0.26 '>=11.0.0 <11.0.26' false 'The payment module is back.

- `health` tells the truth again
- nothing else changed'
run publish 11.0.26
run promote 11.0.26
wait_for 10 "the agent to learn of 11.0.26" knows 11.0.26
link=$(supervisor open --home "$home")
before=$(rows)
if chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome); then
  mkdir -p "$root/target/screenshots"
  run drive_page "$chromium" "$link" "$root/target/screenshots"
  echo "screenshots: target/screenshots"
else
  echo "no Chromium is installed, so the page's own HTTP interface is used"
  run drive_api "$link"
fi
check "11.0.26 answers over HTTP" serves 11.0.26
check "every row is in the database" [ "$(rows)" = "$before" ]

# ---- 6. figures
chapter "6. Summary"
"$root/scripts/demo/summary.sh" "$home" "$push_ms"
printf 'the story took %s\n' "$(seconds $(($(now_ms) - story_started)))"
if $keep; then
  printf '\nstill running (scratch directory %s):\n  update server  %s\n  shop           %s/\n  admin page     %s\n' \
    "$work" "$server_url" "$(shop_url)" "$(supervisor open --home "$home")"
  printf 'stop it with: kill %s %s; %s stop --home %s\n' "$agent_pid" "$server_pid" "$root/scripts/supervisor" "$home"
fi
