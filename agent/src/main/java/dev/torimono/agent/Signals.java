// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What the outside asks of the process: TERM and INT end it, HUP makes it look again.
 *
 * <p>{@code sun.misc.Signal} is the only way to either, and javac warns of its every mention
 * without a lint to say that it is meant; hence by name, here and nowhere else.
 */
public final class Signals {
    private Signals() {}

    /** Handlers run on a thread of the JVM's; they only set flags and wake others. */
    public static void handle(Runnable onStop, Runnable onHangup) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle named =
                    lookup.findConstructor(signal, MethodType.methodType(void.class, String.class));
            MethodHandle register =
                    lookup.findStatic(
                            signal, "handle", MethodType.methodType(handler, signal, handler));
            MethodHandle run =
                    MethodHandles.lookup()
                            .findVirtual(Runnable.class, "run", MethodType.methodType(void.class));
            for (String name : new String[] {"TERM", "INT", "HUP"}) {
                Runnable action = name.equals("HUP") ? onHangup : onStop;
                MethodHandle ofAction = MethodHandles.dropArguments(run.bindTo(action), 0, signal);
                register.invoke(
                        named.invoke(name),
                        MethodHandleProxies.asInterfaceInstance(handler, ofAction));
            }
        } catch (Throwable e) {
            throw new IllegalStateException("signals: cannot be handled on this JVM", e);
        }
    }
}
