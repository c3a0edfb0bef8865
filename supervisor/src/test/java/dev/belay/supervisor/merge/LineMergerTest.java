package dev.belay.supervisor.merge;

import static dev.belay.supervisor.merge.ConfigFormat.TEXT;
import static dev.belay.supervisor.merge.Merges.merge;
import static dev.belay.supervisor.merge.Merges.merged;
import static dev.belay.supervisor.merge.Merges.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineMergerTest {
    @Test
    void separateChangesOfBothSidesCombine() {
        MergeResult result = merge(TEXT, "a\nb\nc\nd\n", "A\nb\nc\nd\nmine\n", "a\nb\nC\nd\n");

        assertThat(result.conflicts()).isEmpty();
        assertThat(text(result)).isEqualTo("A\nb\nC\nd\nmine\n");
    }

    @Test
    void conflictKeepsTheAdminsLinesWithoutMarkers() {
        MergeResult result = merge(TEXT, "a\nb\nc\n", "a\nmine\nc\n", "a\ntheirs\nc\n");

        assertThat(text(result)).isEqualTo("a\nmine\nc\n");
        assertThat(result.conflicts())
                .containsExactly(
                        new MergeResult.Conflict(
                                "line 2",
                                Optional.of("b\n"),
                                Optional.of("mine\n"),
                                Optional.of("theirs\n")));
    }

    @Test
    void adminsLineEndsStay() {
        assertThat(merged(TEXT, "a\nb\nc\nd\n", "A\r\nb\r\nc\r\nd\r\n", "a\nb\nc\nD\n"))
                .isEqualTo("A\r\nb\r\nc\r\nD\r\n");
    }

    @Test
    void missingLastLineEndJoinsNoLines() {
        assertThat(merged(TEXT, "a\nb\nc", "A\nb\nc", "a\nb\nc\nd\n")).isEqualTo("A\nb\nc\nd\n");
    }

    @Test
    void binaryFilesAreNotMerged() {
        MergeResult result = merge(TEXT, "a\0b", "a\0c", "a\0d");

        assertThat(text(result)).isEqualTo("a\0c");
        assertThat(result.conflicts()).hasSize(1);
    }
}
