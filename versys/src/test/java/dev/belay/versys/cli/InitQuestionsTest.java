package dev.belay.versys.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a person is asked who types `versys init` and nothing else.
class InitQuestionsTest {
    private final StringWriter said = new StringWriter();

    @Test
    void asksForWhatIsMissingUntilItFits() {
        InitCommand init = new InitCommand();
        init.ask(
                answering(
                        "My Shop", "shop", "dev, stable", "updates", "https://u.example.org", "n"));

        assertThat(init.product).isEqualTo("shop");
        assertThat(init.channels).containsExactly("dev", "stable");
        assertThat(init.server).isEqualTo("https://u.example.org");
        assertThat(init.solo).isTrue();
        assertThat(said.toString())
                .contains(
                        "A name is a-z, 0-9 and -", "An address begins with http:// or https://.");
    }

    @Test
    void takesTheUsualForNothingAndAsksNotWhatWasSaid() {
        InitCommand init = new InitCommand();
        init.product = "shop";
        init.ask(answering("", "", ""));

        assertThat(init.channels).containsExactly("dev", "stable");
        assertThat(init.server).isNull();
        assertThat(init.solo).isFalse();
    }

    @Test
    void endsWhenNobodyAnswers() {
        assertThatThrownBy(() -> new InitCommand().ask(answering("shop")))
                .isInstanceOf(InitQuestions.EndedException.class);
    }

    private InitQuestions answering(String... lines) {
        Deque<String> answers = new ArrayDeque<>(List.of(lines));
        return new InitQuestions(
                _ -> Optional.ofNullable(answers.poll()), new PrintWriter(said, true));
    }
}
