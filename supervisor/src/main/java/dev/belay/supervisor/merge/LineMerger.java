package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.MergeResult.Conflict;
import dev.belay.supervisor.merge.MergeResult.Decision;
import dev.belay.supervisor.merge.MergeResult.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;

/// Merges by lines, with git's algorithm. Where both sides changed the same or adjacent lines, the
/// admin's lines stand; conflict markers never reach a live file.
final class LineMerger implements ConfigMerger {
    private static final int BASE = 0;
    private static final int LOCAL = 1;

    @Override
    public MergeResult merge(MergeInput input) {
        return WholeFile.decide(input).orElseGet(() -> mergeContents(input));
    }

    private static MergeResult mergeContents(MergeInput input) {
        Sides sides = Sides.of(input);
        if (sides.local().text().indexOf('\0') >= 0 || sides.incoming().text().indexOf('\0') >= 0) {
            return WholeFile.localStands(input);
        }
        List<RawText> texts =
                List.of(
                        lines(sides.local().adopt(sides.base().text())),
                        lines(sides.local().text()),
                        lines(sides.local().adopt(sides.incoming().text())));
        StringBuilder merged = new StringBuilder();
        List<Decision> decisions = new ArrayList<>();
        List<Conflict> conflicts = new ArrayList<>();
        List<MergeChunk> open = new ArrayList<>();
        for (MergeChunk chunk :
                new MergeAlgorithm(new HistogramDiff())
                        .merge(
                                RawTextComparator.DEFAULT,
                                texts.get(0),
                                texts.get(1),
                                texts.get(2))) {
            switch (chunk.getConflictState()) {
                case NO_CONFLICT -> {
                    close(open, texts, conflicts);
                    append(merged, text(chunk, texts), sides.local().eol());
                    decision(chunk).ifPresent(decisions::add);
                }
                case FIRST_CONFLICTING_RANGE -> {
                    close(open, texts, conflicts);
                    append(merged, text(chunk, texts), sides.local().eol());
                    open.add(chunk);
                }
                case BASE_CONFLICTING_RANGE, NEXT_CONFLICTING_RANGE -> open.add(chunk);
            }
        }
        close(open, texts, conflicts);
        return sides.local()
                .encode(merged.toString(), ConfigFormat.TEXT)
                .map(bytes -> new MergeResult(Optional.of(bytes), decisions, conflicts))
                .orElseGet(() -> WholeFile.localStands(input));
    }

    private static RawText lines(String text) {
        return new RawText(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(MergeChunk chunk, List<RawText> texts) {
        RawText text = texts.get(chunk.getSequenceIndex());
        // JGit gives ranges outside of the text for the base of some conflicts
        int end = Math.min(chunk.getEnd(), text.size());
        return chunk.getBegin() >= end ? "" : text.getString(chunk.getBegin(), end, false);
    }

    /// A last line without its end may come to stand before others.
    private static void append(StringBuilder merged, String piece, String eol) {
        if (!merged.isEmpty() && !piece.isEmpty() && merged.charAt(merged.length() - 1) != '\n') {
            merged.append(eol);
        }
        merged.append(piece);
    }

    private static Optional<Decision> decision(MergeChunk chunk) {
        if (chunk.getSequenceIndex() == BASE) {
            return Optional.empty();
        }
        boolean local = chunk.getSequenceIndex() == LOCAL;
        return Optional.of(
                new Decision(
                        where(chunk),
                        local ? Side.LOCAL : Side.INCOMING,
                        local ? "changed on this host, kept" : "changed by the new release"));
    }

    private static String where(MergeChunk chunk) {
        int first = chunk.getBegin() + 1;
        return chunk.getEnd() <= first ? "line " + first : "lines " + first + "-" + chunk.getEnd();
    }

    /// Turns the ranges of one conflict into what each side has there.
    private static void close(
            List<MergeChunk> open, List<RawText> texts, List<Conflict> conflicts) {
        if (open.isEmpty()) {
            return;
        }
        List<Optional<String>> sides =
                new ArrayList<>(List.of(Optional.empty(), Optional.empty(), Optional.empty()));
        for (MergeChunk chunk : open) {
            String text = text(chunk, texts);
            sides.set(
                    chunk.getSequenceIndex(),
                    text.isEmpty() ? Optional.empty() : Optional.of(text));
        }
        conflicts.add(
                new Conflict(where(open.getFirst()), sides.get(0), sides.get(1), sides.get(2)));
        open.clear();
    }
}
