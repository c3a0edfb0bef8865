package dev.belay.versys.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// One strictly read YAML document: UTF-8, at most 1 MiB, one document, a mapping at the top,
/// nested at most 64 deep, no duplicate keys, no anchors or aliases, no tags.
///
/// @param source the text, to show problems at their place
/// @param root the top mapping; empty only if `problems` says why
/// @param problems what the syntax forbids; values of duplicate keys are the first ones
public record YamlDocument(
        YamlSource source, Optional<YamlNode.Mapping> root, List<YamlProblem> problems) {
    /// The largest document in bytes.
    public static final int MAX_BYTES = 1 << 20;

    public YamlDocument {
        problems = List.copyOf(problems);
    }

    /// Reads a document. Never throws for anything that the bytes contain.
    public static YamlDocument parse(byte[] bytes, String fileName) {
        if (bytes.length > MAX_BYTES) {
            return broken(
                    YamlSource.of(fileName, ""),
                    new YamlProblem(
                            1,
                            1,
                            "",
                            "the file has " + bytes.length + " bytes, more than 1 MiB",
                            "keep it below 1 MiB"));
        }
        CharBuffer decoded = CharBuffer.allocate(bytes.length);
        ByteBuffer undecoded = ByteBuffer.wrap(bytes);
        CoderResult result =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(undecoded, decoded, true);
        String text = withoutByteOrderMark(decoded.flip().toString());
        if (result.isError()) {
            return broken(
                    YamlSource.of(fileName, text),
                    at(text, text.length(), "this is not UTF-8", "save the file as UTF-8"));
        }
        return parseText(text, fileName);
    }

    private static YamlDocument parseText(String text, String fileName) {
        YamlSource source = YamlSource.of(fileName, text);
        Problems problems = new Problems();
        try {
            Optional<YamlNode> top = new NodeReader(problems).read(text);
            if (top.isPresent() && top.get() instanceof YamlNode.Mapping mapping) {
                return new YamlDocument(source, Optional.of(mapping), problems.inFileOrder());
            }
            if (problems.isEmpty()) {
                problems.add(
                        new YamlProblem(
                                1,
                                1,
                                "",
                                top.isEmpty() ? "the file is empty" : "the file is no mapping",
                                "write keys and values, for example product: shop"));
            }
            return new YamlDocument(source, Optional.empty(), problems.inFileOrder());
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            return broken(
                    source,
                    new YamlProblem(
                            mark == null ? 1 : mark.getLine() + 1,
                            mark == null ? 1 : mark.getColumn() + 1,
                            "",
                            "this is not YAML: " + e.getProblem(),
                            "check indentation, quotes and brackets here"));
        } catch (ReaderException e) {
            int index = Math.min(e.getPosition(), text.codePointCount(0, text.length()));
            return broken(
                    source,
                    at(
                            text,
                            text.offsetByCodePoints(0, index),
                            "the character U+%04X is not allowed".formatted(e.getCodePoint()),
                            "remove it"));
        } catch (YamlEngineException e) {
            return broken(
                    source,
                    new YamlProblem(
                            1, 1, "", "this is not YAML: " + e.getMessage(), "check the file"));
        }
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static YamlDocument broken(YamlSource source, YamlProblem problem) {
        return new YamlDocument(source, Optional.empty(), List.of(problem));
    }

    private static YamlProblem at(String text, int offset, String message, String fix) {
        String before = text.substring(0, offset);
        int lineStart = before.lastIndexOf('\n') + 1;
        return new YamlProblem(
                (int) before.chars().filter(c -> c == '\n').count() + 1,
                before.codePointCount(lineStart, before.length()) + 1,
                "",
                message,
                fix);
    }
}
