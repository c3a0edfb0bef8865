package dev.belay.supervisor.merge;

import static dev.belay.supervisor.merge.Merges.bytes;
import static dev.belay.supervisor.merge.Merges.merge;
import static dev.belay.supervisor.merge.Merges.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What must hold for any three files. Files come from a seeded generator; a failure names the
/// seed.
class MergeLawsTest {
    private static final int RUNS = 400;

    /// A file as the edits that its generator made to a common origin.
    private record Settings(Map<Integer, String> values, List<Integer> order) {
        Settings copy() {
            return new Settings(new HashMap<>(values), new ArrayList<>(order));
        }

        String print(ConfigFormat format) {
            StringBuilder text = new StringBuilder(format == ConfigFormat.XML ? "<all>\n" : "");
            for (int id : order) {
                switch (format) {
                    case XML ->
                            text.append("  <!-- about %d: %s -->\n".formatted(id, word(id)))
                                    .append(
                                            "  <item name='i%d' value='%s'>\n"
                                                    .formatted(id, values.get(id)))
                                    .append("    <sub/>\n  </item>\n");
                    case PROPERTIES ->
                            text.append(
                                    "# about %d: %s\ni%d = %s\n\n"
                                            .formatted(id, word(id), id, values.get(id)));
                    case TEXT ->
                            text.append("about %d\n%d is %s\n\n".formatted(id, id, values.get(id)));
                }
            }
            return text + (format == ConfigFormat.XML ? "</all>\n" : "");
        }

        private static String word(int id) {
            return "w" + id + " v" + id + " u" + id + " t" + id;
        }
    }

    private static Settings origin(Random random) {
        Settings settings = new Settings(new HashMap<>(), new ArrayList<>());
        for (int id = 0; id < 1 + random.nextInt(8); id++) {
            settings.values().put(id, "o" + id);
            settings.order().add(id);
        }
        return settings;
    }

