// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.EventType.Trait;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings events of old captures to the current model, in which all that a system call tells is in
 * its exit event. Current events pass untouched and are not copied.
 */
final class Converter {
    private static final int MAX_STEPS = 50;

    private static final byte DROP = 0;
    private static final byte PASS = 1;

    /** Passes when the parameters are as many as the schema has. */
    private static final byte PASS_IF_COMPLETE = 2;

    private static final byte CONVERT = 3;
    private static final byte[] ROUTES = routes();

    private final Function<String, ScapException> fault;
    private final EnterEvents enterEvents = new EnterEvents();
    private Rebuild spare = new Rebuild();
    private Rebuild used = new Rebuild();

    Converter(Function<String, ScapException> fault) {
        this.fault = fault;
    }

    /** Forgets what it stored: another section begins. */
    void reset() {
        enterEvents.clear();
    }

    /** The event to hand on, valid until the next call; null when nothing is. */
    @Nullable Event convert(Event event) {
        EventType type = event.type();
        return switch (ROUTES[type.code()]) {
            case DROP -> null;
            case PASS -> event.paramCount() > type.paramCount() ? trimmed(event) : event;
            case PASS_IF_COMPLETE ->
                    event.paramCount() == type.paramCount() ? event : stepByStep(event);
            default -> stepByStep(event);
        };
    }

    private @Nullable Event stepByStep(Event event) {
        Event current = event;
        for (int step = 0; step < MAX_STEPS; step++) {
            EventType type = current.type();
            Conversion conversion = Conversion.of(type, current.paramCount());
            if (conversion == null) {
                throw fault.apply(
                        "no conversion of "
                                + type
                                + " with "
                                + current.paramCount()
                                + " parameters");
            }
            switch (conversion.action()) {
                case PASS -> {
                    return current;
                }
                case STORE -> {
                    enterEvents.store(current);
                    return null;
                }
                case STORE_AND_PASS -> {
                    enterEvents.store(current);
                    return current;
                }
                case ADD, CHANGE -> current = rebuild(current, conversion);
            }
            if (!needsConversion(current)) {
                return current;
            }
        }
        throw fault.apply("conversion of " + event.type() + " does not end");
    }

    private static boolean needsConversion(Event event) {
        return switch (ROUTES[event.type().code()]) {
            case CONVERT -> true;
            case PASS_IF_COMPLETE -> event.paramCount() != event.type().paramCount();
            default -> false;
        };
    }

    private Event rebuild(Event from, Conversion conversion) {
        Rebuild to = spare;
        spare = used;
        used = to;
        to.begin();
        if (conversion.action() == Conversion.Action.ADD) {
            for (int i = 0; i < from.paramCount(); i++) {
                to.copy(from, i);
            }
        }
        boolean usedEnter = false;
        for (Conversion.Source source : conversion.sources()) {
            if (to.count() >= conversion.target().paramCount()) {
                throw fault.apply("conversion of " + from.type() + " has too many parameters");
            }
            usedEnter |= push(to, from, conversion.target(), source);
        }
        if (usedEnter) {
            enterEvents.forget(from.tid());
        }
        return to.finish(from, conversion.target());
    }

    /** Adds one parameter; true when the stored enter event was used. */
    private boolean push(Rebuild to, Event from, EventType target, Conversion.Source source) {
        switch (source) {
            case Conversion.Source.Old(int index) -> {
                if (index >= from.paramCount()) {
                    throw fault.apply(from.type() + " has no parameter " + index);
                }
                to.copy(from, index);
            }
            case Conversion.Source.Enter(int index, boolean zero) -> {
                Event enter = enterEvents.of(from.tid());
                if (enter != null) {
                    copyFromEnter(to, from, enter, index);
                    return true;
                }
                to.zero(zero ? zeroWidth(target, to.count()) : 0);
            }
            case Conversion.Source.Empty() -> to.zero(0);
            case Conversion.Source.Zero() -> to.zero(zeroWidth(target, to.count()));
            case Conversion.Source.ContainerJson() -> to.bytes(ContainerJson.of(from));
        }
        return false;
    }

    private void copyFromEnter(Rebuild to, Event exit, Event enter, int index) {
        if (enter.type().code() != exit.type().code() - 1) {
            throw fault.apply(exit.type() + " follows " + enter.type() + " in the same task");
        }
        if (index >= enter.paramCount()) {
            throw fault.apply(enter.type() + " has no parameter " + index);
        }
        to.copy(enter, index);
    }

    private static int zeroWidth(EventType target, int param) {
        return target.param(param).type().width();
    }

    /** Without what a newer writer appended; behind the schema stand our own extensions. */
    private Event trimmed(Event event) {
        Rebuild to = spare;
        spare = used;
        used = to;
        to.begin();
        for (int i = 0; i < event.type().paramCount(); i++) {
            to.copy(event, i);
        }
        return to.finish(event, event.type());
    }

    private static byte[] routes() {
        byte[] routes = new byte[EventType.count()];
        for (EventType type : EventType.all()) {
            boolean old = type.has(Trait.OLD_VERSION);
            byte route;
            if (type.has(Trait.UNUSED)) {
                route = DROP;
            } else if (!type.has(Trait.CONVERTER_MANAGED)) {
                route = old && !type.isExit() ? DROP : PASS;
            } else {
                route = old || !type.isExit() ? CONVERT : PASS_IF_COMPLETE;
            }
            routes[type.code()] = route;
        }
        return routes;
    }
}
