package dev.belay.versys.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.graph.Artifact;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.repository.Thief;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whoever signs a channel signs the bytes of its bundles: a thief of the releases key and the
/// online key, or of the one machine of a vendor without a server, brings no others to its hosts.
class ChannelPinsBytesTest extends VendorCommands {
    private static final String PATH = "shop/releases/1.0.0/shop-1.0.0-any.tgz";
    private static final byte[] FOREIGN = "somebody else's program".getBytes(UTF_8);

    private Path web() {
        return directory.resolve("web");
    }

    /// Signs other bytes for 1.0.0 with these two keys, and serves them.
    private void steal() throws IOException {
        Thief thief = new Thief(web(), vendor.resolve("keys"), Set.of("shop-releases", "online"));
        Map<String, byte[]> bundle = Map.of(PATH, FOREIGN);
        thief.show(
                thief.forge(Map.of("shop-releases", bundle), false, false), bundle, Instant.now());
    }

    private Artifact listed() throws Exception {
        Channel stable = channel("stable");
        return stable.release(Version.of("1.0.0")).orElseThrow().artifact("any").orElseThrow();
    }

    @Test
    void theReleasesKeyAndTheOnlineKeyBringNoOtherBytes() throws Exception {
        String bundle = bundle("1.0.0", "<1.0.0", "a").toString();
        assertThat(versys("publish", bundle, "--channel", "dev")).isZero();
        String digest = Digest.sha256(Files.readAllBytes(Path.of(bundle))).hex();
        assertThat(out.toString()).contains("sha256:" + digest);
        assertThat(versys("promote", "1.0.0", "--from", "dev", "--to", "stable")).isZero();
        assertThat(channel("stable").pinsBytes()).isTrue();
        assertThat(new String(channel("stable").toJson(), UTF_8)).contains("\"format\":2", digest);
        steal();

        TargetSource host = host();
        TargetSource.Target target = host.find(PATH).orElseThrow();
        assertThat(host.read(target, 100)).isEqualTo(FOREIGN);
        assertThatThrownBy(() -> listed().requireSigned(target.length(), target.digests()))
                .isInstanceOf(UntrustedException.class)
                .hasMessageContaining("signed for other bytes");
    }

    @Test
    void aDocumentOfFormat1IsReadAndPinnedByItsNextEdit() {
        String old =
                "{\"format\":1,\"product\":\"shop\",\"channel\":\"stable\",\"releases\":[{\"version\":\"1.0.0\","
                        + "\"platforms\":{\"any\":{\"path\":\"%s\",\"length\":9}}}]}"
                                .formatted(PATH);
        Channel channel = Channel.parse(old.getBytes(UTF_8));
        assertThat(channel.pinsBytes()).isFalse();
        Artifact artifact = channel.releases().getFirst().artifact("any").orElseThrow();
        artifact.requireSigned(5, List.of(Digest.sha256(FOREIGN)));
        assertThatThrownBy(() ->
                        Channel.parse(old.replace("\"format\":1", "\"format\":2").getBytes(UTF_8)))
                .hasMessageContaining("sha256");
    }
}
