package dev.belay.supervisor.cli;

import dev.belay.supervisor.settings.ChainPolicy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads where a chain ends of which a hop failed.
final class ChainPolicyConverter implements ITypeConverter<ChainPolicy> {
    @Override
    public ChainPolicy convert(String text) {
        return ChainPolicy.of(text)
                .orElseThrow(() ->
                        new TypeConversionException("'" + text + "' is neither stop nor return"));
    }
}
