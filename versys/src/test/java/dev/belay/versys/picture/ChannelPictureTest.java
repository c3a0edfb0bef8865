package dev.belay.versys.picture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.graph.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A picture of a channel shows what matters of it, of 2,000 releases as of five.
class ChannelPictureTest {
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final Pattern NODE = Pattern.compile("<g data-versions=\"([^\"]*)\">");

    private static Channel channel(String scheme, List<String> releases, String more) {
        String json =
                "{\"format\":1,\"product\":\"shop\",\"channel\":\"stable\",\"scheme\":\"%s\"%s,\"releases\":[%s]}"
                        .formatted(scheme, more, String.join(",", releases));
        return Channel.parse(json.getBytes(UTF_8));
    }

    private static String release(String version, String more) {
        return "{\"version\":\"" + version + "\"" + more + "}";
    }

    private static List<String> plain(int majors, int minors, int patches) {
        List<String> releases = new ArrayList<>();
        for (int major = 0; major < majors; major++) {
            for (int minor = 0; minor < minors; minor++) {
                for (int patch = 0; patch < patches; patch++) {
                    releases.add(release(major + "." + minor + "." + patch, ""));
                }
            }
        }
        return releases;
    }

    private static String draw(Channel channel, Map<String, Integer> hosts) {
        return SvgPicture.of(ChannelDrawing.of(channel, null, NOW, hosts));
    }

    private static List<String> shapes(String svg) {
        return NODE.matcher(svg).results().map(node -> node.group(1)).toList();
    }

    @Test
    void everyOfTwoThousandReleasesIsInAPictureOfAScreen() {
        Channel channel =
                channel("semver", plain(10, 20, 10), ",\"stops\":[{\"last-of-each\":\"major\"}]");
        String svg = draw(channel, Map.of("3.4.5", 7, "3.4.6", 8, "0.0.0-old", 2));

        List<String> shapes = shapes(svg);
        assertThat(shapes).hasSize(20);
        Set<String> versions = new TreeSet<>();
        shapes.forEach(each -> versions.addAll(List.of(each.split(" "))));
        assertThat(versions).hasSize(2_000);
        assertThat(svg)
                .contains("2,000 releases, 17 hosts, 2 of them on none of these", ">15 hosts<")
                .contains("199 releases go next to 0.19.9", "200 releases go next to 9.19.9");
        assertThat(Pattern.compile("<path class=\"way").matcher(svg).results().count())
                .as("one tree of lines for each release that is gone to, one line in the legend")
                .isEqualTo(11);
        String[] size =
                svg.replaceAll("(?s).*?width=\"(\\d+)\" height=\"(\\d+)\".*", "$1 $2").split(" ");
        assertThat(Integer.parseInt(size[0])).isLessThan(1_300);
        assertThat(Integer.parseInt(size[1])).isLessThan(1_500);
    }

    @Test
    void whatHasSomethingToSayIsNeverPutTogetherWithOthers() {
        List<String> releases = plain(1, 1, 20);
        releases.set(3, release("0.0.3", ",\"withdrawn\":\"loses orders\""));
        releases.set(8, release("0.0.8", ",\"dead-end\":\"no way on\""));
        releases.set(
                13,
                release(
                        "0.0.13",
                        ",\"conditions\":[{\"risk\":\"Slow\",\"from\":\"<0.0.5\",\"message\":\"hours\"}]"));
        releases.set(19, release("0.0.19", ",\"rollout\":{\"from\":0.25}"));
        String svg = draw(channel("semver", releases, ""), Map.of());

        assertThat(shapes(svg))
                .containsExactly(
                        "0.0.0 0.0.1 0.0.2",
                        "0.0.3",
                        "0.0.4 0.0.5 0.0.6 0.0.7",
                        "0.0.8",
                        "0.0.9 0.0.10 0.0.11 0.0.12",
                        "0.0.13",
                        "0.0.14 0.0.15 0.0.16 0.0.17 0.0.18",
                        "0.0.19");
        assertThat(svg)
                .contains("loses orders", "no way on", "risk from &lt;0.0.5 to 0.0.13: Slow: hours")
                .contains("class=\"bar\" x=", "width=\"10\" height=\"3\"");
    }

    @Test
    void aWayThatTakesEachReleaseInTurnIsOneShapeThatSaysSo() {
        String oneByOne =
                ",\"blocked\":[{\"when\":{\"$origin\":{\"minors-behind\":\">1\"}},\"message\":\"one minor\"}]";
        String svg = draw(channel("semver", plain(1, 40, 1), oneByOne), Map.of());

        assertThat(svg).contains("×");
        assertThat(shapes(svg)).hasSizeLessThan(40 + 1);
    }

    @Test
    void calendarVersionsStandByMonthAndManyByYear() {
        List<String> months = new ArrayList<>();
        List<String> years = new ArrayList<>();
        for (int month = 1; month <= 12; month++) {
            String number = "%02d".formatted(month);
            months.add(release("2026." + number + ".1", ""));
            for (int year = 2000; year < 2010; year++) {
                years.add(release(year + "." + number + ".1", ""));
            }
        }
        assertThat(draw(channel("calver", months, ""), Map.of())).contains(">2026.04<");
        assertThat(draw(channel("calver", years, ""), Map.of()))
                .contains(">2003<")
                .doesNotContain(">2003.04<");
    }

    @Test
    void itExplainsItselfLightAndDark() {
        String svg = draw(channel("semver", plain(1, 1, 3), ""), Map.of());
        assertThat(svg)
                .contains(
                        "required stop", "dead end", "withdrawn", "rollout", "next hop", "blocked")
                .contains("prefers-color-scheme:dark");
    }
}
