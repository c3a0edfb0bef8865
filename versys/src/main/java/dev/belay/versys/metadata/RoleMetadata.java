package dev.belay.versys.metadata;

import dev.belay.versys.metadata.JsonValue.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// What all roles have in common (TUF 1.0 §4.3).
public sealed interface RoleMetadata
        permits RootMetadata, TimestampMetadata, SnapshotMetadata, TargetsMetadata {
    /// The members that every role has.
    Common common();

    /// @param version at least 1
    /// @param expires from this moment on it must not be used
    /// @param repository the name in `x-belay-repository`; only repositories made by Belay have one
    /// @param source the whole signed object, as received
    record Common(long version, Instant expires, Optional<String> repository, JsonObject source) {
        /// The member that ties the metadata to one repository.
        public static final String REPOSITORY = "x-belay-repository";

        private static final Pattern SPEC_VERSION = Pattern.compile("1\\.[0-9]+(\\.[0-9]+)?");

        static Common parse(String type, MetadataFields fields) {
            if (!fields.string("_type").equals(type)) {
                throw fields.wrong("_type", type);
            }
            if (!SPEC_VERSION.matcher(fields.string("spec_version")).matches()) {
                throw fields.wrong("spec_version", "1.x");
            }
            return new Common(
                    fields.integer("version", 1),
                    ExpiryDate.parse(fields.string("expires")),
                    fields.optionalString(REPOSITORY),
                    fields.object());
        }
    }

    /// The version, at least 1.
    default long version() {
        return common().version();
    }

    /// From this moment on it must not be used.
    default Instant expires() {
        return common().expires();
    }
}
