package dev.belay.supervisor.merge;

import static dev.belay.supervisor.merge.ConfigFormat.PROPERTIES;
import static dev.belay.supervisor.merge.ConfigFormat.XML;
import static dev.belay.supervisor.merge.Merges.merge;
import static dev.belay.supervisor.merge.Merges.text;
import static dev.belay.supervisor.merge.Merges.tomcat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An admin's edits of real Tomcat files, carried from 9 over 10.1 to 11.
class TomcatUpgradeTest {
    private static final List<String> VERSIONS = List.of("9.0.117", "10.1.59", "11.0.24");

    private record Upgraded(String text, List<MergeResult.Conflict> conflicts) {}

    /// Walks all hops; no conflict may be lost on the way.
    private static Upgraded upgrade(ConfigFormat format, String file, String edited) {
        String local = edited;
        List<MergeResult.Conflict> conflicts = new ArrayList<>();
        for (int i = 1; i < VERSIONS.size(); i++) {
            String base = tomcat(VERSIONS.get(i - 1), file);
            String incoming = tomcat(VERSIONS.get(i), file);
            MergeResult result = merge(format, base, local, incoming);
            conflicts.addAll(result.conflicts());
            String once = text(result);
            assertThat(Merges.merged(format, base, once, incoming)).isEqualTo(once);
            local = once;
        }
        return new Upgraded(local, conflicts);
    }

    private static String edit(String text, String what, String with) {
        assertThat(text).contains(what);
        return text.replace(what, with);
    }

    @Test
    void portAttributeCommentValveAndHostStayInServerXml() {
        String edited = tomcat("9.0.117", "server.xml");
        edited =
                edit(
                        edited,
                        "<Connector port=\"8080\" protocol=\"HTTP/1.1\"\n               connectionTimeout=\"20000\"\n               redirectPort=\"8443\"\n               maxParameterCount=\"1000\"\n               />\n    <!-- A",
                        "<!-- moved by ops, ticket 4711 -->\n    <Connector port=\"9090\" protocol=\"HTTP/1.1\"\n               connectionTimeout=\"20000\"\n               redirectPort=\"8443\" compression=\"on\"\n               maxParameterCount=\"1000\"\n               />\n    <!-- A");
        edited =
                edit(
                        edited,
                        "      </Host>\n",
                        "        <Valve className=\"org.apache.catalina.valves.RemoteIpValve\" />\n      </Host>\n      <Host name=\"shop.example.org\" appBase=\"shop\"/>\n");

        Upgraded upgraded = upgrade(XML, "server.xml", edited);

        // the result is Tomcat 11's own file with exactly the admin's edits
        String expected = tomcat("11.0.24", "server.xml");
        expected =
                edit(
                        expected,
                        "<Connector port=\"8080\" protocol=\"HTTP/1.1\"\n               connectionTimeout=\"20000\"\n               redirectPort=\"8443\" />\n    <!-- A",
                        "<!-- moved by ops, ticket 4711 -->\n    <Connector port=\"9090\" protocol=\"HTTP/1.1\"\n               connectionTimeout=\"20000\"\n               redirectPort=\"8443\" compression=\"on\"\n               />\n    <!-- A");
        expected =
                edit(
                        expected,
                        "      </Host>\n",
                        "        <Valve className=\"org.apache.catalina.valves.RemoteIpValve\" />\n      </Host>\n      <Host name=\"shop.example.org\" appBase=\"shop\"/>\n");
        assertThat(upgraded.text()).isEqualTo(expected);
        assertThat(upgraded.conflicts()).isEmpty();
    }

    @Test
    void uncommentedConnectorIsKeptAndNotAddedAgain() {
        String edited = tomcat("9.0.117", "server.xml");
        edited =
                edit(
                        edited,
                        "    <!--\n    <Connector port=\"8443\" protocol=\"org.apache.coyote.http11.Http11NioProtocol\"",
                        "    <Connector port=\"8443\" protocol=\"org.apache.coyote.http11.Http11NioProtocol\"");
        edited =
                edit(
                        edited,
                        "                         certificateKeystorePassword=\"changeit\" type=\"RSA\" />\n        </SSLHostConfig>\n    </Connector>\n    -->",
                        "                         certificateKeystorePassword=\"s3cret\" type=\"RSA\" />\n        </SSLHostConfig>\n    </Connector>");

        Upgraded upgraded = upgrade(XML, "server.xml", edited);

        assertThat(upgraded.text()).containsOnlyOnce("<Connector port=\"8443\"").contains("s3cret");
        assertThat(upgraded.text()).doesNotContain("Http11AprProtocol").doesNotContain("changeit");
        assertThat(upgraded.conflicts()).isEmpty();
    }

