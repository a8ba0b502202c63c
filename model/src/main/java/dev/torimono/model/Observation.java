// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import org.jspecify.annotations.Nullable;

/**
 * One event with everything known about who did it. A flyweight like {@link Event}: refilled per
 * event by the host, valid only while the pipeline runs on it, read by one thread.
 */
public final class Observation {
    private static final String META = "metaevent";

    private final Accounts accounts;
    private final FdTable fds;
    private @Nullable Event event;
    private @Nullable Task task;
    private @Nullable Fd fd;
    private @Nullable Text path;
    private int pathParam = -1;
    private int pathOffset;
    private String source = "syscall";
    private long firstTimestampNs;
    private boolean started;
    private long lastTimestampNs;
    private long previousTimestampNs;
    private TaskTable tasks = TaskTable.NONE;
    private LocalAddresses addresses = LocalAddresses.NONE;
    private AddressNames names = AddressNames.NONE;
    private Text hostname = Text.EMPTY;

    public Observation(Accounts accounts, FdTable fds) {
        this.accounts = accounts;
        this.fds = fds;
    }

    /** Refills it; {@code byTask} and {@code onFd} are null where unknown or not applicable. */
    public Observation set(Event ofEvent, @Nullable Task byTask, @Nullable Fd onFd) {
        event = ofEvent;
        task = byTask;
        fd = onFd;
        path = null;
        pathParam = -1;
        long now = ofEvent.timestampNs();
        if (!started) {
            started = true;
            lastTimestampNs = now;
        }
        if (firstTimestampNs == 0 && !META.equals(ofEvent.type().origin())) {
            firstTimestampNs = now;
        }
        previousTimestampNs = lastTimestampNs;
        lastTimestampNs = now;
        return this;
    }

    public Event event() {
        Event e = event;
        if (e == null) {
            throw new IllegalStateException("observation was never set");
        }
        return e;
    }

    /** The task that did it; null when the event has none or it is not known. */
    public @Nullable Task task() {
        return task;
    }

    /** The object of the event's fd; null when the event concerns no fd. */
    public @Nullable Fd fd() {
        return fd;
    }

    /** Any other fd of the task, such as its stdin; null when unknown. */
    public @Nullable Fd fd(long number) {
        Task t = task;
        return t == null ? null : fds.fd(t, number);
    }

    public FdTable fds() {
        return fds;
    }

    public @Nullable Container container() {
        Task t = task;
        return t == null ? null : t.container();
    }

    public @Nullable User user(long uid) {
        return accounts.user(container(), uid);
    }

    public @Nullable Group group(long gid) {
        return accounts.group(container(), gid);
    }

    /** The path that the event's main path parameter resolves to, where the kernel resolved it. */
    public @Nullable Text path() {
        if (path == null && pathParam >= 0) {
            path = event().text(pathParam, pathOffset);
        }
        return path;
    }

    public Observation path(@Nullable Text resolved) {
        path = resolved;
        pathParam = -1;
        return this;
    }

    /** The path is the text at that byte of the event; copied out only when somebody asks. */
    public Observation pathAt(int param, int offset) {
        path = null;
        pathParam = param;
        pathOffset = offset;
        return this;
    }

    /** Parameter that {@link #pathAt} named; -1 when the path lies elsewhere or is unknown. */
    public int pathParam() {
        return pathParam;
    }

    /** First byte of the path in that parameter. */
    public int pathOffset() {
        return pathOffset;
    }

    /** Falco's event source, {@code syscall} or a plugin's. */
    public String source() {
        return source;
    }

    public Observation source(String value) {
        source = value;
        return this;
    }

    /**
     * Time of the first event observed that tells of the machine and not of the recording itself;
     * base of relative times, 0 before it.
     */
    public long firstTimestampNs() {
        return firstTimestampNs;
    }

    /** Time of the event observed before this one; this one's own when it is the first. */
    public long previousTimestampNs() {
        return previousTimestampNs;
    }

    /**
     * One that outlives the event, by a task as it is now; it knows no other fds than the event's.
     */
    public Observation snapshot() {
        Observation copy = new Observation(accounts, FdTable.NONE);
        Task t = task;
        Fd f = fd;
        copy.event = event().snapshot();
        copy.task = t == null ? null : t.snapshot();
        copy.fd = f == null ? null : new Fd().copyOf(f);
        copy.path = path();
        copy.source = source;
        copy.firstTimestampNs = firstTimestampNs;
        copy.started = started;
        copy.lastTimestampNs = lastTimestampNs;
        copy.previousTimestampNs = previousTimestampNs;
        copy.tasks = tasks;
        copy.addresses = addresses;
        copy.hostname = hostname;
        return copy;
    }

    /** Any task that is known. */
    public TaskTable tasks() {
        return tasks;
    }

    public Observation tasks(TaskTable value) {
        tasks = value;
        return this;
    }

    /** The machine's own addresses, for connections whose {@link Fd#role()} is unknown. */
    public LocalAddresses addresses() {
        return addresses;
    }

    public Observation addresses(LocalAddresses value) {
        addresses = value;
        return this;
    }

    /** Names of internet addresses, as far as rules ask for them. */
    public AddressNames names() {
        return names;
    }

    public Observation names(AddressNames value) {
        names = value;
        return this;
    }

    /** Name of the machine; empty when nobody said. */
    public Text hostname() {
        return hostname;
    }

    public Observation hostname(Text value) {
        hostname = value;
        return this;
    }
}
