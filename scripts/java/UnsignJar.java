import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Removes the signature of jars, in place: `java UnsignJar.java JAR...`.
///
/// Bouncy Castle's jars are signed for JVMs that want that of cryptography providers; ours does not.
/// The JVM verifies a signed jar at every start (0.3 s) and keeps none of its classes in an AOT cache.
/// Maven has compared the jar's checksum when it fetched it.
class UnsignJar {
    public static void main(String... jars) throws IOException {
        for (String jar : jars) {
            unsign(Path.of(jar));
        }
    }

    private static void unsign(Path jar) throws IOException {
        try (ZipFile in = new ZipFile(jar.toFile())) {
            if (in.stream().noneMatch(UnsignJar::isSignature)) {
                return;
            }
            Path unsigned = jar.resolveSibling(jar.getFileName() + ".unsigned");
            try (OutputStream file = Files.newOutputStream(unsigned);
                    ZipOutputStream out = new ZipOutputStream(file)) {
                for (ZipEntry entry : List.copyOf(in.stream().map(ZipEntry.class::cast).toList())) {
                    if (!isSignature(entry)) {
                        copy(in, entry, out);
                    }
                }
            }
            Files.setLastModifiedTime(unsigned, Files.getLastModifiedTime(jar));
            Files.move(unsigned, jar, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void copy(ZipFile in, ZipEntry entry, ZipOutputStream out) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        try (InputStream bytes = in.getInputStream(entry)) {
            if (entry.getName().equals("META-INF/MANIFEST.MF")) {
                Manifest main = new Manifest();
                new Manifest(bytes).getMainAttributes().forEach(main.getMainAttributes()::put);
                main.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
                main.write(out);
            } else {
                bytes.transferTo(out);
            }
        }
        out.closeEntry();
    }

    private static boolean isSignature(ZipEntry entry) {
        return entry.getName().matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)");
    }
}
