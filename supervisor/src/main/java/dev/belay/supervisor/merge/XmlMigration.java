package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.XmlPiece.Attribute;
import dev.belay.supervisor.merge.XmlPiece.Element;
import dev.belay.versys.release.ConfigMigration;
import dev.belay.versys.release.ConfigMigration.Remove;
import dev.belay.versys.release.ConfigMigration.Rename;
import dev.belay.versys.release.ConfigMigration.SetDefault;
import java.util.List;
import java.util.Optional;

/// One migration of an XML file: of attributes only. An element that is not there has no settings,
/// so nothing is done then.
final class XmlMigration {
    private XmlMigration() {}

    static Splices splices(
            String path, ConfigText text, List<XmlPiece> document, ConfigMigration migration) {
        Splices splices = new Splices();
        switch (migration) {
            case Rename rename -> {
                XmlPath from = attributePath(path, rename.from());
                XmlPath to = attributePath(path, rename.to());
                if (!from.steps().equals(to.steps())) {
                    throw ConfigMigrations.impossible(
                            path, "an attribute is renamed to one of another element");
                }
                from.element(document).ifPresent(it -> rename(text, it, from, to, splices));
            }
            case SetDefault defaults ->
                    defaults.values()
                            .forEach((key, value) -> {
                                XmlPath place = attributePath(path, key);
                                place.element(document)
                                        .ifPresent(it -> setDefault(it, place, value, splices));
                            });
            case Remove remove -> {
                XmlPath place = attributePath(path, remove.key());
                place.element(document)
                        .flatMap(it -> it.attribute(name(place)))
                        .ifPresent(it -> delete(text, it, splices));
            }
        }
        return splices;
    }

    private static void rename(
            ConfigText text, Element element, XmlPath from, XmlPath to, Splices splices) {
        Optional<Attribute> old = element.attribute(name(from));
        if (old.isEmpty()) {
            return;
        }
        if (element.attribute(name(to)).isPresent()) {
            delete(text, old.get(), splices);
        } else {
            int start = old.get().start();
            splices.replace(start, start + name(from).length(), name(to));
        }
    }

    private static void setDefault(Element element, XmlPath place, String value, Splices splices) {
        if (element.attribute(name(place)).isEmpty()) {
            int end =
                    element.attributes.isEmpty()
                            ? element.nameEnd
                            : element.attributes.getLast().end();
            String escaped =
                    value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
            splices.insert(end, " " + name(place) + "=\"" + escaped + "\"");
        }
    }

    private static void delete(ConfigText text, Attribute attribute, Splices splices) {
        splices.delete(SiblingMerge.blankBefore(text.text(), attribute.start()), attribute.end());
    }

    private static String name(XmlPath path) {
        return path.attribute().orElseThrow();
    }

    private static XmlPath attributePath(String file, String key) {
        return XmlPath.parse(key)
                .filter(path -> path.attribute().isPresent())
                .orElseThrow(() ->
                        ConfigMigrations.impossible(file, key + " is no path to an attribute"));
    }
}
