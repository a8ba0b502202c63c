// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import dev.torimono.rules.LoadCode;
import dev.torimono.rules.yaml.Yaml;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Reads YAML documents into {@link YamlNode}s. Nothing is constructed from tags; sizes, depth and
 * what aliases expand to are bounded, because rule files come from anywhere.
 */
public final class YamlReader {
    /** Larger files are refused unread; Falco's own three together have 200 kB. */
    public static final int MAX_CHARACTERS = 4 << 20;

    /**
     * How much is read at once. The scanner copies all of a scalar each time that it reads on, so
     * its own 1024 made a long one take seconds.
     */
    private static final int BUFFER = 1 << 16;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NODES = 200_000;

    private static final String UNCLOSED = "quoted scalar is not closed";

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(MAX_CHARACTERS).setBufferSize(BUFFER).build();

    private final Source source;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<YamlNode> documents = new ArrayList<>();
    private final boolean wide;
    private long nodes;
    private int markIndex;
    private int markOffset;

    /** A node that aliases can refer to, and how many nodes it stands for. */
    private record Anchored(YamlNode node, long nodes) {}

    /** A collection whose end was not seen yet. */
    private static final class Open {
        private final boolean mapping;
        private final Place at;
        private final @Nullable Anchor anchor;
        private final long nodesBefore;
        private final List<YamlNode> children = new ArrayList<>();

        Open(boolean mapping, Place at, @Nullable Anchor anchor, long nodesBefore) {
            this.mapping = mapping;
            this.at = at;
            this.anchor = anchor;
            this.nodesBefore = nodesBefore;
        }
    }

    private YamlReader(Source source) {
        this.source = source;
        String content = source.content();
        this.wide = content.codePointCount(0, content.length()) != content.length();
    }

    /**
     * Reads every document.
     *
     * @throws LoadException of LOAD_ERR_YAML_PARSE
     */
    public static List<YamlNode> read(Source source) {
        if (source.content().length() > MAX_CHARACTERS) {
            throw new LoadException(
                    LoadCode.LOAD_ERR_YAML_PARSE,
                    "file has more than " + MAX_CHARACTERS + " characters; split it",
                    source.start(),
                    null);
        }
        try {
            return new YamlReader(source).readAll(source.content());
        } catch (LoadException e) {
            String closed = closeQuote(e, source);
            if (closed == null) {
                throw e;
            }
            return new YamlReader(source).readAll(closed);
        }
    }

    /** Falco's YAML library takes the end of the file for the end of a quoted scalar. */
    private static @Nullable String closeQuote(LoadException e, Source source) {
        if (!e.getMessage().contains(UNCLOSED)) {
            return null;
        }
        int quote = e.place().offset();
        return quote < source.content().length()
                ? source.content() + source.content().charAt(quote)
                : null;
    }

    private List<YamlNode> readAll(String text) {
        try {
            Parser events = Yaml.events(SETTINGS, text);
            while (events.hasNext()) {
                on(events.next());
            }
            return documents;
        } catch (MarkedYamlEngineException e) {
            boolean unclosed =
                    "found unexpected end of stream".equals(e.getProblem())
                            && "while scanning a quoted scalar".equals(e.getContext());
            throw unclosed
                    ? error(UNCLOSED, e.getContextMark())
                    : error(said(e), or(e.getProblemMark(), e.getContextMark()));
        } catch (YamlEngineException e) {
            throw error(String.valueOf(e.getMessage()).strip(), Optional.empty());
        }
    }

    private static String said(MarkedYamlEngineException e) {
        return e.getContext() == null ? e.getProblem() : e.getContext() + ": " + e.getProblem();
    }

    private static Optional<Mark> or(Optional<Mark> first, Optional<Mark> second) {
        return first.isPresent() ? first : second;
    }

    private void on(Event event) {
        switch (event.getEventId()) {
            case MappingStart -> open(true, (NodeEvent) event);
            case SequenceStart -> open(false, (NodeEvent) event);
            case MappingEnd, SequenceEnd -> close();
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> alias((AliasEvent) event);
            case DocumentStart -> anchors.clear();
            case DocumentEnd, StreamStart, StreamEnd, Comment -> {}
        }
    }

    private void open(boolean mapping, NodeEvent event) {
        if (open.size() == MAX_DEPTH) {
            throw error("nested deeper than " + MAX_DEPTH + " levels", event.getStartMark());
        }
        open.push(new Open(mapping, place(event), event.getAnchor().orElse(null), nodes));
    }

    private void close() {
        Open done = open.pop();
        YamlNode node;
        if (done.mapping) {
            List<YamlNode.Entry> entries = new ArrayList<>(done.children.size() / 2);
            for (int i = 0; i + 1 < done.children.size(); i += 2) {
                entries.add(new YamlNode.Entry(done.children.get(i), done.children.get(i + 1)));
            }
            node = new YamlNode.Mapping(entries, done.at);
        } else {
            node = new YamlNode.Sequence(done.children, done.at);
        }
        count(1, Optional.empty());
        if (done.anchor != null) {
            anchors.put(done.anchor, new Anchored(node, nodes - done.nodesBefore));
        }
        add(node);
    }

    private void scalar(ScalarEvent event) {
        Place at = place(event);
        YamlNode node =
                event.isPlain() && event.getTag().isEmpty() && isNull(event.getValue())
                        ? new YamlNode.Null(at)
                        : new YamlNode.Scalar(event.getValue(), style(event), at);
        count(1, event.getStartMark());
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(node, 1)));
        add(node);
    }

    private static boolean isNull(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
        };
    }

    private static YamlNode.Style style(ScalarEvent event) {
        return switch (event.getScalarStyle()) {
            case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> YamlNode.Style.DOUBLE_QUOTED;
            case SINGLE_QUOTED -> YamlNode.Style.SINGLE_QUOTED;
            case LITERAL, FOLDED -> YamlNode.Style.BLOCK;
            case PLAIN -> YamlNode.Style.PLAIN;
        };
    }

    private void alias(AliasEvent event) {
        Anchored anchored = anchors.get(event.getAlias());
        if (anchored == null) {
            throw error(
                    "alias *" + event.getAlias() + " refers to no anchor before it",
                    event.getStartMark());
        }
        count(anchored.nodes, event.getStartMark());
        add(anchored.node);
    }

    private void count(long more, Optional<Mark> mark) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw error("more than " + MAX_NODES + " values, aliases expanded", mark);
        }
    }

    private void add(YamlNode node) {
        Open parent = open.peek();
        if (parent == null) {
            documents.add(node);
        } else {
            parent.children.add(node);
        }
    }

    private Place place(Event event) {
        return event.getStartMark().map(this::place).orElseGet(source::start);
    }

    private Place place(Mark mark) {
        // Marks count code points; they mostly move forward, a little at a time. They can lie
        // beyond the file, where a quote was closed for it.
        String content = source.content();
        if (!wide) {
            return new Place(source, Math.min(mark.getIndex(), content.length()));
        }
        while (markIndex < mark.getIndex() && markOffset < content.length()) {
            markOffset += Character.charCount(content.codePointAt(markOffset));
            markIndex++;
        }
        while (markIndex > mark.getIndex() && markOffset > 0) {
            markOffset -= Character.charCount(content.codePointBefore(markOffset));
            markIndex--;
        }
        return new Place(source, markOffset);
    }

    private LoadException error(String message, Optional<Mark> mark) {
        return new LoadException(
                LoadCode.LOAD_ERR_YAML_PARSE,
                message,
                mark.map(this::place).orElseGet(source::start),
                null);
    }
}