    private static Settings edited(Settings origin, Random random, String who, int firstNew) {
        Settings settings = origin.copy();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            List<Integer> order = settings.order();
            int kind = random.nextInt(3);
            if (kind == 0 || order.isEmpty()) {
                int id = firstNew + i;
                settings.values().put(id, who + id);
                order.add(random.nextInt(order.size() + 1), id);
            } else if (kind == 1) {
                int id = order.get(random.nextInt(order.size()));
                settings.values().put(id, who + random.nextInt(1000));
            } else {
                int id = order.remove(random.nextInt(order.size()));
                settings.values().remove(id);
            }
        }
        return settings;
    }

    private static Map<String, String> read(ConfigFormat format, String text) throws Exception {
        Map<String, String> values = new HashMap<>();
        if (format == ConfigFormat.XML) {
            for (XmlPiece root : XmlParser.document(text)) {
                for (XmlPiece.Element item : ((XmlPiece.Element) root).elements()) {
                    String name = item.attribute("name").orElseThrow().value();
                    assertThat(values.put(name, item.attribute("value").orElseThrow().value()))
                            .as("%s is there once", name)
                            .isNull();
                }
            }
        } else {
            for (PropertiesPiece piece : PropertiesParser.parse(text)) {
                if (piece instanceof PropertiesPiece.Property property) {
                    assertThat(values.put(property.key(), property.value()))
                            .as("%s is there once", property.key())
                            .isNull();
                }
            }
        }
        return values;
    }

    /// Setting by setting, the merge is what the rules say; and merging again changes nothing.
    @ParameterizedTest
    @EnumSource(
            value = ConfigFormat.class,
            names = {"XML", "PROPERTIES"})
    void everySettingFollowsTheRules(ConfigFormat format) throws Exception {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Settings base = origin(random);
            Settings local = edited(base, random, "l", 100);
            Settings incoming = edited(base, random, "i", 200);
            String baseText = base.print(format);
            String incomingText = incoming.print(format);

            MergeResult result = merge(format, baseText, local.print(format), incomingText);

            Map<String, String> expected = new HashMap<>();
            for (int id = 0; id < 300; id++) {
                Optional<String> was = Optional.ofNullable(base.values().get(id));
                Optional<String> here = Optional.ofNullable(local.values().get(id));
                Optional<String> there = Optional.ofNullable(incoming.values().get(id));
                String name = "i" + id;
                (here.equals(was) ? there : here).ifPresent(value -> expected.put(name, value));
            }
            assertThat(read(format, text(result))).as("seed %d", seed).isEqualTo(expected);
            assertThat(text(merge(format, baseText, text(result), incomingText)))
                    .as("again, seed %d", seed)
                    .isEqualTo(text(result));
        }
    }

    @ParameterizedTest
    @EnumSource(ConfigFormat.class)
    void oneSidedChangesAreTakenByteForByte(ConfigFormat format) {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Settings base = origin(random);
            String before = base.print(format);
            String changed = edited(base, random, "x", 100).print(format);

            assertThat(text(merge(format, before, changed, before))).isEqualTo(changed);
            assertThat(text(merge(format, before, before, changed))).isEqualTo(changed);
        }
    }

    /// Every line that only the admin has stays, whatever the vendor does.
    @ParameterizedTest
    @EnumSource(ConfigFormat.class)
    void theAdminsOwnLinesStay(ConfigFormat format) {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Settings base = origin(random);
            String baseText = base.print(format);
            String local = edited(base, random, "l", 100).print(format);
            String merged =
                    text(
                            merge(
                                    format,
                                    baseText,
                                    local,
                                    edited(base, random, "i", 200).print(format)));

            List<String> before = baseText.lines().toList();
            local.lines()
                    .filter(line -> !before.contains(line))
                    .forEach(line -> assertThat(merged.lines()).contains(line));
            assertThat(merged).doesNotContain("<<<<", ">>>>");
        }
    }

    /// Any text, parsed: pieces lie in order, within their parents, and only blanks between them.
    @Test
    void piecesCoverTheWholeText() throws Exception {
        for (String file : List.of("server.xml", "web.xml", "context.xml", "tomcat-users.xml")) {
            String text = Merges.tomcat("9.0.117", file);
            assertThat(rebuilt(text, XmlParser.document(text), 0, text.length())).isEqualTo(text);
        }
        for (String file : List.of("catalina.properties", "logging.properties")) {
            String text = Merges.tomcat("9.0.117", file);
            assertThat(rebuilt(text, PropertiesParser.parse(text), 0, text.length()))
                    .isEqualTo(text);
        }
    }

    private static String rebuilt(String text, List<? extends Piece> pieces, int from, int to) {
        StringBuilder result = new StringBuilder();
        int at = from;
        for (Piece piece : pieces) {
            String gap = text.substring(at, piece.start());
            assertThat(gap).isBlank();
            result.append(gap);
            if (piece instanceof XmlPiece.Element element && !element.children.isEmpty()) {
                int close = text.lastIndexOf("</", element.end() - 1);
                result.append(text, element.start(), element.openEnd)
                        .append(rebuilt(text, element.children, element.openEnd, close))
                        .append(text, close, element.end());
            } else {
                result.append(text, piece.start(), piece.end());
            }
            at = piece.end();
        }
        assertThat(text.substring(at, to)).isBlank();
        return result.append(text, at, to).toString();
    }

    /// Whatever bytes a file has, merging ends with the admin's content or a clear refusal.
    @Test
    void damagedFilesNeverGetThrough() {
        byte[] base = bytes(Merges.tomcat("9.0.117", "server.xml"));
        byte[] incoming = bytes(Merges.tomcat("11.0.24", "server.xml"));
        Random random = new Random(7);
        int refused = 0;
        for (int run = 0; run < 300; run++) {
            byte[] local = base.clone();
            local[random.nextInt(local.length)] = (byte) random.nextInt(256);
            MergeInput input =
                    new MergeInput(
                            "conf/server.xml",
                            ConfigFormat.XML,
                            Optional.of(base),
                            Optional.of(local),
                            Optional.of(incoming));
            try {
                MergeResult result = ConfigMergers.merger(ConfigFormat.XML).merge(input);
                XmlParser.document(
                        ConfigText.decode(result.content().orElseThrow(), ConfigFormat.XML).text());
            } catch (UnmergeableConfigException e) {
                refused++;
                assertThat(e.line()).isPositive();
            } catch (XmlSyntaxException | ConfigText.Undecodable e) {
                throw new AssertionError("run " + run + " let a damaged file through", e);
            }
        }
        assertThat(refused).isBetween(1, 299);
    }
}
