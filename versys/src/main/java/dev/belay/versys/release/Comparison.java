package dev.belay.versys.release;

import java.math.BigDecimal;
import java.util.Arrays;

/// How a value must compare with another. Both are numbers, or equal texts.
public enum Comparison {
    /// The same text, or the same number.
    EQUAL("="),
    /// Neither.
    NOT_EQUAL("!="),
    /// A smaller number.
    LESS("<"),
    /// No greater number.
    AT_MOST("<="),
    /// A greater number.
    GREATER(">"),
    /// No smaller number.
    AT_LEAST(">=");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    /// What it wants, in words.
    public String words(String wanted) {
        return this == EQUAL ? wanted : sign + " " + wanted;
    }

    /// The one at the beginning of a text, before a space; [#EQUAL] if there is none.
    static Comparison of(String text) {
        return Arrays.stream(values())
                .filter(c -> text.startsWith(c.sign + " "))
                .findFirst()
                .orElse(EQUAL);
    }

    /// What a text compares with.
    String rest(String text) {
        return text.startsWith(sign + " ") ? text.substring(sign.length() + 1).strip() : text;
    }

    /// Whether `found` compares with `wanted` like this.
    public boolean holds(String found, String wanted) {
        if (found.equals(wanted)) {
            return this == EQUAL || this == AT_MOST || this == AT_LEAST;
        }
        int order;
        try {
            order = new BigDecimal(found).compareTo(new BigDecimal(wanted));
        } catch (NumberFormatException text) {
            return this == NOT_EQUAL;
        }
        return switch (this) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER -> order > 0;
            case AT_LEAST -> order >= 0;
        };
    }
}
