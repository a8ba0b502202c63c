// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.read;

import dev.torimono.instrument.tree.Form;
import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the blocks of a Terraform file.
 *
 * <pre>
 * body  = { name "=" expression newline | name { label } "{" body "}" }
 * label = string | name
 * </pre>
 */
public final class HclReader {
    private final HclCursor cursor;
    private final HclExpressions expressions;
    private final List<Block> blocks = new ArrayList<>();

    /**
     * One block.
     *
     * @param type its first word: {@code resource}
     * @param labels what stands between that and its brace
     * @param body its attributes; blocks inside are read, but are no part of it
     */
    public record Block(int from, String type, List<String> labels, Mapping body) {}

    private HclReader(Source source) {
        cursor = new HclCursor(source);
        expressions = new HclExpressions(cursor);
    }

    /** Every block of a file, those inside others too, in the order of their ends. */
    public static List<Block> read(Source source) {
        HclReader reader = new HclReader(source);
        reader.body(0, false, 0);
        return List.copyOf(reader.blocks);
    }

    private Mapping body(int from, boolean braced, int depth) {
        cursor.checkDepth(depth);
        List<Entry> attributes = new ArrayList<>();
        while (true) {
            cursor.space(true);
            if (cursor.ended()) {
                if (braced) {
                    throw cursor.error(from, "this block is not closed");
                }
                break;
            }
            if (braced && cursor.takes("}")) {
                break;
            }
            statement(attributes, depth);
        }
        return new Mapping(from, cursor.at(), Form.BODY, List.copyOf(attributes));
    }

    private void statement(List<Entry> attributes, int depth) {
        int from = cursor.at();
        String name = cursor.name();
        cursor.space(false);
        if (cursor.takes("=")) {
            Node value = expressions.value(HclExpressions.End.LINE, depth);
            if (attributes.stream().anyMatch(one -> one.key().equals(name))) {
                throw cursor.error(from, "the attribute " + name + " is there twice");
            }
            attributes.add(new Entry(from, name, value));
            return;
        }
        List<String> labels = new ArrayList<>();
        while (!cursor.takes("{")) {
            labels.add(cursor.looksAt("\"") ? cursor.string().value() : cursor.name());
            cursor.space(false);
        }
        Mapping body = body(cursor.at() - 1, true, depth + 1);
        blocks.add(new Block(from, name, List.copyOf(labels), body));
    }
}
