package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.ConfigText.Undecodable;

/// The three sides of a file as text.
record Sides(ConfigText base, ConfigText local, ConfigText incoming) {
    /// Whose file a message speaks of.
    enum Whose {
        BASE("the default of the installed release"),
        LOCAL("the file on this host"),
        INCOMING("the default of the new release");

        private final String words;

        Whose(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /// Decodes all three, which must be there.
    static Sides of(MergeInput input) {
        return new Sides(
                decode(input, input.base().orElseThrow(), Whose.BASE),
                decode(input, input.local().orElseThrow(), Whose.LOCAL),
                decode(input, input.incoming().orElseThrow(), Whose.INCOMING));
    }

    private static ConfigText decode(MergeInput input, byte[] bytes, Whose whose) {
        try {
            return ConfigText.decode(bytes, input.format());
        } catch (Undecodable e) {
            throw unmergeable(input, whose, e.line(), String.valueOf(e.getMessage()));
        }
    }

    static UnmergeableConfigException unmergeable(
            MergeInput input, Whose whose, int line, String reason) {
        return new UnmergeableConfigException(
                input.path(), line, reason + " (in " + whose.words() + ")");
    }
}
