package dev.belay.supervisor.transaction;

import dev.belay.supervisor.merge.MergedConfig;
import dev.belay.supervisor.status.Step;
import java.util.List;

/// One hop, ready to be walked: everything that was worked out before the product stops.
public sealed interface HopPlan {
    /// What the journal says of it.
    HopIntent intent();

    /// Its steps in order, each idempotent.
    List<Step> steps();

    /// To another release.
    ///
    /// @param config the merged configuration that the hop puts in place
    /// @param known program files of the release before that are known not to be as shipped
    record Forward(HopIntent intent, MergedConfig config, List<String> known) implements HopPlan {
        public Forward {
            known = List.copyOf(known);
        }

        @Override
        public List<Step> steps() {
            return List.of(
                    Step.PRE_BACKUP,
                    Step.STOP,
                    Step.BACK_UP,
                    Step.PROVE,
                    Step.COPY,
                    Step.SET_ASIDE,
                    Step.SWITCH,
                    Step.MIGRATE,
                    Step.START,
                    Step.HEALTH);
        }
    }

    /// To the release before: its own trees return by rename, so that there is nothing to back up,
    /// to merge or to migrate. What is in use now is set aside and kept.
    record Back(HopIntent intent) implements HopPlan {
        @Override
        public List<Step> steps() {
            return List.of(Step.STOP, Step.SET_ASIDE, Step.SWITCH, Step.START, Step.HEALTH);
        }
    }

    /// To the moment of a backup. The copy is made and compared while the product still runs.
    ///
    /// @param backup id of the backup
    record Restore(HopIntent intent, String backup) implements HopPlan {
        @Override
        public List<Step> steps() {
            return List.of(
                    Step.COPY, Step.STOP, Step.SET_ASIDE, Step.SWITCH, Step.START, Step.HEALTH);
        }
    }
}
