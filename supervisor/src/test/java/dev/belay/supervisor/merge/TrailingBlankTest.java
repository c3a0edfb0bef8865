package dev.belay.supervisor.merge;

import static dev.belay.supervisor.merge.ConfigFormat.PROPERTIES;
import static dev.belay.supervisor.merge.Merges.merged;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The blank at the end of a line belongs to the value there, and to nobody else.
class TrailingBlankTest {
    private static final int RUNS = 10_000;
    private static final List<String> VALUES =
            List.of("", " ", "\t", "v", "v ", "w  ", "1", "1\t", "a b", "a b ");

    @Test
    void aSetValueBesideARemovedLineDoesNotMeetIt() {
        assertThat(merged(PROPERTIES, "key= \nold=1\nc=1\n", "key= \nold=1\nc=2\n", "key=5\nc=1\n"))
                .isEqualTo("key= 5\nc=2\n");
    }

    @Test
    void aRemovedLineLeavesTheBlankOfTheOneBeforeAlone() {
        assertThat(
                        merged(
                                PROPERTIES,
                                "a=1\nx=v \ny=w\nz=1\n",
                                "a=2\nx=v \ny=w\nz=1\n",
                                "a=1\nx=v \nz=1\n"))
                .isEqualTo("a=2\nx=v \nz=1\n");
    }

    @Test
    void anAddedLineBringsNoBlankForTheOneBefore() {
        assertThat(merged(PROPERTIES, "x=u\n", "x=v\n", "x=v \ny=w\n")).isEqualTo("x=v\ny=w\n");
    }

    @Test
    void aFirstFillingStartsWithItsOwnLine() throws IOException {
        assertThat(read(merged(PROPERTIES, "x=1 \n", "", "x=1 \ny=2 \nz=3\n")))
                .isEqualTo(Map.of("y", "2 ", "z", "3"));
    }

    /// Whatever blanks there are: a value that only one side changed is that side's.
    @Test
    void everyValueIsTheOneOfWhoChangedIt() throws IOException {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Map<String, String> base = new LinkedHashMap<>();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                base.put("k" + i, any(random));
            }
            Map<String, String> local = edited(base, random, "l");
            Map<String, String> incoming = edited(base, random, "i");

            String result =
                    merged(
                            PROPERTIES,
                            print(base, random),
                            print(local, random),
                            print(incoming, random));

            Map<String, String> values = read(result);
            for (String key : keys(base, local, incoming)) {
                String was = base.get(key);
                String here = local.get(key);
                String there = incoming.get(key);
                if (Objects.equals(was, here)) {
                    assertThat(values.get(key)).as("%s of seed %d", key, seed).isEqualTo(there);
                } else if (Objects.equals(was, there) || Objects.equals(here, there)) {
                    assertThat(values.get(key)).as("%s of seed %d", key, seed).isEqualTo(here);
                }
            }
        }
    }

    private static String any(Random random) {
        return VALUES.get(random.nextInt(VALUES.size())).stripLeading();
    }

    private static Map<String, String> edited(
            Map<String, String> base, Random random, String newKeys) {
        Map<String, String> edited = new LinkedHashMap<>(base);
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            List<String> keys = new ArrayList<>(edited.keySet());
            int kind = keys.isEmpty() ? 0 : random.nextInt(3);
            switch (kind) {
                case 0 -> edited.put(newKeys + i, any(random));
                case 1 -> edited.put(keys.get(random.nextInt(keys.size())), any(random));
                default -> edited.remove(keys.get(random.nextInt(keys.size())));
            }
        }
        return edited;
    }

    private static String print(Map<String, String> values, Random random) {
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) -> {
            text.append(random.nextInt(4) == 0 ? "  \n" : "");
            text.append(random.nextInt(6) == 0 ? "# about " + key + " \n" : "");
            text.append(key)
                    .append(random.nextInt(4) == 0 ? " = " : "=")
                    .append(value)
                    .append('\n');
        });
        return text.toString();
    }

    private static Map<String, String> read(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(it -> values.put(it, properties.getProperty(it)));
        return values;
    }

    @SafeVarargs
    private static List<String> keys(Map<String, String>... sides) {
        List<String> keys = new ArrayList<>();
        for (Map<String, String> side : sides) {
            keys.addAll(side.keySet());
        }
        Collections.sort(keys);
        return keys.stream().distinct().toList();
    }
}
