package dev.belay.versys.graph;

import java.util.Optional;
import java.util.function.Function;

/// The fields of words to the admin.
final class NoticeForm extends Form<Notice> {
    private static final NoticeForm OBJECT = new NoticeForm();

    /// Words alone, or an object with words and a page.
    static final Codec<Notice> NOTICE =
            Codec.of(
                    in -> in.isObject() ? OBJECT.read(in) : Notice.of(in.string()),
                    (notice, out) -> {
                        if (notice.url().isEmpty()) {
                            out.writeString(notice.message());
                        } else {
                            OBJECT.write(notice, out);
                        }
                    });

    private final Fields<Notice> fields = new Fields<>(this, Optional::of);

    @Override
    Notice of(Values<Notice> given) {
        return fields.of(given).orElse(Notice.of(""));
    }

    /// The same fields where they stand among others.
    static final class Fields<T> {
        private final Field<T, String> message;
        private final Field<T, Optional<String>> url;

        Fields(Form<T> form, Function<T, Optional<Notice>> notice) {
            message = form.field("message", TEXT, "", t -> text(notice.apply(t)));
            url = form.optional("url", TEXT, t -> notice.apply(t).flatMap(Notice::url));
        }

        private static String text(Optional<Notice> notice) {
            return notice.map(Notice::message).orElse("");
        }

        Optional<Notice> of(Values<T> given) {
            return given.get(message).isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Notice(given.get(message), given.get(url)));
        }
    }
}
