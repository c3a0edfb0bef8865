package dev.belay.supervisor.cli;

import dev.belay.versys.version.Version;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Versions on the command line: what is none is a usage error.
final class VersionConverter implements ITypeConverter<Version> {
    @Override
    public Version convert(String text) {
        try {
            return Version.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is no version, such as 11.0.24");
        }
    }
}
