// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.FieldUse;
import dev.torimono.rules.plan.Source.Several;

/** Rough costs of evaluation, a comparison of numbers being 1; only their order matters. */
final class Cost {
    /** What it costs to remember an answer; cheaper parts are simply evaluated again. */
    static final int MEMO = 2;

    private static final int LIST = 20;

    private Cost() {}

    static int of(Node node) {
        return switch (node) {
            case Node.All all -> sum(all.parts());
            case Node.Any any -> sum(any.parts());
            case Node.One one -> sum(one.parts());
            case Node.Not not -> of(not.part());
            case Node.Constant c -> 0;
            case Node.Present present -> of(present.source());
            case Node.Test test -> of(test.source()) + test.match().cost();
            case Node.Pair pair -> of(pair.left()) + of(pair.right()) + LIST;
        };
    }

    private static int sum(Iterable<Node> parts) {
        int sum = 1;
        for (Node part : parts) {
            sum += of(part);
        }
        return sum;
    }

    static int of(Source source) {
        return switch (source) {
            case Source.Literal l -> 1;
            case Source.Digits digits -> of(digits.number()) + LIST;
            case Source.Listed listed -> listed.parts().stream().mapToInt(Cost::of).sum() + LIST;
            case Source.Transformed t -> t.arguments().stream().mapToInt(Cost::of).sum() + 2 * LIST;
            case Source.OfField field ->
                    of(field.use()) + (field.several() == Several.NO ? 0 : LIST);
        };
    }

    private static int of(FieldUse use) {
        String name = use.field().name();
        return switch (name) {
            case "evt.num",
                    "evt.cpu",
                    "evt.rawtime",
                    "fd.num",
                    "proc.pid",
                    "evt.is_open_write",
                    "evt.is_open_read",
                    "evt.rawres",
                    "evt.failed",
                    "evt.is_io",
                    "evt.dir" ->
                    1;
            case "evt.type",
                    "syscall.type",
                    "fd.typechar",
                    "fd.type",
                    "proc.name",
                    "proc.exe",
                    "proc.exepath",
                    "proc.cmdline",
                    "fd.name",
                    "proc.tty",
                    "user.uid",
                    "evt.res",
                    "evt.category",
                    "proc.is_exe_upper_layer" ->
                    2;
            case "container.id",
                    "container.image.repository",
                    "proc.pname",
                    "proc.pexe",
                    "proc.pcmdline",
                    "container.privileged",
                    "proc.vpid" ->
                    4;
            case "evt.args", "evt.info", "fd.types", "proc.env", "proc.aenv" -> 60;
            case "evt.arg" -> 25;
            case "user.name", "user.loginname", "group.name" -> 15;
            case "proc.args",
                    "proc.aargs",
                    "thread.cap_permitted",
                    "thread.cap_effective",
                    "thread.cap_inheritable" ->
                    30;
            case "proc.aname", "proc.aexe", "proc.aexepath", "proc.acmdline", "proc.apid" -> 10;
            default -> 8;
        };
    }
}
