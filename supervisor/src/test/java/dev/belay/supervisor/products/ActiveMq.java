package dev.belay.supervisor.products;

import dev.belay.supervisor.status.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Apache ActiveMQ of Maven Central, with persistent messages in its journal. They are sent and
/// browsed by way of its web console.
final class ActiveMq implements RealProduct {
    private static final String CONNECTORS = "(?s)<transportConnectors>.*?</transportConnectors>";
    private static final String OURS =
            "<transportConnectors>\n"
                    + "            <!-- ours: nobody comes from outside -->\n"
                    + "            <transportConnector name=\"openwire\""
                    + " uri=\"tcp://127.0.0.1:0?maximumConnections=7\"/>\n"
                    + "        </transportConnectors>";

    @Override
    public String name() {
        return "activemq";
    }

    @Override
    public List<String> versions() {
        return List.of("5.16.6", "5.18.3");
    }

    @Override
    public Set<Step> steps() {
        return Set.of(Step.STOP, Step.PROVE, Step.SET_ASIDE, Step.MIGRATE, Step.HEALTH);
    }

    @Override
    public void unpack(String version, Path tree) throws Exception {
        String sha512 =
                version.equals("5.16.6")
                        ? "3f73cb737d5b19dcd4df44a0f0f9bf30d33fb818f6d3eac78f626942848e7fdd"
                                + "61b74cc7bdb4d51bae38cf9be5f836f4180fa1b693cfbb8a016eb68e3805b210"
                        : "61abc4a08b9e1db6a5b1062bb1c839171e93bcb571817fd81744dd19874d7138"
                                + "40bba99c7979d45bcb832d13ea01986b76fb11720f5ec63a0283e7d1934a33cc";
        Downloads.unpack(
                Downloads.tarball("org.apache.activemq", "apache-activemq", version, sha512),
                tree,
                "--strip-components=1");
    }

    @Override
    public void edit(Path conf, int port) throws IOException {
        RealProduct.replace(conf.resolve("jetty.xml"), "value=\"8161\"", "value=\"" + port + "\"");
        RealProduct.replace(
                conf.resolve("jetty-realm.properties"), "admin: admin,", "admin: s3cret,");
        Path broker = conf.resolve("activemq.xml");
        Files.writeString(
                broker,
                Files.readString(broker).replaceFirst(CONNECTORS, Matcher.quoteReplacement(OURS)));
    }

    @Override
    public boolean edited(Path conf, int port) throws IOException {
        return Files.readString(conf.resolve("activemq.xml")).contains(OURS)
                && Files.readString(conf.resolve("jetty.xml")).contains("\"" + port + "\"")
                && Files.readString(conf.resolve("jetty-realm.properties")).contains("s3cret");
    }

    /// 5.18 has another log library, another connector in jetty.xml, and no bean for the log.
    @Override
    public boolean migrated(Path conf) throws IOException {
        boolean now = Files.exists(conf.resolve("log4j2.properties"));
        if (now == Files.exists(conf.resolve("log4j.properties"))
                || now == Files.readString(conf.resolve("activemq.xml")).contains("logQuery")
                || now != Files.readString(conf.resolve("jetty.xml")).contains("httpConfig")) {
            throw new IllegalStateException(conf + " is of two releases");
        }
        return now;
    }

    @Override
    public List<String> settings(int port) {
        return List.of(
                "service: {environment: {JAVA_HOME: \"" + System.getProperty("java.home") + "\"}}");
    }

    @Override
    public String version(int port) throws IOException, InterruptedException {
        return HttpUse.get(
                        port,
                        "/api/jolokia/read/org.apache.activemq:type=Broker,brokerName=localhost/BrokerVersion",
                        headers())
                .replaceFirst("(?s).*\"value\":\"([^\"]*)\".*", "$1");
    }

    @Override
    public void put(int port, String item) throws IOException, InterruptedException {
        HttpUse.post(port, "/api/message/orders?type=queue", "body=" + item, headers());
    }

    @Override
    public Set<String> items(int port) throws IOException, InterruptedException {
        String feed =
                HttpUse.get(
                        port, "/admin/queueBrowse/orders?view=rss&feedType=atom_1.0", headers());
        Set<String> items = new TreeSet<>();
        Matcher text = Pattern.compile("<summary type=\"text\">([^<]*)").matcher(feed);
        while (text.find()) {
            items.add(text.group(1));
        }
        return items;
    }

    private static String[] headers() {
        return new String[] {
            "Authorization",
            HttpUse.login("admin", "s3cret"),
            "Origin",
            "http://localhost",
            "Content-Type",
            "application/x-www-form-urlencoded"
        };
    }
}
