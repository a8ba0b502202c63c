// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.read;

import dev.torimono.instrument.InstrumentException;
import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Source;
import dev.torimono.instrument.tree.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * YAML with the place of every node. Aliases stay aliases, so nothing grows; tags of which YAML
 * knows nothing ({@code !Ref}) stay with what they stand before.
 */
public final class YamlReader {
    public static final int MAX_CHARACTERS = 16 << 20;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(MAX_CHARACTERS).build();

    private final Source source;
    private final Deque<YamlCollection> open = new ArrayDeque<>();
    private final List<Node> roots = new ArrayList<>();
    private final Map<String, Node> anchors = new HashMap<>();
    private final List<Tree.Shared> shared = new ArrayList<>();
    private int markIndex;
    private int markOffset;

    private YamlReader(Source source) {
        this.source = source;
    }

    public static Tree read(Source source) {
        YamlReader reader = new YamlReader(source);
        try {
            reader.readAll(new StreamReader(SETTINGS, source.text()));
        } catch (MarkedYamlEngineException e) {
            throw reader.unreadable(e);
        } catch (YamlEngineException e) {
            throw source.error(0, String.valueOf(e.getMessage()).strip());
        }
        return new Tree(source, List.copyOf(reader.roots), List.copyOf(reader.shared));
    }

    private void readAll(StreamReader text) {
        try {
            ParserImpl events = new ParserImpl(SETTINGS, text);
            while (events.hasNext()) {
                on(events.next());
            }
        } catch (NumberFormatException e) {
            // The library leaves it to the JDK to refuse an escape whose digits are missing or too
            // many.
            throw unreadable(
                    new ScannerException(
                            "an escape in a quoted text has no valid number", text.getMark()));
        }
    }

    private InstrumentException unreadable(MarkedYamlEngineException e) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        String said =
                e.getContext() == null ? e.getProblem() : e.getContext() + ": " + e.getProblem();
        boolean template = source.text().contains("{{");
        return source.error(
                mark.map(one -> source.text().offsetByCodePoints(0, one.getIndex())).orElse(0),
                "no YAML: "
                        + said.strip()
                        + (template
                                ? "; if this is a template, render it first and instrument that"
                                : ""));
    }

    private void on(Event event) {
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> open((CollectionStartEvent) event);
            case MappingEnd, SequenceEnd -> close(event);
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> alias((AliasEvent) event);
            case DocumentStart -> anchors.clear();
            case DocumentEnd, StreamStart, StreamEnd, Comment -> {}
        }
    }

    private void open(CollectionStartEvent event) {
        int from = offset(event.getStartMark());
        if (open.size() == JsonReader.MAX_DEPTH) {
            throw source.error(from, "nested deeper than " + JsonReader.MAX_DEPTH + " levels");
        }
        boolean mapping = event.getEventId() == Event.ID.MappingStart;
        open.push(
                new YamlCollection(
                        source, mapping, event.isFlow(), from, tag(event.getTag()), name(event)));
    }

    private void close(Event event) {
        YamlCollection collection = open.pop();
        int to = collection.flow() ? offset(event.getEndMark()) : collection.blockEnd();
        add(collection.node(to), collection.anchor());
    }

    private void scalar(ScalarEvent event) {
        int from = offset(event.getStartMark());
        int to = offset(event.getEndMark());
        if (event.isLiteral() || event.isFolded()) {
            to = blockScalarEnd(from, to);
        }
        Node node = new Node.Scalar(from, to, event.getValue(), !event.isPlain());
        String tag = tag(event.getTag());
        add(tag.isEmpty() ? node : new Node.Opaque(from, to, tag, node), name(event));
    }

    /**
     * Where the last line with text in it ends; with all its blank lines where {@code +} keeps
     * them.
     */
    private int blockScalarEnd(int from, int to) {
        String text = source.text();
        int header = text.indexOf('\n', from);
        boolean keeps = header >= 0 && text.substring(from, header).split("#", 2)[0].contains("+");
        int end = Math.min(to, text.length());
        while (!keeps && end > from && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        // The end mark may stand behind the indentation of the next line.
        return keeps && end > from ? Math.max(from, source.lineStart(end) - 1) : end;
    }

    private void alias(AliasEvent event) {
        int from = offset(event.getStartMark());
        String name = event.getAlias().getValue();
        Node target = anchors.get(name);
        if (target != null) {
            shared.add(new Tree.Shared(target.from(), target.to(), name));
        }
        add(new Node.Opaque(from, offset(event.getEndMark()), "the alias *" + name, null), "");
    }

    private void add(Node node, String anchor) {
        if (!anchor.isEmpty()) {
            anchors.put(anchor, node);
        }
        YamlCollection parent = open.peek();
        if (parent == null) {
            roots.add(node);
        } else {
            parent.add(node);
        }
    }

    /** Only tags that change what a value is: those of YAML itself say what it is anyway. */
    private static String tag(Optional<String> tag) {
        return tag.filter(one -> !one.startsWith("tag:yaml.org,2002:") && !one.equals("!"))
                .orElse("");
    }

    private static String name(NodeEvent event) {
        return event.getAnchor().map(one -> one.getValue()).orElse("");
    }

    /** Marks count code points, texts have characters; marks come nearly in order. */
    private int offset(Optional<Mark> mark) {
        int index = mark.map(Mark::getIndex).orElse(0);
        markOffset = source.text().offsetByCodePoints(markOffset, index - markIndex);
        markIndex = index;
        return markOffset;
    }
}
