package dev.belay.supervisor.merge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A property's raw value that is a list of items between commas, such as Tomcat's `jarsToSkip`:
/// both sides may add to it without being in each other's way.
final class ListValue {
    private static final int FEWEST = 3;

    /// An item with the blank characters and continuation before it.
    private record Item(String lead, String text) {}

    private final List<Item> items;

    private ListValue(List<Item> items) {
        this.items = items;
    }

    /// The list; empty if the value does not look like one: fewer than three items, blanks inside
    /// of items, an item twice, or a comma inside of brackets.
    private static Optional<ListValue> of(String raw) {
        List<Item> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String part : raw.split(",", -1)) {
            int start = 0;
            while (start < part.length()) {
                if (Character.isWhitespace(part.charAt(start))) {
                    start++;
                } else if (part.startsWith("\\\n", start) || part.startsWith("\\\r", start)) {
                    start += 2;
                } else {
                    break;
                }
            }
            String text = part.substring(start);
            if (!text.matches("\\S+") || !balanced(text) || !seen.add(text)) {
                return Optional.empty();
            }
            items.add(new Item(part.substring(0, start), text));
        }
        return items.size() < FEWEST ? Optional.empty() : Optional.of(new ListValue(items));
    }

    private static boolean balanced(String text) {
        return count(text, '{') == count(text, '}')
                && count(text, '(') == count(text, ')')
                && count(text, '"') % 2 == 0;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    /// The admin's list without what the vendor removed and with what the vendor added, each behind
    /// the item that it follows in the vendor's list; empty if a side is no list.
    static Optional<String> merge(String base, String mine, String theirs) {
        Optional<ListValue> was = of(base);
        Optional<ListValue> here = of(mine);
        Optional<ListValue> there = of(theirs);
        if (was.isEmpty() || here.isEmpty() || there.isEmpty()) {
            return Optional.empty();
        }
        List<Item> merged = new ArrayList<>(here.get().items);
        merged.removeIf(item -> was.get().has(item.text()) && !there.get().has(item.text()));
        int place = 0;
        for (Item item : there.get().items) {
            int index = indexOf(merged, item.text());
            if (index >= 0) {
                place = index + 1;
            } else if (!was.get().has(item.text())) {
                merged.add(place, item);
                place++;
            }
        }
        return merged.isEmpty() ? Optional.empty() : Optional.of(here.get().print(merged));
    }

    /// The first item stands where the first one stood; another that comes to stand first or leaves
    /// that place swaps the blank before it.
    private String print(List<Item> merged) {
        StringBuilder text = new StringBuilder();
        String first = items.getFirst().lead();
        String others = items.get(1).lead();
        for (Item item : merged) {
            boolean isFirst = text.isEmpty();
            boolean wasFirst = item.equals(items.getFirst());
            String lead = isFirst ? first : wasFirst ? others : item.lead();
            text.append(isFirst ? "" : ",").append(lead).append(item.text());
        }
        return text.toString();
    }

    private boolean has(String text) {
        return indexOf(items, text) >= 0;
    }

    private static int indexOf(List<Item> items, String text) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).text().equals(text)) {
                return i;
            }
        }
        return -1;
    }
}
