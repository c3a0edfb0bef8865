package dev.belay.versys.yaml;

/// One mistake in a document that a person wrote.
///
/// @param line 1-based
/// @param column 1-based, in code points
/// @param pointer dotted place in the document, for example `layout.config[0].path`; empty for the
///   document itself
/// @param message what is wrong, without an ending full stop
/// @param fix what to write instead, in the imperative, without an ending full stop
public record YamlProblem(int line, int column, String pointer, String message, String fix) {
    /// `pointer: message; fix`, without a place in the file.
    public String words() {
        return (pointer.isEmpty() ? "" : pointer + ": ") + message + "; " + fix;
    }
}
