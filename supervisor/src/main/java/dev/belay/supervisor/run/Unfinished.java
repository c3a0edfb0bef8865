package dev.belay.supervisor.run;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.transaction.HopIntent;
import dev.belay.supervisor.transaction.JournalFile;
import dev.belay.supervisor.transaction.Recovery;
import dev.belay.supervisor.transaction.RecoveryAction;
import dev.belay.supervisor.transaction.Returning;
import dev.belay.supervisor.words.Sentences;
import dev.belay.supervisor.words.Times;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is unfinished on a home, and what happens next, in words. Reads journals and what was
/// written since, and changes nothing.
final class Unfinished {
    private Unfinished() {}

    /// What is to be done about its runs, oldest first.
    static List<RecoveryAction> actions(Home home) {
        return JournalFile.transactions(home.journal()).stream()
                .map(id -> Recovery.decide(JournalFile.read(home.journal(), id)))
                .filter(action -> !(action instanceof RecoveryAction.Nothing))
                .toList();
    }

    /// The one thing that is to be done, in words for people; empty if there is nothing.
    static Optional<String> words(Home home, List<RecoveryAction> actions) {
        return actions.stream().findFirst().map(action -> words(home, action));
    }

    private static String words(Home home, RecoveryAction action) {
        String next = " The next supervisor recover, supervisor start or update, or the agent, ";
        return switch (action) {
            case RecoveryAction.Nothing _ -> "";
            case RecoveryAction.Abandon _ ->
                    "A run was interrupted before anything was changed." + next + "closes it.";
            case RecoveryAction.CloseRolledBack _, RecoveryAction.CloseCommitted _ ->
                    "A run was interrupted at its very end." + next + "closes it.";
            case RecoveryAction.RollBack back ->
                    unfinished(back.hop())
                            + next
                            + "puts "
                            + back.hop().from()
                            + " back."
                            + loss(home, back.hop(), back.since());
            case RecoveryAction.Finish(HopIntent hop, Instant since) ->
                    unfinished(hop)
                            + " "
                            + hop.to()
                            + " was started at "
                            + Times.utc(since)
                            + "."
                            + next
                            + "keeps it if it is healthy."
                            + loss(home, hop, since);
            case RecoveryAction.Return(Returning returning) ->
                    unfinished(returning.failed())
                            + " It was put back."
                            + next
                            + "returns to "
                            + returning.served().getFirst().hop().from()
                            + " if nothing was written since.";
            case RecoveryAction.NeedsPerson person ->
                    unfinished(person.hop())
                            + " Putting "
                            + person.hop().from()
                            + " back failed: "
                            + Sentences.join(person.rollback().message())
                            + " Remove that cause, then: supervisor recover --yes";
        };
    }

    private static String unfinished(HopIntent hop) {
        return "The move from " + hop.from() + " to " + hop.to() + " is unfinished.";
    }

    private static String loss(Home home, HopIntent hop, @Nullable Instant since) {
        return written(home, hop, since)
                .map(written ->
                        " To go back: supervisor rollback --yes; "
                                + Sentences.join(written.words(hop.from())))
                .orElse("");
    }

    /// @throws RefusedException `run-interrupted` if there is one
    static void requireNone(Home home) {
        words(home, actions(home))
                .ifPresent(words -> {
                    throw new RefusedException(
                            "run-interrupted",
                            "An earlier run on this home was interrupted. "
                                    + words
                                    + " Nothing was changed.",
                            "Bring it to its end first: supervisor recover");
                });
    }

    /// @throws RefusedException `data-would-be-lost` if putting them back would lose something
    static void requireNothingLost(Home home) {
        for (RecoveryAction action : actions(home)) {
            HopIntent hop = action.hop();
            if (hop != null) {
                written(home, hop, action.since())
                        .ifPresent(written -> {
                            throw written.refusal(hop.from());
                        });
            }
        }
    }

    /// What putting a hop back would take out of use: nothing once its trees are back.
    static Optional<WrittenSince> written(Home home, HopIntent hop, @Nullable Instant since) {
        return since == null || !Files.exists(home.root().resolve(hop.before()).resolve("data"))
                ? Optional.empty()
                : WrittenSince.find(home, hop, since);
    }
}
