package dev.belay.supervisor.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.durable.FailingDisk;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.Step;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What a supervisor ends with that is killed: nothing of it may catch this.
public final class Killed extends Error {
    private static final long serialVersionUID = 1;

    /// Updates a host to the newest release until that step begins.
    public static void inUpdate(ShopHost host, Step step) {
        inUpdate(host, event -> event instanceof Event.StepBegun begun && begun.step() == step);
    }

    /// Updates a host to the newest release until the first such event.
    public static void inUpdate(ShopHost host, Predicate<Event> last) {
        assertThatThrownBy(() ->
                        host.updates()
                                .update(
                                        UpdateRequest.latest(),
                                        event -> {
                                            if (last.test(event)) {
                                                throw new Killed();
                                            }
                                        }))
                .isInstanceOf(Killed.class);
    }

    /// Kills some work at its n-th change of the disk, counted from 0; returns whether it came that
    /// far.
    public static boolean at(int act, ThrowingCallable work) throws Throwable {
        int[] seen = {0};
        try (FailingDisk _ =
                FailingDisk.at(_ -> {
                    if (seen[0]++ >= act) {
                        throw new Killed();
                    }
                    return false;
                })) {
            work.call();
            return false;
        } catch (Killed _) {
            return true;
        }
    }
}
