package dev.belay.supervisor.merge;

/// The formats of configuration files. `TEXT` is merged by lines and serves every format without a
/// structured merger yet.
public enum ConfigFormat {
    /// XML, merged by elements and attributes.
    XML,
    /// Java properties, merged by keys.
    PROPERTIES,
    /// Anything else, merged by lines.
    TEXT
}
