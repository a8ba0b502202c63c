// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.Event;
import dev.torimono.model.HeldExec;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;
import dev.torimono.sensor.gate.CallerTerminal;
import dev.torimono.sensor.gate.SmallFiles;
import java.util.List;

/**
 * One file of an exec that waits, as its judge sees it. A script is judged twice, as fanotify would
 * have it: the script, then its interpreter.
 */
record NotifiedExec(
        Caught caught,
        ExecCall call,
        int link,
        ExecRecord record,
        SmallFiles files,
        CallerTerminal terminal)
        implements HeldExec {

    @Override
    public long tid() {
        return caught.tid();
    }

    @Override
    public long pid() {
        return caught.who().pid();
    }

    @Override
    public Text cgroup() {
        return caught.session().cgroupPath();
    }

    @Override
    public Event event() {
        return record.foreseen();
    }

    @Override
    public HeldFile file() {
        return call.chain().get(link);
    }

    @Override
    public boolean script() {
        return link < call.chain().size() - 1;
    }

    @Override
    public boolean continues() {
        return link > 0;
    }

    @Override
    public Text launcher() {
        Text exe = files.link("/proc/" + tid() + "/exe");
        return exe.length() > 1 ? exe : Text.of(files.text("/proc/" + tid() + "/comm").strip());
    }

    @Override
    public Text calledAs() {
        return call.calledAs();
    }

    @Override
    public List<Text> arguments() {
        return call.arguments();
    }

    @Override
    public @org.jspecify.annotations.Nullable HeldFile named(Text argument) {
        return call.look(tid(), argument, caught.session().bornNs());
    }

    @Override
    public boolean tellCaller(String line) {
        return terminal.tell(tid(), line);
    }
}
