package dev.belay.versys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/// A repository that begins, and gets more channels and products.
class VendorGrowthTest extends VendorCommands {
    @Test
    void aChannelIsAdded() throws Exception {
        host();
        assertThat(versys("channel", "add", "beta", "--no-passphrase")).as("%s", err).isZero();
        assertThat(out.toString()).contains("shop-channel-beta is a new role", "Published");
        String bundle = bundle("1.0.0", "<1.0.0", "a").toString();
        assertThat(versys("publish", bundle, "--channel=beta")).as("%s", err).isZero();
        assertThat(channel("beta").releases()).hasSize(1);
        assertThat(versys("channel", "add", "beta", "--no-passphrase")).isEqualTo(4);
        assertThat(err.toString()).contains("a role shop-channel-beta already");
        assertThat(versys("channel", "add", "Beta/..", "--no-passphrase")).isEqualTo(4);
    }

    @Test
    void aProductIsAddedWithADirectoryOfItsOwn() throws Exception {
        host();
        Path other = directory.resolve("till");
        assertThat(
                        versys(
                                "product",
                                "add",
                                "till",
                                "--channel=stable",
                                "--into=" + other,
                                "--no-passphrase"))
                .as("%s", err)
                .isZero();
        assertThat(vendor.resolve("keys/till-releases.pem")).doesNotExist();
        assertThat(other.resolve("keys/till-releases.pem")).exists();
        assertThat(out.toString()).contains("a copy of the online key");
        assertThat(Files.getPosixFilePermissions(other.resolve("keys/online.pem")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(vendor.resolve("keys/online.pem")).exists();
        Path document =
                Files.writeString(
                        directory.resolve("till.json"),
                        "{\"format\":1,\"product\":\"till\",\"channel\":\"stable\",\"releases\":[{\"version\":\"1.0.0\"}]}");
        assertThat(versysAs(other, "channel", "apply", document.toString())).as("%s", err).isZero();
        assertThat(host().find("till/channels/stable.json")).isPresent();
        assertThat(versysAs(other, "sign", "--renew", "timestamp")).as("%s", err).isZero();
        String[] again = {"add", "forum", "--channel=stable", "--into=" + other, "--no-passphrase"};
        assertThat(versys("product", again)).isEqualTo(4);
        assertThat(err.toString()).contains("is a vendor's directory already");
    }

    @Test
    void aProductFindsARepositoryThatIsNamedRelativeToItsVendor() throws Exception {
        Path settings = vendor.resolve("versys.yaml");
        Files.writeString(
                settings,
                Files.readString(settings).replaceFirst("directory: .*", "directory: \"../web\""));
        Path other = directory.resolve("deeper/till");
        String[] words = {"add", "till", "--channel=stable", "--into=" + other, "--no-passphrase"};
        assertThat(versys("product", words)).as("%s", err).isZero();
        assertThat(versysAs(other, "status")).as("%s", err).isZero();
    }

    @Test
    void aProductOfAVendorWhoHasNoOnlineKeyGetsNone() throws Exception {
        Files.delete(vendor.resolve("keys/online.pem"));
        Path other = directory.resolve("till");
        String[] words = {"add", "till", "--channel=stable", "--into=" + other, "--no-passphrase"};
        versys("product", words);
        assertThat(out.toString()).contains("online key").doesNotContain("copy of the online key");
        assertThat(other.resolve("keys/online.pem")).doesNotExist();
    }

    @Test
    void initSaysWhatIsWrongBeforeItMakesAnything() throws Exception {
        Path person = directory.resolve("new");
        String web = "--to=" + directory.resolve("new-web");
        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        for (String[] wrong :
                new String[][] {
                    {"--product=Shop/..", "--channel=dev", "--no-passphrase"},
                    {"--product=shop", "--channel=d v", "--no-passphrase"},
                    {"--product=shop", "--channel=dev", "--scheme=roman", "--no-passphrase"},
                    {"--product=shop", "--channel=dev", "--passphrase-file=" + empty}
                }) {
            String[] all = new String[wrong.length + 1];
            System.arraycopy(wrong, 0, all, 0, wrong.length);
            all[wrong.length] = web;
            assertThat(versysAs(person, "init", all)).as(String.join(" ", wrong)).isEqualTo(4);
        }
        assertThat(person).doesNotExist();
        assertThat(directory.resolve("new-web")).doesNotExist();
    }

    @Test
    void anInitThatWasCutShortCanBeDoneAgain() throws Exception {
        Path person = directory.resolve("again");
        String[] init = {
            "--product=shop",
            "--channel=dev",
            "--to=" + directory.resolve("again-web"),
            "--solo",
            "--no-passphrase"
        };
        assertThat(versysAs(person, "init", init)).isZero();
        byte[] root = Files.readAllBytes(person.resolve("root.json"));
        // As if it had been killed after the repository took the files.
        for (String made : new String[] {"versys.yaml", "root.json", "trusted/root.json"}) {
            Files.delete(person.resolve(made));
        }
        keepFirst(person, root);
        assertThat(versysAs(person, "init", init)).as("%s", err).isZero();
        assertThat(person.resolve("root.json")).hasBinaryContent(root);
        assertThat(versysAs(person, "status")).as("%s", err).isZero();
    }

    private void keepFirst(Path person, byte[] root) throws Exception {
        Path metadata = directory.resolve("again-web/metadata");
        java.util.Map<String, byte[]> files = new java.util.HashMap<>();
        files.put("root", root);
        for (String role : new String[] {"targets", "shop-releases", "shop-channel-dev"}) {
            files.put(role, Files.readAllBytes(metadata.resolve("1." + role + ".json")));
        }
        new dev.belay.versys.publish.FirstMetadata(person).keep(files);
    }
}
