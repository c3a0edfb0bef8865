package dev.belay.supervisor.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Locale;
import java.util.stream.Collectors;

/// The last answers of a product, those alike in a row as one.
final class LastAnswers {
    private static final int KEPT = 5;
    private final Deque<Row> rows = new ArrayDeque<>();

    /// @param first when the first of them came, from the begin of the check
    /// @param last when the last of them came
    private record Row(HealthAnswer answer, int times, Duration first, Duration last) {
        String words() {
            String when =
                    times == 1
                            ? "at " + seconds(first)
                            : times + " times from " + seconds(first) + " to " + seconds(last);
            return when + " " + answer.text();
        }

        private static String seconds(Duration time) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
    }

    void add(HealthAnswer answer, Duration at) {
        Row last = rows.peekLast();
        if (last != null && last.answer().equals(answer)) {
            rows.removeLast();
            rows.addLast(new Row(answer, last.times() + 1, last.first(), at));
            return;
        }
        rows.addLast(new Row(answer, 1, at, at));
        if (rows.size() > KEPT) {
            rows.removeFirst();
        }
    }

    /// The one that says most about why the product is not healthy, of several the last.
    HealthAnswer telling() {
        return rows.stream()
                .map(Row::answer)
                .max(Comparator.comparingInt(HealthAnswer::telling))
                .orElse(new HealthAnswer.Silent("was not asked"));
    }

    /// All of them in words; empty if there is nothing to say beside [#telling()].
    String words() {
        return rows.size() < 2
                ? ""
                : "Last answers: "
                        + rows.stream().map(Row::words).collect(Collectors.joining("; "));
    }
}
