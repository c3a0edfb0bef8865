package dev.belay.supervisor.merge;

import java.util.Optional;

/// The three sides of one configuration file.
///
/// @param path where the file lies in the release, for messages, for example `conf/server.xml`
/// @param format which merger treats it
/// @param base the default shipped with the installed release; empty if it shipped none
/// @param local the file as the admin left it; empty if the admin deleted it
/// @param incoming the default shipped with the new release; empty if it ships none
public record MergeInput(
        String path,
        ConfigFormat format,
        Optional<byte[]> base,
        Optional<byte[]> local,
        Optional<byte[]> incoming) {}
