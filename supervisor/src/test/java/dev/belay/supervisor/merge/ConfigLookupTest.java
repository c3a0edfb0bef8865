package dev.belay.supervisor.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLookupTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            textBlock =
                    """
                    /Server/@port, 8005
                    /Server/Service/Connector[1]/@port, 8080
                    /Server/Service/Engine/Host[@name='localhost']/@appBase, webapps
                    /Server/Service/Engine/Host/Valve/@pattern, %h %l %u %t "%r" %s %b
                    """)
    void readsAttributesOfTomcatsOwnServerXml(String key, String expected) {
        assertThat(
                        ConfigLookup.value(
                                "conf/server.xml",
                                ConfigFormat.XML,
                                Merges.bytes(Merges.tomcat("11.0.24", "server.xml")),
                                key))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            textBlock =
                    """
                    /Server/Service/Connector[2]/@port
                    /Server/Service/Connector[1]/@nothing
                    /Server/Service/Engine/Host[@name='elsewhere']/@appBase
                    /Server
                    Server/@port
                    /Server/Serv ice/@port
                    """)
    void absentOrNoPath(String key) {
        assertThat(
                        ConfigLookup.value(
                                "conf/server.xml",
                                ConfigFormat.XML,
                                Merges.bytes(Merges.tomcat("11.0.24", "server.xml")),
                                key))
                .isEmpty();
    }

    @Test
    void readsTextsAndProperties() {
        assertThat(
                        ConfigLookup.value(
                                "a.xml",
                                ConfigFormat.XML,
                                Merges.bytes("<a><b n='x/y'> 1 </b><b n='z'> 2 &amp; </b></a>"),
                                "/a/b[@n='x/y']/text()"))
                .contains("1");
        assertThat(
                        ConfigLookup.value(
                                "a.properties",
                                ConfigFormat.PROPERTIES,
                                Merges.bytes("port=1\nport : 2\n"),
                                "port"))
                .contains("2");
        assertThat(ConfigLookup.value("a", ConfigFormat.TEXT, Merges.bytes("port=1"), "port"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    admin, 'secret, admin'
                    admin[1], secret
                    admin[2], admin
                    karaf[1], karaf
                    odd[1], whole
                    """)
    void readsAnItemOfAPropertyThatIsAList(String key, String expected) {
        assertThat(realm(key)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin[3]", "admin[0]", "admin[]", "nobody[1]", "empty[1]"})
    void anItemThatIsNotThereIsAbsent(String key) {
        assertThat(realm(key)).isEmpty();
    }

    /// As Jetty and Karaf keep who may log in: `name: password, role`.
    private static Optional<String> realm(String key) {
        return ConfigLookup.value(
                "conf/realm.properties",
                ConfigFormat.PROPERTIES,
                Merges.bytes(
                        "admin: secret, admin\nkaraf = karaf,_g_:admin\nodd[1]=whole\nempty=,a\n"),
                key);
    }

    @Test
    void brokenFileIsRefused() {
        assertThatThrownBy(() ->
                        ConfigLookup.value("a.xml", ConfigFormat.XML, Merges.bytes("<a>"), "/a/@b"))
                .isInstanceOf(UnmergeableConfigException.class)
                .hasMessageContaining("a.xml line 1");
        assertThatThrownBy(() ->
                        ConfigLookup.value(
                                "a.properties",
                                ConfigFormat.PROPERTIES,
                                Merges.bytes("a=\\u1"),
                                "a"))
                .isInstanceOf(UnmergeableConfigException.class);
        assertThatThrownBy(() ->
                        ConfigLookup.value(
                                "a.xml",
                                ConfigFormat.XML,
                                Merges.bytes("<?xml version='1.0' encoding='no-such'?><a/>"),
                                "/a/@b"))
                .isInstanceOf(UnmergeableConfigException.class)
                .hasMessageContaining("no-such");
    }
}
