// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import dev.torimono.model.AddressNames;
import dev.torimono.model.Text;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The addresses behind the names that rules compare with, looked up again and again on a thread of
 * its own: a resolver that hangs delays nobody. Until the first answer a name leads nowhere.
 */
final class NameTable implements AddressNames, AutoCloseable {
    private static final long EVERY_S = 60;
    private static final long AFTER_FAILURE_S = 10;

    /** Names and addresses, place by place; an address is looked for by going through them. */
    private static final class Known {
        static final Known NOTHING = new Known(new byte[0][], new Text[0]);

        private final byte[][] addresses;
        private final Text[] names;

        Known(byte[][] addresses, Text[] names) {
            this.addresses = addresses;
            this.names = names;
        }
    }

    private volatile Known known = Known.NOTHING;
    private Set<String> wanted = Set.of();
    private @Nullable Thread thread;

    /** Looks these up from now on, and no others. */
    synchronized void want(Set<String> names) {
        if (names.equals(wanted)) {
            return;
        }
        wanted = Set.copyOf(names);
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
        if (wanted.isEmpty()) {
            known = Known.NOTHING;
            return;
        }
        Set<String> mine = wanted;
        thread = Thread.ofPlatform().daemon().name("names").start(() -> keepLookingUp(mine));
    }

    @Override
    public @Nullable Text name(byte[] address, int width) {
        Known now = known;
        for (int i = 0; i < now.addresses.length; i++) {
            byte[] one = now.addresses[i];
            if (one.length == width && isSame(one, address, width)) {
                return now.names[i];
            }
        }
        return null;
    }

    private static boolean isSame(byte[] one, byte[] other, int width) {
        for (int i = 0; i < width; i++) {
            if (one[i] != other[i]) {
                return false;
            }
        }
        return true;
    }

    private void keepLookingUp(Set<String> names) {
        try {
            while (true) {
                boolean all = lookUp(names);
                TimeUnit.SECONDS.sleep(all ? EVERY_S : AFTER_FAILURE_S);
            }
        } catch (InterruptedException e) {
            // Other names are wanted, or none.
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether every name led somewhere. What does not resolve is not there: no error. */
    private boolean lookUp(Set<String> names) throws InterruptedException {
        List<byte[]> addresses = new ArrayList<>();
        List<Text> texts = new ArrayList<>();
        boolean all = true;
        for (String name : names) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                for (InetAddress address : InetAddress.getAllByName(name)) {
                    addresses.add(address.getAddress());
                    texts.add(Text.of(name));
                }
            } catch (UnknownHostException e) {
                all = false;
            }
        }
        known = new Known(addresses.toArray(byte[][]::new), texts.toArray(Text[]::new));
        return all;
    }

    @Override
    public synchronized void close() {
        want(Set.of());
    }
}
