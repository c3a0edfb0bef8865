package dev.belay.supervisor.crash;

import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.run.ProductControl;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.testing.ShopHost;
import java.io.IOException;
import java.util.Optional;

/// Which command is the next one on a home whose supervisor died.
enum Takeover {
    RECOVER {
        @Override
        Optional<Outcome> on(ShopHost host) {
            return host.updates().recover(EventListener.NONE);
        }
    },
    UPDATE {
        @Override
        Optional<Outcome> on(ShopHost host) {
            return Optional.of(host.updates().update(UpdateRequest.latest(), EventListener.NONE));
        }
    },
    START {
        @Override
        Optional<Outcome> on(ShopHost host) {
            Optional<Outcome> ended = host.updates().recover(EventListener.NONE);
            if (!(ended.orElse(null) instanceof Outcome.NotRolledBack)) {
                new ProductControl(host.parts(() -> false)).startHealthy();
            }
            return ended;
        }
    },
    ROLLBACK {
        @Override
        Optional<Outcome> on(ShopHost host) {
            return Optional.of(host.updates().rollback(false, EventListener.NONE));
        }
    },
    ROLLBACK_WHATEVER_IS_LOST {
        @Override
        Optional<Outcome> on(ShopHost host) {
            return Optional.of(host.updates().rollback(true, EventListener.NONE));
        }
    },
    RESTORE {
        @Override
        Optional<Outcome> on(ShopHost host) throws IOException {
            return Optional.of(host.updates().restore(CrashRun.backup(host), EventListener.NONE));
        }
    };

    /// @return what it said; empty if there was nothing to end
    abstract Optional<Outcome> on(ShopHost host) throws IOException;

    /// Whether a person has agreed that what was written since is set aside.
    boolean setsAside() {
        return this == ROLLBACK_WHATEVER_IS_LOST || this == RESTORE;
    }
}
