package dev.belay.versys.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.belay.versys.release.InvalidDescriptorException;
import dev.belay.versys.release.ReleaseDescriptor;
import dev.belay.versys.yaml.YamlProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// release.yaml as a fuzzer makes it; see docs/development.md, "Fuzzing".
class ReleaseDescriptorFuzzTest {
    /// Refused with an [InvalidDescriptorException] whose problems have places; or read the same
    /// twice, with names and paths that cannot leave a home. The check with the schema accepts no
    /// more, and reads the same.
    @FuzzTest
    void anyRelease(byte[] yaml) {
        Optional<ReleaseDescriptor> published = published(yaml);
        Optional<ReleaseDescriptor> strict = strict(yaml);
        if (strict.isPresent()) {
            assertThat(published).isEqualTo(strict);
        }
        published.ifPresent(release -> {
            assertThat(published(yaml)).contains(release);
            assertThat(release.product()).matches("[a-z][a-z0-9-]*");
            assertThat(release.platform()).matches("any|[a-z0-9]+-[a-z0-9_]+");
            paths(release).forEach(ReleaseDescriptorFuzzTest::assertStaysInside);
        });
    }

    private static Optional<ReleaseDescriptor> published(byte[] yaml) {
        try {
            return Optional.of(ReleaseDescriptor.parsePublished(yaml, "release.yaml"));
        } catch (InvalidDescriptorException e) {
            assertProblemsHavePlaces(e);
            return Optional.empty();
        }
    }

    private static Optional<ReleaseDescriptor> strict(byte[] yaml) {
        try {
            return Optional.of(ReleaseDescriptor.parse(yaml, "release.yaml"));
        } catch (InvalidDescriptorException e) {
            assertProblemsHavePlaces(e);
            return Optional.empty();
        }
    }

    private static void assertProblemsHavePlaces(InvalidDescriptorException e) {
        assertThat(e.problems()).isNotEmpty();
        for (YamlProblem problem : e.problems()) {
            assertThat(problem.line()).isPositive();
            assertThat(problem.column()).isPositive();
            assertThat(problem.message()).isNotBlank();
        }
    }

    private static List<String> paths(ReleaseDescriptor release) {
        List<String> paths = new ArrayList<>();
        release.layout().config().forEach(file -> paths.add(file.path()));
        release.layout().data().forEach(file -> paths.add(file.path()));
        release.layout().scratch().forEach(file -> paths.add(file.path()));
        release.databases().forEach(database -> paths.add(database.file()));
        release.notes().ifPresent(paths::add);
        return paths;
    }

    private static void assertStaysInside(String path) {
        assertThat(path).isNotBlank().doesNotStartWith("/").doesNotContain("\0");
        assertThat(path.split("/")).doesNotContain("..", ".");
    }
}
