package dev.belay.supervisor.cli;

import dev.belay.supervisor.offer.UpdateRequest;
import picocli.CommandLine.Mixin;

/// What `check`, `explain` and `update` ask: for which home, of which releases, to go where.
final class RequestOptions {
    @Mixin private HomeOptions home = new HomeOptions();
    @Mixin private OfflineOptions offline = new OfflineOptions();
    @Mixin private TargetOptions target = new TargetOptions();

    Wiring wiring(String command) {
        return new Wiring(home.home(), command, offline.offline());
    }

    UpdateRequest request() {
        return target.request();
    }

    boolean json() {
        return home.json();
    }
}
