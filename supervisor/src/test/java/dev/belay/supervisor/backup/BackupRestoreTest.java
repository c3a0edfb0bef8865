package dev.belay.supervisor.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.supervisor.database.SqliteDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is restored is as it was, and is there as a whole or not at all.
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
        Path target = directory.resolve("restored");
        repository.restoreTo(backup.id(), target, BackupListener.NONE);

        assertThat(picture(target.resolve("config"))).isEqualTo(config);
        assertThat(picture(target.resolve("data"))).isEqualTo(data);
        assertThat(new SqliteDatabase("main", target.resolve("data/shop/shop.db")).content().rows())
                .isEqualTo(2);
        assertThat(target.resolve("settings")).hasContent("product: shop\n");
        assertThat(home.resolve("config/conf/server.xml")).hasContent("<Broken/>");
        refused("not-empty", () -> repository.restoreTo(backup.id(), target, BackupListener.NONE));
    }

    @Test
    void refusesADamagedBackupAndLeavesNothing() throws Exception {
        Backup backup = create();
        Path stored = home.resolve(".supervisor/backups").resolve(backup.id());
        Path target = directory.resolve("restored");
        Files.writeString(stored.resolve("files/config/conf/server.xml"), "<Sorver/>");
        refused(
                "backup-damaged",
                () -> repository.restoreTo(backup.id(), target, BackupListener.NONE));
        assertThat(target).doesNotExist();

        Files.writeString(stored.resolve("manifest.jsonl"), "{}");
        refused(
                "backup-damaged",
                () -> repository.restoreTo(backup.id(), target, BackupListener.NONE));
        assertThat(target).doesNotExist();
    }
}
