package dev.belay.packaging.durable;

import java.io.IOException;

/// Told of every act before it is done, on the thread that does it: lists the acts of a run, or
/// lets one of them fail. Large trees are forced by several threads at once.
@FunctionalInterface
public interface DiskMonitor {
    /// @throws IOException to let the act fail; nothing of it is done then
    void before(DiskAct act) throws IOException;
}
