// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Fd;
import dev.torimono.model.HeldExec;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An exec that is held only in tests: of the image, by bash, unless said otherwise. */
public final class FakeExec implements HeldExec {
    static final long OVERLAYFS = 0x794c7630L;
    static final long TMPFS = 0x01021994L;
    static final long EXT4 = 0xef53L;

    /** Of no process of this machine: what is read from /proc of it is nothing. */
    static final long PID = 99_999_999;

    final List<String> callerRead = new ArrayList<>();
    private final Map<String, HeldFile> named = new HashMap<>();
    private final HeldFile file;
    private String launcher = "/bin/bash";
    private List<Text> arguments = List.of();
    private boolean script;
    private boolean continues;
    private boolean alone = true;
    private byte @Nullable [] content;

    public FakeExec(HeldFile file) {
        this.file = file;
    }

    static FakeExec ofImage(String path) {
        return new FakeExec(file(path, OVERLAYFS, Fd.LOWER_LAYER));
    }

    static FakeExec added(String path) {
        return new FakeExec(file(path, OVERLAYFS, Fd.UPPER_LAYER));
    }

    static HeldFile file(String path, long filesystem, int facts) {
        return new HeldFile(Text.of(path), 7, 1, filesystem, facts, 0755, 0, 0, 0);
    }

    FakeExec by(String program) {
        launcher = program;
        return this;
    }

    FakeExec with(String... words) {
        arguments = Arrays.stream(words).map(Text::of).toList();
        return this;
    }

    /** A file that an argument names. */
    FakeExec where(String argument, HeldFile is) {
        named.put(argument, is);
        return this;
    }

    FakeExec asScript() {
        script = true;
        return this;
    }

    FakeExec following() {
        continues = true;
        return this;
    }

    /** Its file has another name, too. */
    FakeExec linked() {
        alone = false;
        return this;
    }

    /** What its file is made of. */
    public FakeExec made(byte[] of) {
        content = of;
        return this;
    }

    @Override
    public @Nullable InputStream content() {
        return content == null ? null : new ByteArrayInputStream(content);
    }

    @Override
    public boolean alone() {
        return alone;
    }

    @Override
    public long tid() {
        return PID;
    }

    @Override
    public long pid() {
        return PID;
    }

    @Override
    public Text cgroup() {
        return Text.of("/docker/x");
    }

    @Override
    public HeldFile file() {
        return file;
    }

    @Override
    public boolean script() {
        return script;
    }

    @Override
    public boolean continues() {
        return continues;
    }

    @Override
    public Text launcher() {
        return Text.of(launcher);
    }

    @Override
    public Text calledAs() {
        String path = file.path().toString();
        return Text.of(path.substring(path.lastIndexOf('/') + 1));
    }

    @Override
    public List<Text> arguments() {
        return arguments;
    }

    @Override
    public @Nullable HeldFile named(Text argument) {
        return named.get(argument.toString());
    }

    @Override
    public Event event() {
        return new EventBuilder(EventType.symbol("SYSCALL_EXECVE_19_X"), 1, PID)
                .number("res", 0)
                .event();
    }

    @Override
    public boolean tellCaller(String line) {
        callerRead.add(line);
        return true;
    }
}
