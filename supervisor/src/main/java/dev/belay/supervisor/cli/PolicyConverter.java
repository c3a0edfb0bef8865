package dev.belay.supervisor.cli;

import dev.belay.versys.plan.PlanPolicy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the name of a policy.
final class PolicyConverter implements ITypeConverter<PlanPolicy> {
    @Override
    public PlanPolicy convert(String text) {
        try {
            return PlanPolicy.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
