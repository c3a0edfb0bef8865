import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Makes jars fit for an AOT cache, in place: `java CacheableJar.java JAR...`.
///
/// The JVM leaves out of its cache the classes of signed jars, and class files without stack maps
/// (before version 50), and verifies both at every start. So signatures go, and old class files
/// get the stack maps and the number of Java 8. Maven has compared the jar's checksum when it
/// fetched it.
class CacheableJar {
    public static void main(String... jars) throws IOException {
        for (String jar : jars) {
            rewrite(Path.of(jar));
        }
    }

    private static void rewrite(Path jar) throws IOException {
        try (ZipFile in = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> entries = in.stream().toList();
            ClassFile format =
                    ClassFile.of(
                            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                            ClassFile.ClassHierarchyResolverOption.of(classes(in)));
            boolean changed = false;
            Path rewritten = jar.resolveSibling(jar.getFileName() + ".rewritten");
            try (OutputStream file = Files.newOutputStream(rewritten);
                    ZipOutputStream out = new ZipOutputStream(file)) {
                for (ZipEntry entry : entries) {
                    if (isSignature(entry)) {
                        changed = true;
                        continue;
                    }
                    byte[] old = bytes(in, entry);
                    byte[] bytes = isOldClass(entry, old) ? withStackMaps(format, old) : old;
                    changed |= bytes != old;
                    ZipEntry copy = new ZipEntry(entry.getName());
                    copy.setTime(entry.getTime());
                    out.putNextEntry(copy);
                    out.write(entry.getName().equals("META-INF/MANIFEST.MF") ? mainAttributes(bytes) : bytes);
                    out.closeEntry();
                }
            }
            Files.setLastModifiedTime(rewritten, Files.getLastModifiedTime(jar));
            if (changed) {
                Files.move(rewritten, jar, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.delete(rewritten);
            }
        }
    }

    /// What the classes of a jar extend, for the types that meet where branches meet.
    private static ClassHierarchyResolver classes(ZipFile jar) {
        return ClassHierarchyResolver.ofResourceParsing(description -> {
                    String name = description.packageName().replace('.', '/') + "/" + description.displayName();
                    ZipEntry entry = jar.getEntry(name + ".class");
                    try {
                        return entry == null ? null : jar.getInputStream(entry);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .orElse(ClassHierarchyResolver.defaultResolver());
    }

    private static boolean isOldClass(ZipEntry entry, byte[] bytes) {
        return entry.getName().endsWith(".class") && (bytes[6] << 8 | bytes[7] & 0xff) < ClassFile.JAVA_6_VERSION;
    }

    private static byte[] withStackMaps(ClassFile format, byte[] old) {
        ClassTransform renumbered = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            } else {
                builder.with(element);
            }
        };
        return format.transformClass(
                format.parse(old), renumbered.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }

    private static byte[] bytes(ZipFile jar, ZipEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /// Digests of entries stand beside the main attributes.
    private static byte[] mainAttributes(byte[] manifest) throws IOException {
        Manifest main = new Manifest();
        new Manifest(new java.io.ByteArrayInputStream(manifest)).getMainAttributes().forEach(main.getMainAttributes()::put);
        main.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        main.write(out);
        return out.toByteArray();
    }

    private static boolean isSignature(ZipEntry entry) {
        return entry.getName().matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)");
    }
}
