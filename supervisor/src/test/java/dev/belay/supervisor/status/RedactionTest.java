package dev.belay.supervisor.status;

import static org.assertj.core.api.Assertions.assertThat;

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
                "-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----"
            })
    void takesSecretsOut(String text) {
        assertThat(Redaction.of(text)).doesNotContain("CANARY").contains("[redacted]");
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
