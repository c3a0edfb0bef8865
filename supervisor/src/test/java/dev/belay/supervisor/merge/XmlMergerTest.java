package dev.belay.supervisor.merge;

import static dev.belay.supervisor.merge.ConfigFormat.XML;
import static dev.belay.supervisor.merge.Merges.merge;
import static dev.belay.supervisor.merge.Merges.merged;
import static dev.belay.supervisor.merge.Merges.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlMergerTest {
    @Test
    void attributesMergeOneByOne() {
        assertThat(
                        merged(
                                XML,
                                "<a x='1' y='2' gone='3'/>",
                                "<a  x='9' y='2' gone='3' own='o' />",
                                "<a x='1' y='5' fresh='n'/>"))
                .isEqualTo("<a  x='9' y='5' fresh='n' own='o' />");
    }

    @Test
    void bothChangedMeansTheAdminsValueStandsAndIsReported() {
        MergeResult result =
                merge(XML, "<a><b x='1'/></a>", "<a><b x='2'/></a>", "<a><b x='3'/></a>");

        assertThat(text(result)).isEqualTo("<a><b x='2'/></a>");
        assertThat(result.conflicts())
                .containsExactly(
                        new MergeResult.Conflict(
                                "a/b/@x", Optional.of("1"), Optional.of("2"), Optional.of("3")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    <a><b n='1'/></a>       | <a><b n='2'/></a>     | <a/>              | <a><b n='2'/></a>
                    <a><b n='1'/></a>       | <a/>                  | <a><b n='2'/></a> | <a/>
                    <a>t</a>                | <a>u</a>              | <a>v</a>          | <a>u</a>
                    <a/>                    | <a><b id='1' x='1'/></a> | <a><b id='1' x='2'/></a> | <a><b id='1' x='1'/></a>
                    """)
    void conflictsLeaveTheAdminsFile(String base, String local, String incoming, String expected) {
        MergeResult result = merge(XML, base, local, incoming);

        assertThat(text(result)).isEqualTo(expected);
        assertThat(result.conflicts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    <a/>                        | <a q='1'/>              | <a><b/><c/></a>             | <a q='1'><b/><c/></a>
                    <a></a>                     | <a q='1'></a>           | <a><b/></a>                 | <a q='1'><b/></a>
                    <a><b/><d/></a>             | <a><b/><x/><d/></a>     | <a><b/><c/><d/></a>         | <a><b/><c/><x/><d/></a>
                    <a><d/></a>                 | <a><x/><d/></a>         | <a><c/><d/></a>             | <a><x/><c/><d/></a>
                    <a><b/></a>                 | <a><b/><!--my--></a>    | <a><b/><c/></a>             | <a><b/><!--my--><c/></a>
                    <a><b/><c/></a>             | <a q='1'><b/><c/></a>   | <a><c/></a>                 | <a q='1'><c/></a>
                    <a>t</a>                    | <a q='1'>t</a>          | <a>v</a>                    | <a q='1'>v</a>
                    <a><!--old--></a>           | <a q='1'><!--old--></a> | <a></a>                     | <a q='1'></a>
                    <a><!--x y--></a>           | <a><!--x y z--></a>     | <a><!--x y w--></a>         | <a><!--x y z--></a>
                    <a><![CDATA[1]]></a>        | <a q='1'><![CDATA[1]]></a> | <a><![CDATA[2]]></a>     | <a q='1'><![CDATA[2]]></a>
                    <a><b id='1'/></a>          | <a><b id='1'/><b id='2'/></a> | <a><b id='3'/><b id='1'/></a> | <a><b id='3'/><b id='1'/><b id='2'/></a>
                    <a><h n='1' p='2'/></a>     | <a><h n='1' p='3'/></a> | <a><h n='2' p='2'/></a>     | <a><h n='2' p='3'/></a>
                    <a/>                        | <a><b x='1'/></a>       | <a><!--<b x='1'/>--></a>    | <a><b x='1'/></a>
                    <a/>                        | <a><b x='1'/></a>       | <a><b x='1'/></a>           | <a><b x='1'/></a>
                    <a x='&quot;'/>             | <a y='1' x='&quot;'/>   | <a x='&lt;'/>               | <a y='1' x='&lt;'/>
                    """)
    void merges(String base, String local, String incoming, String expected) {
        MergeResult result = merge(XML, base, local, incoming);

        assertThat(text(result)).isEqualTo(expected);
        assertThat(result.conflicts()).isEmpty();
        assertThat(merged(XML, base, expected, incoming)).isEqualTo(expected);
    }

    @Test
    void vendorsElementTakesTheAdminsIndentationAndLineEnds() {
        assertThat(
                        merged(
                                XML,
                                "<a>\n  <b/>\n</a>\n",
                                "<a>\r\n\t<b x='1'/>\r\n</a>\r\n",
                                "<a>\n  <b/>\n  <c>\n    <d/>\n  </c>\n</a>\n"))
                .isEqualTo("<a>\r\n\t<b x='1'/>\r\n\t<c>\r\n\t  <d/>\r\n\t</c>\r\n</a>\r\n");
    }

    @Test
    void newElementDoesNotSeparateAnAdminsRemarkFromItsLine() {
        assertThat(
                        merged(
                                XML,
                                "<a>\n <b/>\n</a>",
                                "<a>\n <b/> <!-- leave this! -->\n</a>",
                                "<a>\n <b/>\n <c/>\n</a>"))
                .isEqualTo("<a>\n <b/> <!-- leave this! -->\n <c/>\n</a>");
    }

    @Test
    void encodingAndByteOrderMarkStayTheAdmins() {
        Charset latin = StandardCharsets.ISO_8859_1;
        String declaration = "<?xml version='1.0' encoding='ISO-8859-1'?>";
        MergeResult result =
                ConfigMergers.merger(XML)
                        .merge(
                                new MergeInput(
                                        "a.xml",
                                        XML,
                                        Optional.of(Merges.bytes("<a x='1'/>")),
                                        Optional.of(
                                                (declaration + "<a x='1' y='\u00fc'/>")
                                                        .getBytes(latin)),
                                        Optional.of(Merges.bytes("<a x='\u20ac'/>"))));
        assertThat(new String(result.content().orElseThrow(), latin))
                .isEqualTo(declaration + "<a x='&#x20AC;' y='\u00fc'/>");

        assertThat(merged(XML, "<a x='1'/>", "\uFEFF<a x='1' y='1'/>", "<a x='2'/>"))
                .isEqualTo("\uFEFF<a x='2' y='1'/>");
    }

    @Test
    void externalEntitiesAreTextAndNothingElse() {
        String doctype = "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";
        assertThat(merged(XML, "<a/>", doctype + "<a>&e;</a>", "<a x='1'/>"))
                .isEqualTo(doctype + "<a x='1'>&e;</a>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    <a><b></a>           | 1 | </b> is to be closed
                    <a>                  | 1 | never closed
                    <a/><b/>             | 1 | more than one root
                    <!-- only -->        | 1 | no root
                    <a x=1/>             | 1 | not in quotes
                    <a x='1' x='2'/>     | 1 | there twice
                    <a x='<'/>           | 1 | contains <
                    <a>\\n\\n&</a>       | 3 | bare &
                    <a>\\n<!-- a -- b --></a> | 2 | must not contain --
                    <a/>text             | 1 | outside the root
                    <a><![CDATA[</a>     | 1 | no ]]>
                    <a x/>               | 1 | has no value
                    < a/>                | 1 | name is missing
                    <!DOCTYPE a [<a/>    | 1 | DOCTYPE has no end
                    """)
    void malformedFileIsRefusedWithItsLine(String escaped, int line, String words) {
        String broken = escaped.replace("\\n", "\n");
        UnmergeableConfigException refused =
                catchThrowableOfType(
                        UnmergeableConfigException.class,
                        () -> merge(XML, "<a/>", broken, "<a x='1'/>"));
        assertThat(refused.line()).isEqualTo(line);
        assertThat(refused.path()).isEqualTo("conf/file");
        assertThat(refused.getMessage()).contains(words).contains("the file on this host");
    }

    @Test
    void theOnlyUnnamedElementOfItsTagIsTheSameOneHoweverMuchOfItChanged() {
        MergeResult result =
                merge(
                        XML,
                        "<s>\n  <limits>\n    <a>1</a>\n    <b>2</b>\n  </limits>\n</s>\n",
                        "<s>\n  <limits>\n    <a>7</a>\n    <b>2</b>\n  </limits>\n</s>\n",
                        "<s>\n  <limits>\n    <c>1</c>\n    <d>2</d>\n  </limits>\n</s>\n");

        assertThat(text(result))
                .isEqualTo(
                        "<s>\n  <limits>\n    <a>7</a>\n    <c>1</c>\n    <d>2</d>\n  </limits>\n</s>\n");
        assertThat(result.conflicts())
                .extracting(MergeResult.Conflict::location)
                .containsExactly("s/limits/a");
    }

    @Test
    void anotherRootIsAConflictOfTheWholeFile() {
        MergeResult result = merge(XML, "<a/>", "<a x='1'/>", "<b/>");

        assertThat(text(result)).isEqualTo("<a x='1'/>");
        assertThat(result.conflicts())
                .singleElement()
                .satisfies(it -> assertThat(it.location()).isEqualTo("file"));
    }

    @Test
    void decisionsNameThePlace() {
        MergeResult result =
                merge(
                        XML,
                        "<s><c p='1'/><c p='2' q='1'/></s>",
                        "<s><c p='1'/><c p='2' q='9'/></s>",
                        "<s><c p='1' n='1'/><c p='2' q='1'/></s>");
        assertThat(result.decisions())
                .containsExactly(
                        new MergeResult.Decision(
                                "s/c[1]/@n",
                                MergeResult.Side.INCOMING,
                                "set to 1 by the new release"),
                        new MergeResult.Decision(
                                "s/c[2]/@q",
                                MergeResult.Side.LOCAL,
                                "set to 9 on this host, kept (was 1)"));
    }
}
