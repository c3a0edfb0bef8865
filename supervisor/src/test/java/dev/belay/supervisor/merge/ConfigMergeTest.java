package dev.belay.supervisor.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.release.ReleaseDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What becomes of whole files, and of settings that the vendor moved.
class ConfigMergeTest {
    private static final String FILE = "conf/app.properties";
    private static final String RENAMED =
            "config-migrations: [{file: conf/app.properties, rename: {from: mail, to: smtp}}]\n";

    private record Files(Map<String, String> files) implements ConfigFiles {
        static Files of(String text) {
            return new Files(text.isEmpty() ? Map.of() : Map.of(FILE, text));
        }

        @Override
        public SortedSet<String> paths() {
            return new TreeSet<>(files.keySet());
        }

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(files.get(path))
                    .map(text -> text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aRenamedSettingKeepsTheValueOfThisHost() {
        assertThat(merged(RENAMED, "mail=a\n", "mail=mine\n", "smtp=a\n")).isEqualTo("smtp=mine\n");
        assertThat(merged(RENAMED, "mail=a\nx=1\n", "mail=mine\nx=1\n", "smtp=a\nx=2\n"))
                .isEqualTo("smtp=mine\nx=2\n");
        MergedConfig merged = merge(RENAMED, "mail=a\n", "mail=mine\n", "smtp=a\n");
        assertThat(merged.changes().getFirst().decisions()).contains(ConfigChange.MIGRATED);
        assertThat(merged.conflicts()).isZero();
    }

    @Test
    void withoutADeclarationTheOldNameStays() {
        assertThat(merged("", "mail=a\n", "mail=mine\n", "smtp=a\n")).contains("mail=mine");
    }

    @Test
    void whatIsUnchangedHereIsTakenAsShipped() {
        assertThat(merged(RENAMED, "mail=a\n", "mail=a\n", "# new\nsmtp=b\n"))
                .isEqualTo("# new\nsmtp=b\n");
        assertThat(merge("", "a=1\n", "a=1\n", "a=2\n").changes().getFirst().decisions())
                .containsExactly(ConfigChange.TAKEN);
        assertThat(merge("", "", "", "a=2\n").changes().getFirst().decisions())
                .containsExactly(ConfigChange.ADDED);
        assertThat(merge("", "a=1\n", "a=1\n", "").changes().getFirst().decisions())
                .containsExactly(ConfigChange.REMOVED);
    }

    @Test
    void whatNeedsNoChangeIsNotTouched() {
        assertThat(merge("", "a=1\n", "a=mine\n", "a=1\n").changes()).isEmpty();
        assertThat(merge("", "a=1\n", "a=2\n", "a=2\n").changes()).isEmpty();
        assertThat(merge("", "a=1\n", "", "a=2\n").changes()).isEmpty();
        assertThat(merge("", "a=1\n", "a=mine\n", "").changes()).isEmpty();
        assertThat(merge("", "a=1\n", "", "").changes()).isEmpty();
        assertThat(merge(RENAMED, "", "smtp=mine\n", "smtp=mine\n").changes()).isEmpty();
    }

    @Test
    void whatBothChangedAndIsNoTextStaysWithTheirsBesideIt() {
        MergedConfig merged = merge("", "\0a", "\0b", "\0c");
        assertThat(new String(merged.files().get(FILE).orElseThrow(), StandardCharsets.UTF_8))
                .isEqualTo("\0b");
        assertThat(merged.files()).containsKey(FILE + ".new-2.0.0");
        assertThat(merge("", "\0a", "\0b", "\0a").changes()).isEmpty();
    }

    @Test
    void aLaterEditIsNoticed() {
        MergedConfig merged = merge("", "a=1\n", "a=1\n", "a=2\n");
        assertThat(merged.outdated(Files.of("a=1\n"))).isEmpty();
        assertThat(merged.outdated(Files.of("a=3\n"))).containsExactly(FILE);
        assertThat(merged.outdated(Files.of(""))).containsExactly(FILE);
    }

    private static String merged(String more, String base, String local, String incoming) {
        return new String(
                merge(more, base, local, incoming).files().get(FILE).orElseThrow(),
                StandardCharsets.UTF_8);
    }

    private static MergedConfig merge(String more, String base, String local, String incoming) {
        String yaml =
                "product: shop\nversion: 2.0.0\nplatform: any\nlayout: {config: [conf/]}\n" + more;
        return ConfigMerge.merge(
                ReleaseDescriptor.parsePublished(yaml.getBytes(StandardCharsets.UTF_8), "yaml"),
                Files.of(base),
                Files.of(local),
                Files.of(incoming));
    }
}
