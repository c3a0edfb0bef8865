package dev.belay.versys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.version.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Everything that the format can say can be published, and what people do by hand at night has a
/// verb.
class VendorChannelTest extends VendorCommands {
    private static final Pattern RECIPE =
            Pattern.compile("^```json\n(.*?)```", Pattern.DOTALL | Pattern.MULTILINE);

    private void publishOne() throws Exception {
        String bundle = bundle("1.0.0", "<1.0.0", "a").toString();
        assertThat(versys("publish", bundle, "--channel", "stable")).as("%s", err).isZero();
    }

    @Test
    void haltsAndResumes() throws Exception {
        publishOne();
        assertThat(versys("halt", "--channel=stable", "--reason=data loss")).isZero();
        assertThat(out.toString()).contains("Nothing is offered any more: data loss");
        assertThat(channel("stable").rules().halted()).isPresent();
        assertThat(versys("resume", "--channel=stable")).isZero();
        assertThat(channel("stable").rules().halted()).isEmpty();
    }

    @Test
    void marksADeadEndAndClearsIt() throws Exception {
        publishOne();
        assertThat(versys("dead-end", "1.0.0", "--channel=stable")).isEqualTo(4);
        assertThat(versys("dead-end", "1.0.0", "--channel=stable", "--reason=end of life"))
                .as("%s", err)
                .isZero();
        assertThat(channel("stable").releases().getFirst().passage().deadEnd()).isPresent();
        assertThat(versys("dead-end", "1.0.0", "--channel=stable", "--clear")).isZero();
        assertThat(channel("stable").releases().getFirst().passage().deadEnd()).isEmpty();
    }

    @Test
    void aDocumentThatWasShownIsEditedAndApplied() throws Exception {
        publishOne();
        assertThat(versys("channel", "show", "stable")).isZero();
        Path file = Files.writeString(directory.resolve("stable.json"), out.toString());
        assertThat(versys("channel", "apply", file.toString())).isZero();
        assertThat(out.toString()).contains("Nothing to do");
        Files.writeString(file, out(file).replace("**new**", "**newer**"));
        assertThat(versys("channel", "apply", file.toString())).as("%s", err).isZero();
        assertThat(out.toString())
                .contains("changes what stable says of 1.0.0: notes", "Published");
        assertThat(channel("stable").release(Version.of("1.0.0")).orElseThrow().about().notes())
                .isEqualTo("**newer**");
    }

    private static String out(Path file) throws Exception {
        return Files.readString(file);
    }

    @Test
    void aDocumentThatNamesWhatNobodyPublishedOrOtherBytesIsRefused() throws Exception {
        publishOne();
        versys("channel", "show", "stable");
        Path file = Files.writeString(directory.resolve("stable.json"), out.toString());
        String good = out(file);
        Files.writeString(file, good.replace("shop-1.0.0-any", "shop-9.0.0-any"));
        assertThat(versys("channel", "apply", file.toString())).isEqualTo(4);
        assertThat(err.toString()).contains("is not published");
        Files.writeString(file, good.replaceFirst("\"sha256\" : \"....", "\"sha256\" : \"0000"));
        assertThat(versys("channel", "apply", file.toString())).isEqualTo(5);
        Files.writeString(file, good.replace("\"shop\"", "\"other\""));
        assertThat(versys("channel", "apply", file.toString())).isEqualTo(4);
        assertThat(err.toString()).contains("not of shop");
    }

    @Test
    void everyRecipeCanBePublished() throws Exception {
        Matcher recipe = RECIPE.matcher(Files.readString(Path.of("..", "docs", "recipes.md")));
        int count = 0;
        while (recipe.find()) {
            Path file = Files.writeString(directory.resolve("recipe.json"), recipe.group(1));
            Channel document = Channel.parse(Files.readAllBytes(file));
            Path person = directory.resolve("vendor-" + count++);
            assertThat(
                            versysAs(
                                    person,
                                    "init",
                                    "--product=" + document.product(),
                                    "--channel=" + document.name(),
                                    "--scheme=" + document.scheme().name(),
                                    "--to=" + person.resolve("web"),
                                    "--solo",
                                    "--no-passphrase"))
                    .as("%s", err)
                    .isZero();
            // OpenShift means to have several heads; the command says how to say so.
            String meant = "--accept-finding=second-head";
            assertThat(versysAs(person, "channel", "apply", file.toString(), meant))
                    .as("%s %s", document, err)
                    .isZero();
            assertThat(versysAs(person, "channel", "show", document.name())).isZero();
            assertThat(
                            Channel.parse(
                                    out.toString()
                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .isEqualTo(document);
        }
        assertThat(count).isGreaterThan(7);
    }

    @Test
    void aWithdrawnReleaseIsPromotedByForceOnly() throws Exception {
        versys("publish", bundle("1.0.0", "<1.0.0", "a").toString(), "--channel", "dev");
        versys("withdraw", "1.0.0", "--channel=dev", "--reason=loses rows");
        assertThat(versys("promote", "1.0.0", "--from=dev", "--to=stable")).isEqualTo(4);
        assertThat(err.toString()).contains("is withdrawn in dev: loses rows", "--force");
        assertThat(versys("promote", "1.0.0", "--from=dev", "--to=stable", "--force"))
                .as("%s", err)
                .isZero();
    }

    @Test
    void whatIsMissingGetsASentence() {
        assertThat(versys("promote", "1.0.0", "--from=dev")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--to: The channel that gets it.", "versys promote --help")
                .doesNotContain("Usage:");
    }
}
