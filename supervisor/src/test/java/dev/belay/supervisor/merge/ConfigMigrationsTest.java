package dev.belay.supervisor.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.release.ConfigMigration;
import dev.belay.versys.release.ConfigMigration.Remove;
import dev.belay.versys.release.ConfigMigration.Rename;
import dev.belay.versys.release.ConfigMigration.SetDefault;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ConfigMigrationsTest {
    private static String migrate(ConfigFormat format, String text, ConfigMigration... migrations) {
        byte[] once = ConfigMigrations.apply("f", format, Merges.bytes(text), List.of(migrations));
        assertThat(ConfigMigrations.apply("f", format, once, List.of(migrations))).isEqualTo(once);
        return new String(once, StandardCharsets.UTF_8);
    }

    @Test
    void propertiesKeepTheAdminsValueUnderTheNewName() {
        assertThat(
                        migrate(
                                ConfigFormat.PROPERTIES,
                                "# mail\nmail.host : smtp.example.org\nlegacy.poll=5\nz=1",
                                new Rename("f", "mail.host", "smtp.host"),
                                new Remove("f", "legacy.poll"),
                                new SetDefault("f", ordered("smtp.tls", "true", "z", "9"))))
                .isEqualTo("# mail\nsmtp.host : smtp.example.org\nz=1\nsmtp.tls=true\n");
    }

    @Test
    void nameThatIsSetAlreadyWins() {
        assertThat(
                        migrate(
                                ConfigFormat.PROPERTIES,
                                "old=1\r\nnew=2\r\n",
                                new Rename("f", "old", "new")))
                .isEqualTo("new=2\r\n");
    }

    @Test
    void keysAndValuesAreEscaped() throws Exception {
        String migrated =
                migrate(
                        ConfigFormat.PROPERTIES,
                        "a=1\n",
                        new SetDefault("f", ordered("#b c=d:e", " x\\y\nz\t")));
        Properties read = new Properties();
        read.load(new StringReader(migrated));
        assertThat(read).containsEntry("#b c=d:e", " x\\y\nz\t");
    }

    @Test
    void attributesOfXml() {
        String connector = "/Server/Connector[@port='1']/@";
        assertThat(
                        migrate(
                                ConfigFormat.XML,
                                "<Server><Connector port='1' old='x'  gone='y'/></Server>",
                                new Rename("f", connector + "old", connector + "fresh"),
                                new Remove("f", connector + "gone"),
                                new SetDefault("f", ordered(connector + "tls", "a\"<&"))))
                .isEqualTo(
                        "<Server><Connector port='1' fresh='x' tls=\"a&quot;&lt;&amp;\"/></Server>");
        assertThat(
                        migrate(
                                ConfigFormat.XML,
                                "<a old='1' fresh='2'><b/></a>",
                                new Rename("f", "/a/@old", "/a/@fresh"),
                                new SetDefault("f", ordered("/a/b/@x", "1", "/a/c/@x", "1"))))
                .isEqualTo("<a fresh='2'><b x=\"1\"/></a>");
    }

    @Test
    void otherFilesAreLeftAlone() {
        assertThat(migrate(ConfigFormat.PROPERTIES, "a=1\n", new Remove("other", "a")))
                .isEqualTo("a=1\n");
    }

    @Test
    void whatCannotBeMigratedIsRefused() {
        assertThatThrownBy(() -> migrate(ConfigFormat.TEXT, "a", new Remove("f", "a")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("only lines");
        assertThatThrownBy(() -> migrate(ConfigFormat.XML, "<a/>", new Remove("f", "/a/text()")))
                .hasMessageContaining("no path to an attribute");
        assertThatThrownBy(
                        () -> migrate(ConfigFormat.XML, "<a/>", new Rename("f", "/a/@x", "/b/@x")))
                .hasMessageContaining("another element");
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
