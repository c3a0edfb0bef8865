package dev.belay.supervisor.service;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.words.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// The product as a process that the supervisor itself starts: in a session of its own, so that it
/// outlives the command that started it, with its output in a log file.
public final class OwnProcess implements ServiceControl {
    private final Path recordFile;
    private final ProductLog log;
    private final InstantSource clock;

    /// @param recordFile `service.json` of the home
    /// @param log file that gets the product's output
    public OwnProcess(Path recordFile, Path log, InstantSource clock) {
        this.recordFile = recordFile;
        this.log = new ProductLog(log);
        this.clock = clock;
    }

    @Override
    public void start(Launch launch) {
        Optional<ServiceRecord> before = ServiceRecord.read(recordFile);
        if (before.isPresent() && alive(before.get())) {
            if (before.get().wanted() && before.get().version().equals(launch.version())) {
                return;
            }
            stop(Duration.ofSeconds(30));
        }
        String mark = ProcessStart.newMark();
        ServiceRecord intent =
                new ServiceRecord(
                        true,
                        launch.version(),
                        launch.command(),
                        mark,
                        0,
                        0,
                        ProcessTable.bootId(),
                        clock.instant());
        intent.write(recordFile);
        try {
            Process process =
                    ProcessStart.prepare(
                                    launch.directory(),
                                    launch.command(),
                                    launch.environment(),
                                    launch.user(),
                                    mark)
                            .redirectErrorStream(true)
                            .redirectOutput(log.begun(launch.version(), clock.instant()))
                            .start();
            ProcessTable.find(process.pid())
                    .ifPresent(p -> intent.startedAs(p.pid(), p.startTicks()).write(recordFile));
        } catch (IOException e) {
            throw ProgramFailure.notStarted(
                    "service-start-failed",
                    "The product could not be started",
                    "Check that " + launch.command().getFirst() + " exists and may be executed.",
                    e);
        }
    }

    @Override
    public void stop(Duration patience) {
        ServiceRecord.read(recordFile)
                .ifPresent(record -> {
                    record.unwanted().write(recordFile);
                    if (record.boot().equals(ProcessTable.bootId())
                            && !group(record).end(patience)) {
                        throw new BelayException(
                                "service-stop-failed",
                                "The product's process " + record.pid() + " cannot be ended.",
                                "It hangs in the kernel, often on a dead disk or network file system.");
                    }
                });
    }

    @Override
    public ServiceStatus status() {
        Optional<ServiceRecord> found = ServiceRecord.read(recordFile);
        if (found.isEmpty()) {
            return new ServiceStatus.Stopped(ServiceStatus.Cause.NEVER_STARTED, "never started");
        }
        ServiceRecord record = found.get();
        if (alive(record)) {
            return new ServiceStatus.Running(
                    "process " + record.pid() + " since " + Times.utc(record.since()),
                    record.since());
        }
        return record.wanted()
                ? new ServiceStatus.Stopped(ServiceStatus.Cause.CRASHED, "ended by itself")
                : new ServiceStatus.Stopped(ServiceStatus.Cause.ON_PURPOSE, "stopped");
    }

    @Override
    public String lastOutput() {
        return log.tail();
    }

    /// What the product wrote since it was started, the end of it if that is much.
    String output() {
        return log.since();
    }

    private static boolean alive(ServiceRecord record) {
        if (!record.boot().equals(ProcessTable.bootId())) {
            return false;
        }
        return sameProcess(record) || !group(record).members().isEmpty();
    }

    /// The process number may have been given to somebody else since; its session then is not ours.
    private static ProcessGroup group(ServiceRecord record) {
        return ProcessTable.find(record.pid())
                        .filter(p -> p.startTicks() != record.startTicks())
                        .isPresent()
                ? new ProcessGroup(-1, record.mark())
                : record.group();
    }

    private static boolean sameProcess(ServiceRecord record) {
        return ProcessTable.find(record.pid())
                .filter(p -> p.alive() && p.startTicks() == record.startTicks())
                .isPresent();
    }
}
