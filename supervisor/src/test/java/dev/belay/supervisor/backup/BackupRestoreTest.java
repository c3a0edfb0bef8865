package dev.belay.supervisor.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.supervisor.database.SqliteDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A restored home is as it was, and nothing else is touched.
class BackupRestoreTest extends BackupHome {
    @Test
    void restoresEverythingAsItWas() throws Exception {
        Map<String, String> config = picture(home.resolve("config"));
        Map<String, String> data = picture(home.resolve("data"));
        List<Long> progress = new ArrayList<>();
        Backup backup =
                repository.create(request(), (done, total) -> progress.add(done * 100 / total));
        assertThat(repository.verify(backup.id(), BackupListener.NONE).problems()).isEmpty();
        assertThat(progress).isSorted();
        assertThat(progress.getLast()).isBetween(95L, 105L);

        Files.writeString(home.resolve("config/conf/server.xml"), "<Broken/>");
        Files.writeString(home.resolve("data/shop/new"), "new");
        execute("DELETE FROM t");
        Path aside = home.resolve(".supervisor/aside/restore-1");
        Map<String, Path> places =
                Map.of(
                        "config",
                        home.resolve("config"),
                        "data",
                        home.resolve("data"),
                        "settings",
                        home.resolve("supervisor.yaml"));
        repository.restore(backup.id(), places, aside, BackupListener.NONE);

        assertThat(picture(home.resolve("config"))).isEqualTo(config);
        assertThat(picture(home.resolve("data"))).isEqualTo(data);
        assertThat(new SqliteDatabase("main", database).content().rows()).isEqualTo(2);
        assertThat(home.resolve("supervisor.yaml")).hasContent("product: shop\n");
        assertThat(aside.resolve("config/conf/server.xml")).hasContent("<Broken/>");
        assertThat(aside.resolve("data/shop/new")).exists();
    }

    @Test
    void aRepeatedRestoreGoesOnWhereItStopped() throws Exception {
        Backup backup = create();
        Path aside = home.resolve("aside");
        Map<String, Path> places =
                Map.of("config", home.resolve("config"), "data", home.resolve("data"));
        Files.createDirectories(aside.resolve("restoring/half/a/copy"));
        // killed between the two renames of config
        Files.move(home.resolve("config"), aside.resolve("config"));

        repository.restore(backup.id(), places, aside, BackupListener.NONE);
        repository.restore(backup.id(), places, aside, BackupListener.NONE);

        assertThat(home.resolve("config/conf/server.xml")).hasContent("<Server/>");
        assertThat(home.resolve("data/shop/secret")).hasContent("x");
        assertThat(aside.resolve("restoring")).doesNotExist();
    }

    @Test
    void restoresElsewhereOnRequest() throws Exception {
        Backup backup = create();
        Path target = directory.resolve("elsewhere");

        repository.restoreTo(backup.id(), target, BackupListener.NONE);

        assertThat(target.resolve("config/conf/server.xml")).hasContent("<Server/>");
        assertThat(new SqliteDatabase("main", target.resolve("data/shop/shop.db")).content().rows())
                .isEqualTo(2);
        refused("not-empty", () -> repository.restoreTo(backup.id(), target, BackupListener.NONE));
    }

    @Test
    void refusesToRestoreADamagedBackupAndLeavesThePlacesAlone() throws Exception {
        Backup backup = create();
        Path stored = home.resolve(".supervisor/backups").resolve(backup.id());
        Files.writeString(stored.resolve("files/config/conf/server.xml"), "<Sorver/>");
        Map<String, String> before = picture(home.resolve("config"));

        refused(
                "backup-damaged",
                () ->
                        repository.restore(
                                backup.id(),
                                Map.of("config", home.resolve("config")),
                                home.resolve("aside"),
                                BackupListener.NONE));
        refused(
                "not-in-backup",
                () ->
                        repository.restore(
                                backup.id(),
                                Map.of("program", home.resolve("program")),
                                home.resolve("aside"),
                                BackupListener.NONE));

        assertThat(picture(home.resolve("config"))).isEqualTo(before);
        Files.writeString(stored.resolve("manifest.jsonl"), "{}");
        refused(
                "backup-damaged",
                () ->
                        repository.restoreTo(
                                backup.id(), directory.resolve("x"), BackupListener.NONE));
    }
}