    @Test
    void usersAndRolesStay() {
        String edited =
                edit(
                        tomcat("9.0.117", "tomcat-users.xml"),
                        "</tomcat-users>",
                        "  <role rolename=\"manager-gui\"/>\n  <user username=\"ops\" password=\"x\" roles=\"manager-gui\"/>\n</tomcat-users>");

        assertThat(upgrade(XML, "tomcat-users.xml", edited).text()).isEqualTo(edited);
    }

    @Test
    void contextGetsTheNewCommentAndKeepsTheResource() {
        String resource =
                "    <Resource name=\"jdbc/shop\" type=\"javax.sql.DataSource\"/>\n</Context>";
        String edited = edit(tomcat("9.0.117", "context.xml"), "</Context>", resource);

        assertThat(upgrade(XML, "context.xml", edited).text())
                .isEqualTo(edit(tomcat("11.0.24", "context.xml"), "</Context>", resource));
    }

    @Test
    void webXmlGetsTheNewNamespaceAndKeepsTimeoutAndMapping() {
        String edited = tomcat("9.0.117", "web.xml");
        edited =
                edit(
                        edited,
                        "<session-timeout>30</session-timeout>",
                        "<session-timeout>5</session-timeout>");
        edited =
                edit(
                        edited,
                        "    <mime-mapping>\n        <extension>123</extension>",
                        "    <mime-mapping>\n        <extension>shop</extension>\n        <mime-type>application/x-shop</mime-type>\n    </mime-mapping>\n    <mime-mapping>\n        <extension>123</extension>");

        Upgraded upgraded = upgrade(XML, "web.xml", edited);

        assertThat(upgraded.text())
                .contains(
                        "<session-timeout>5<",
                        "<extension>shop<",
                        "https://jakarta.ee/xml/ns/jakartaee")
                .contains("<request-character-encoding>UTF-8</request-character-encoding>")
                .doesNotContain("http://xmlns.jcp.org/xml/ns/javaee\"");
        assertThat(upgraded.conflicts()).isEmpty();
    }

    @Test
    void catalinaPropertiesKeepsValuesAndMergesTheLongList() {
        String edited = tomcat("9.0.117", "catalina.properties");
        edited =
                edit(
                        edited,
                        "#tomcat.util.buf.StringCache.char.enabled=true",
                        "tomcat.util.buf.StringCache.char.enabled=true");
        edited = edit(edited, "icu4j-*.jar,\\\n", "icu4j-*.jar,\\\nour-own-*.jar,\\\n");
        edited = edit(edited, "shared.loader=", "# ours\nshared.loader=${catalina.base}/shared");

        Upgraded upgraded = upgrade(PROPERTIES, "catalina.properties", edited);

        assertThat(upgraded.text())
                .contains("\ntomcat.util.buf.StringCache.char.enabled=true")
                .contains(
                        "our-own-*.jar,\\\n",
                        "jakartaee-migration-*.jar,\\\n",
                        "log4j-jakarta-web*.jar")
                .contains("# ours\nshared.loader=${catalina.base}/shared")
                .doesNotContain("package.access", "GET_CLASSLOADER_USE_PRIVILEGED", "log4j-web*");
        assertThat(upgraded.conflicts()).isEmpty();
    }

    /// Without edits, merging piece by piece must lead to the vendor's own file: one blank line is
    /// added to every side's end only here, so that the shortcut for equal files is not taken.
    @ParameterizedTest
    @ValueSource(strings = {"server.xml", "web.xml", "context.xml", "tomcat-users.xml"})
    void unchangedXmlBecomesTheVendorsFile(String file) throws Exception {
        Upgraded upgraded = upgrade(XML, file, tomcat("9.0.117", file) + "\n");

        assertThat(canonical(upgraded.text())).isEqualTo(canonical(tomcat("11.0.24", file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalina.properties", "logging.properties"})
    void unchangedPropertiesBecomeTheVendorsFile(String file) {
        Upgraded upgraded = upgrade(PROPERTIES, file, tomcat("9.0.117", file) + "\n");

        assertThat(upgraded.text().strip()).isEqualTo(tomcat("11.0.24", file).strip());
    }

    private static List<String> canonical(String xml) throws XmlSyntaxException {
        return XmlParser.document(xml).stream().map(Piece::canonical).toList();
    }
}
