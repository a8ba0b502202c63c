// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.host.HostCounters;
import dev.torimono.host.fd.ObjectReader;
import dev.torimono.host.fd.StdioReader;
import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.FdTable;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What our own captures tell besides: the objects that the kernel resolved when it happened. They
 * come before what the tables make of the events.
 */
final class Told implements FdTable {
    private static final int STDIO = 3;

    private final FdTable tables;
    private final ObjectReader objects = new ObjectReader(new HostCounters());
    private final StdioReader stdio = new StdioReader();
    private final Fd[] standard = {new Fd(), new Fd(), new Fd()};
    private @Nullable Event event;

    Told(FdTable tables) {
        this.tables = tables;
    }

    /** Whether the event carries them; holds until the next call. */
    boolean begin(Event of) {
        event = of.paramCount() > of.type().paramCount() ? of : null;
        return event != null;
    }

    /** Corrects what the observation says of the event's object. */
    void correct(Event of, Observation observation, @Nullable Task by, @Nullable Fd known) {
        Fd fd = objects.fd(of);
        observation.set(of, by, fd == null ? known : fd);
        if (fd == null) {
            objects.path(of, observation);
        }
    }

    /** Gives the file of the event in hand its other name, if the event carries one. */
    boolean otherName(Observation observation) {
        Event of = event;
        return of != null && objects.otherName(of, observation.fd());
    }

    @Override
    public @Nullable Fd fd(Task task, long number) {
        Event of = event;
        if (of != null && of.tid() == task.tid() && number >= 0 && number < STDIO) {
            if (stdio.has(of)) {
                Fd fd = standard[(int) number].clear(number);
                return stdio.read(fd, of, (int) number) ? fd : null;
            }
        }
        return tables.fd(task, number);
    }

    @Override
    public int openCount(Task task) {
        return tables.openCount(task);
    }

    @Override
    public void forEach(Task task, Consumer<Fd> each) {
        tables.forEach(task, each);
    }
}
