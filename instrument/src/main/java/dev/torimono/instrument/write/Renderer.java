// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.write;

import dev.torimono.instrument.tree.Form;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes values in a layout. */
final class Renderer {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_/](?:[A-Za-z0-9_./:@-]*[A-Za-z0-9_/])?");
    private static final Set<String> NOT_TEXT =
            Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

    private Renderer() {}

    /** A key with its value; in a block or body the lines after the first are indented already. */
    static String entry(Layout layout, String key, Value value) {
        return switch (layout.form().kind()) {
            case BLOCK -> blockEntry(layout, key, value);
            case HCL, BODY ->
                    (layout.quotedKeys() ? quoted(key) : key)
                            + layout.colon()
                            + value(layout, value);
            case FLOW ->
                    (layout.quotedKeys() ? quoted(key) : key)
                            + layout.colon()
                            + value(layout, value);
        };
    }

    /** A value where a value may stand. */
    static String value(Layout layout, Value value) {
        return switch (layout.form().kind()) {
            case BLOCK -> value(layout.flow(), value);
            case HCL, BODY -> hcl(layout, value);
            case FLOW -> json(layout, value);
        };
    }

    /** An item of a block, with its dash. */
    static String blockItem(Layout layout, Value value) {
        if (value instanceof Value.Fields fields && !fields.fields().isEmpty()) {
            return "- " + blockFields(layout.at(layout.indent() + "  "), fields.fields());
        }
        return "- " + blockValue(layout, value);
    }

    private static String blockEntry(Layout layout, String key, Value value) {
        String begin = key + ":";
        return switch (value) {
            case Value.Fields(Map<String, Value> fields) when !fields.isEmpty() -> {
                Layout deeper = layout.deeper();
                yield begin + layout.newline() + deeper.indent() + blockFields(deeper, fields);
            }
            case Value.Many(List<Value> items) when !items.isEmpty() -> {
                Layout deeper = layout.at(layout.indent() + layout.dashIndent());
                yield begin
                        + items.stream()
                                .map(
                                        one ->
                                                layout.newline()
                                                        + deeper.indent()
                                                        + blockItem(deeper, one))
                                .collect(Collectors.joining());
            }
            case Value.Text _,
                    Value.Literal _,
                    Value.Many _,
                    Value.Fields _,
                    Value.Raw _,
                    Value.Concat _ ->
                    begin + " " + blockValue(layout, value);
        };
    }

    private static String blockFields(Layout layout, Map<String, Value> fields) {
        return fields.entrySet().stream()
                .map(one -> blockEntry(layout, one.getKey(), one.getValue()))
                .collect(Collectors.joining(layout.newline() + layout.indent()));
    }

    private static String blockValue(Layout layout, Value value) {
        boolean plain =
                value instanceof Value.Text(String text, boolean _)
                        && PLAIN.matcher(text).matches()
                        && !NOT_TEXT.contains(text.toLowerCase(java.util.Locale.ROOT));
        return plain ? ((Value.Text) value).text() : value(layout.flow(), value);
    }

    private static String json(Layout layout, Value value) {
        return switch (value) {
            case Value.Text text -> string(layout.form(), text);
            case Value.Literal(String text) -> text;
            case Value.Raw(String text) -> text;
            case Value.Concat concat -> concat(layout, concat);
            case Value.Many(List<Value> items) ->
                    joined(
                            layout,
                            "[",
                            items.stream().map(one -> json(layout.deeper(), one)).toList(),
                            "]");
            case Value.Fields(Map<String, Value> fields) ->
                    joined(
                            layout,
                            "{",
                            fields.entrySet().stream()
                                    .map(
                                            one ->
                                                    entry(
                                                            layout.deeper(),
                                                            one.getKey(),
                                                            one.getValue()))
                                    .toList(),
                            "}");
        };
    }

    private static String joined(Layout layout, String open, List<String> parts, String close) {
        if (parts.isEmpty() || !layout.lines()) {
            return open + String.join("," + layout.gap(), parts) + close;
        }
        String line = layout.newline() + layout.indent();
        return open
                + line
                + layout.unit()
                + String.join("," + line + layout.unit(), parts)
                + line
                + close;
    }

    private static String hcl(Layout layout, Value value) {
        return switch (value) {
            case Value.Text text -> string(layout.form(), text);
            case Value.Literal(String text) -> text;
            case Value.Raw(String text) -> text;
            case Value.Concat concat -> concat(layout, concat);
            case Value.Many(List<Value> items) -> {
                boolean inline = items.stream().noneMatch(Value.Fields.class::isInstance);
                Layout own = inline ? layout.onOneLine() : layout;
                yield joined(
                        own, "[", items.stream().map(one -> hcl(own.deeper(), one)).toList(), "]");
            }
            case Value.Fields(Map<String, Value> fields) -> hclObject(layout, fields);
        };
    }

    private static String hclObject(Layout layout, Map<String, Value> fields) {
        boolean small =
                fields.size() <= 3 && fields.values().stream().noneMatch(Renderer::isCollection);
        Layout own = small ? layout.onOneLine() : layout;
        List<String> entries =
                fields.entrySet().stream()
                        .map(one -> entry(own.deeper(), one.getKey(), one.getValue()))
                        .toList();
        if (!own.lines()) {
            return "{ " + String.join(", ", entries) + " }";
        }
        String line = own.newline() + own.indent();
        return "{" + line + own.unit() + String.join(line + own.unit(), entries) + line + "}";
    }

    private static boolean isCollection(Value value) {
        return value instanceof Value.Many || value instanceof Value.Fields;
    }

    private static String concat(Layout layout, Value.Concat value) {
        return "concat(" + value.expression() + ", " + hcl(layout, value.list()) + ")";
    }

    private static String string(Form form, Value.Text value) {
        boolean literal = form.templated() && !value.template();
        String text = value.text();
        return quoted(literal ? text.replace("${", "$${").replace("%{", "%%{") : text);
    }

    /** In double quotes, as JSON, YAML and HCL all read it. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
