package dev.belay.versys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.console.RenderedHelp;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpTest {
    @Test
    void whatTheLauncherShowsIsWhatTheProgramAnswers(@TempDir Path pages) throws Exception {
        assertThat(RenderedHelp.check(Main.class, pages)).contains("", "publish", "key/rotate");
    }
}
