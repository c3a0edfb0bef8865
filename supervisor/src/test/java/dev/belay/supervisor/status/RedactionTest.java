package dev.belay.supervisor.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.password=CANARY",
                "db.password = CANARY",
                "password: CANARY",
                "\"apiKey\": \"CANARY 17\"",
                "<user username=\"tomcat\" password=\"CANARY\" roles=\"manager\"/>",
                "<password>CANARY</password>",
                "url=jdbc:postgresql://shop:CANARY@db/shop",
                "Authorization: Bearer CANARYCANARY",
                "secret_token: 'CANARY, too'",
                "password=my long, winding CANARY",
                "password=first \\\n  CANARY",
                "password=|CANARY",
                "environment: {API_TOKEN: CANARY, JAVA_HOME: /opt/java}",
                "token: |\n  CANARY\n  CANARY\n",
                "https://me:p@CANARY@host/x",
                "DB_PWD=CANARY",
                "-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----",
                "-----BEGIN PGP PRIVATE KEY BLOCK-----\nCANARY\n-----END PGP PRIVATE KEY BLOCK-----",
                "-----BEGIN EC PRIVATE KEY-----\nCANARY and the rest is cut off",
                "CANARYabc=\n-----END RSA PRIVATE KEY-----\nport=1",
                "shop:$2y$10$CANARYabcdefgh",
                "shop:$6$salt$CANARY/abc.def:19000:0",
                "shop:$apr1$salt$CANARY",
                "x = {SSHA}CANARYabc=",
                "pool = ENC(1024:CANARY:CANARY)",
                "see eyJhbGciOiJIUzI1NiJ9.CANARY.CANARY now",
                "{\"kty\":\"EC\",\"d\":\"CANARYCANARYCANARYCANARY\"}"
            })
    void takesSecretsOut(String text) {
        assertThat(Redaction.of(text)).doesNotContain("CANARY").contains("[redacted]");
    }

    /// In the form of Artemis' `artemis-users.properties`.
    private static final String ARTEMIS =
            """
            ## the broker's users
            admin = ENC(1024:CANARY01:CANARY02)
            guest=CANARY plain
            # old = CANARY
            """;

    /// In the form of Karaf's `users.properties`.
    private static final String KARAF =
            """
            # a user is declared as user = password,role
            karaf = CANARY,_g_:admingroup
            _g_\\:admingroup = group,admin,manager,viewer
            sealed = {CRYPT}CANARYfeed{CRYPT},viewer
            long = CANARY\\
               CANARY,viewer
            """;

    /// In the form of Tomcat's `tomcat-users.xml`.
    private static final String TOMCAT =
            """
            <tomcat-users version="1.0">
              <role rolename="manager-gui"/>
              <user username="admin" password="CANARY" roles="manager-gui"/>
              <user username='b' password='CANARY two' roles='x'/>
              <!-- <user username="c" password="CANARY" roles="x"/> -->
            </tomcat-users>
            """;

    @Test
    void takesOutWhatFilesOfUsersHold() {
        assertThat(Redaction.of("config/etc/artemis-users.properties", ARTEMIS))
                .doesNotContain("CANARY")
                .contains("admin = [redacted]", "guest=[redacted]", "the broker's users");
        assertThat(Redaction.of("config/etc/users.properties", KARAF))
                .doesNotContain("CANARY")
                .contains("karaf = [redacted]", "a user is declared as");
        assertThat(Redaction.of("config/conf/tomcat-users.xml", TOMCAT))
                .doesNotContain("CANARY")
                .contains("rolename=\"manager-gui\"", "username=\"admin\"", "roles='x'");
        assertThat(Redaction.of("config/conf/.htpasswd", "me:CANARY\n")).doesNotContain("CANARY");
    }

    @Test
    void takesDigestsOutOfConfigurationOnly() {
        String digest = "5f4dcc3b5aa765d61d8327deb882cf99";
        assertThat(Redaction.of("config/realm.conf", "me " + digest + " admin\n"))
                .isEqualTo("me [redacted] admin\n");
        assertThat(Redaction.of("journal/1.log", "release " + digest)).contains(digest);
    }

    @Test
    void whatTheVendorDeclaresSecretIsHiddenWhereverItStands() {
        BugReport report = new BugReport(Set.of("config/licence"), Set.of("CANARY", "7"));
        report.addText("config/licence", "anything at all");
        report.addText("config/app.properties", "salt=CANARY\npin=7\n");
        report.addText("product.log", "started with CANARY on 127.0.0.1\n");
        assertThat(report.text("config/licence")).isEqualTo("[redacted]\n");
        assertThat(report.text("config/app.properties"))
                .isEqualTo("salt=[redacted]\npin=[redacted]\n");
        assertThat(report.text("product.log")).isEqualTo("started with [redacted] on 127.0.0.1\n");
    }

    @Test
    void leavesTheRestAlone() {
        String text =
                "port=8080\n<Connector port=\"8080\" protocol=\"HTTP/1.1\"/>\nhttp://host/x\n";
        assertThat(Redaction.of(text)).isEqualTo(text);
    }

    @Test
    void keepsTheNamesAndTheOtherAttributes() {
        assertThat(Redaction.of("<user name=\"a\" password=\"x\" roles=\"m\"/>"))
                .isEqualTo("<user name=\"a\" password=\"[redacted]\" roles=\"m\"/>");
    }
}
