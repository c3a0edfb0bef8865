package dev.belay.supervisor.merge;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A piece of a properties file.
sealed interface PropertiesPiece extends Piece {
    /// A key and its value.
    ///
    /// @param key without escapes
    /// @param value without escapes and continuation lines
    /// @param keyEnd offset after the raw key
    /// @param valueStart offset of the raw value; its end is the property's
    record Property(int start, int end, String key, String value, int keyEnd, int valueStart)
            implements PropertiesPiece {
        @Override
        public String kind() {
            return "#property";
        }

        @Override
        public String canonical() {
            return key + "=" + value;
        }

        @Override
        public Optional<String> identity() {
            return Optional.of(key);
        }

        @Override
        public Set<String> features() {
            return Set.of(key);
        }

        @Override
        public boolean isComment() {
            return false;
        }
    }

    /// Comment lines that follow each other.
    record Remark(int start, int end, String canonical) implements PropertiesPiece {
        @Override
        public String kind() {
            return "#comment";
        }

        @Override
        public Optional<String> identity() {
            return Optional.empty();
        }

        @Override
        public Set<String> features() {
            Set<String> words = new HashSet<>(List.of(canonical.split("[^\\p{Alnum}.]+")));
            words.remove("");
            return words;
        }

        @Override
        public boolean isComment() {
            return true;
        }
    }
}
