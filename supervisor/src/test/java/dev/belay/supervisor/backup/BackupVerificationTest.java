package dev.belay.supervisor.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Damage to a backup is found, wherever it is.
class BackupVerificationTest extends BackupHome {
    @Test
    void findsEveryFlippedBit() throws Exception {
        Backup backup = create();
        Path stored = home.resolve(".supervisor/backups").resolve(backup.id());
        List<Path> files;
        try (Stream<Path> all = Files.walk(stored)) {
            files =
                    all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                            .filter(path -> path.toFile().length() > 0)
                            .sorted()
                            .toList();
        }
        Random random = new Random(20260101);
        for (int i = 0; i < 300; i++) {
            Path file = files.get(i % files.size());
            FileTime time = Files.getLastModifiedTime(file);
            flip(
                    file,
                    random.nextLong(Files.size(file)),
                    random.nextInt(8),
                    time,
                    () -> {
                        BackupCheck check = repository.verify(backup.id(), BackupListener.NONE);
                        assertThat(check.intact()).as(file.toString()).isFalse();
                        String name = file.getFileName().toString();
                        assertThat(check.problems().toString())
                                .contains(name.contains("\n") ? "-rf $(x)" : name);
                    });
        }
        assertThat(repository.verify(backup.id(), BackupListener.NONE).intact()).isTrue();
    }

    private static void flip(Path file, long position, int bit, FileTime time, Act act)
            throws IOException {
        var permissions = Files.getPosixFilePermissions(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            Files.setPosixFilePermissions(file, permissions);
            access.seek(position);
            int before = access.read();
            access.seek(position);
            access.write(before ^ 1 << bit);
            Files.setLastModifiedTime(file, time);
            act.act();
            access.seek(position);
            access.write(before);
            Files.setLastModifiedTime(file, time);
        }
    }

    @Test
    void findsMissingAddedAndChangedFiles() throws Exception {
        Backup backup = create();
        Path stored = home.resolve(".supervisor/backups").resolve(backup.id());
        Files.delete(stored.resolve("files/data/shop/empty"));
        Files.writeString(stored.resolve("files/config/extra"), "");
        Files.setPosixFilePermissions(
                stored.resolve("files/settings"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.delete(stored.resolve("files/config/conf/link"));
        Files.createSymbolicLink(stored.resolve("files/config/conf/link"), Path.of("/etc"));
        Files.delete(stored.resolve("databases/main"));

        assertThat(repository.verify(backup.id(), BackupListener.NONE).problems().toString())
                .contains("empty\" is missing")
                .contains("extra\" was not there")
                .contains("settings\" has another mode")
                .contains("link\" is not the same link")
                .contains("main\" is missing");
        assertThat(repository.list())
                .extracting(Backup::state)
                .containsExactly(Backup.State.DAMAGED);
    }
}
