package dev.belay.supervisor.merge;

/// A text is not well-formed XML.
final class XmlSyntaxException extends Exception {
    private static final long serialVersionUID = 1;
    private final int offset;

    XmlSyntaxException(int offset, String reason) {
        super(reason);
        this.offset = offset;
    }

    /// Where in the text.
    int offset() {
        return offset;
    }
}
