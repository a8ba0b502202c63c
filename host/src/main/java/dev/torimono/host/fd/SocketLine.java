// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.fd;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One line of a table of sockets below /proc/PID/net.
 *
 * @param inode the socket's inode
 * @param table which table told it
 * @param local own address
 * @param localPort own port
 * @param remote the peer's address
 * @param remotePort the peer's port; 0 when there is none
 * @param serves whether it listens
 * @param path path of a UNIX socket
 */
public record SocketLine(
        long inode,
        Table table,
        Text local,
        int localPort,
        Text remote,
        int remotePort,
        boolean serves,
        String path) {
    private static final String LISTEN = "0A";
    private static final Text NONE = Text.EMPTY;

    /** The tables; a socket is in one of them. */
    public enum Table {
        TCP("tcp", 2, false),
        TCP6("tcp6", 2, true),
        UDP("udp", 3, false),
        UDP6("udp6", 3, true),
        UNIX("unix", 0, false);

        private final String file;
        private final int protocol;
        private final boolean ipv6;

        Table(String file, int protocol, boolean ipv6) {
            this.file = file;
            this.protocol = protocol;
            this.ipv6 = ipv6;
        }

        public String file() {
            return file;
        }

        /** The socket of a line; null when the line is none. */
        public @Nullable SocketLine parse(String line) {
            try {
                return this == UNIX ? unix(line) : internet(line);
            } catch (IllegalArgumentException other) {
                return null; // not the layout we know
            }
        }

        /** {@code sl local remote state … inode}, addresses as words of the machine. */
        private @Nullable SocketLine internet(String line) {
            String[] words = line.strip().split("\\s+", 11);
            if (words.length < 10) {
                return null;
            }
            return new SocketLine(
                    Long.parseLong(words[9]),
                    this,
                    address(words[1]),
                    port(words[1]),
                    address(words[2]),
                    port(words[2]),
                    words[3].equals(LISTEN),
                    "");
        }

        /** {@code Num RefCount Protocol Flags Type St Inode Path}. */
        private @Nullable SocketLine unix(String line) {
            String[] words = line.strip().split("\\s+", 8);
            if (words.length < 7) {
                return null;
            }
            String path = words.length == 8 ? words[7] : "";
            return new SocketLine(Long.parseLong(words[6]), this, NONE, 0, NONE, 0, false, path);
        }

        private static int port(String end) {
            return Integer.parseInt(end, end.indexOf(':') + 1, end.length(), 16);
        }

        private static Text address(String end) {
            byte[] bytes = HexFormat.of().parseHex(end.substring(0, end.indexOf(':')));
            for (int word = 0; word + 3 < bytes.length; word += 4) {
                for (int i = 0; i < 2; i++) {
                    byte swapped = bytes[word + i];
                    bytes[word + i] = bytes[word + 3 - i];
                    bytes[word + 3 - i] = swapped;
                }
            }
            return Text.wrap(bytes);
        }
    }

    /**
     * Fills in kind, ends and name, the client's end first.
     *
     * @param server whether somebody listens on its own port
     */
    public void describe(Fd fd, boolean server) {
        if (table == Table.UNIX) {
            byte[] name = path.getBytes(StandardCharsets.ISO_8859_1);
            fd.kind(FdKind.UNIX_SOCK).name(name, 0, name.length);
            return;
        }
        fd.l4proto(table.protocol).connected(!serves && remotePort != 0);
        if (serves) {
            fd.kind(table.ipv6 ? FdKind.IPV6_SERVSOCK : FdKind.IPV4_SERVSOCK);
        } else {
            fd.kind(table.ipv6 ? FdKind.IPV6_SOCK : FdKind.IPV4_SOCK);
        }
        if (server) {
            fd.role(Fd.Role.SERVER).tuple(remote.array(), remotePort, local.array(), localPort);
        } else {
            fd.role(Fd.Role.CLIENT).tuple(local.array(), localPort, remote.array(), remotePort);
        }
        new SocketName().name(fd, table.ipv6, serves);
    }
}
