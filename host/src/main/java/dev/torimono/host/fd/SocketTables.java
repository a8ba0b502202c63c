// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.fd;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** Looks a socket's inode up in the tables of its network namespace, /proc/PID/net. */
final class SocketTables {
    /** A host with more sockets than this answers too late to be worth it. */
    private static final int MOST_LINES = 20_000;

    private static final String LISTEN = "0A";
    private static final String LISTENS = " 0A ";
    private static final int TCP = 2;
    private static final int UDP = 3;

    private final Path procRoot;
    private final SocketName names = new SocketName();

    SocketTables(Path procRoot) {
        this.procRoot = procRoot;
    }

    /** Fills kind, ends and name where the inode is found; else leaves the fd as it is. */
    void describe(Fd fd, long pid, long inode) {
        Path net = procRoot.resolve(Long.toString(pid)).resolve("net");
        boolean found =
                internet(fd, net.resolve("tcp"), inode, FdKind.IPV4_SOCK, TCP)
                        || internet(fd, net.resolve("tcp6"), inode, FdKind.IPV6_SOCK, TCP)
                        || unix(fd, net.resolve("unix"), inode)
                        || internet(fd, net.resolve("udp"), inode, FdKind.IPV4_SOCK, UDP)
                        || internet(fd, net.resolve("udp6"), inode, FdKind.IPV6_SOCK, UDP);
        if (!found) {
            fd.kind(FdKind.UNSUPPORTED);
        }
    }

    /** {@code sl local remote state … inode}, addresses as hexadecimal words of the machine. */
    private boolean internet(Fd fd, Path table, long inode, FdKind kind, int protocol) {
        String wanted = Long.toString(inode);
        Set<String> listening = new HashSet<>();
        String[] found = null;
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
            String line = lines.readLine();
            for (int i = 0; line != null && i < MOST_LINES; i++, line = lines.readLine()) {
                // A server has thousands of closed connections: most lines are passed over unread.
                if (!line.contains(wanted) && !line.contains(LISTENS)) {
                    continue;
                }
                String[] words = line.strip().split("\\s+", 11);
                if (words.length < 10) {
                    continue;
                }
                if (words[3].equals(LISTEN)) {
                    listening.add(port(words[1]));
                }
                if (words[9].equals(wanted)) {
                    found = words;
                }
            }
        } catch (IOException gone) {
            return false;
        }
        if (found == null) {
            return false;
        }
        boolean serves = found[3].equals(LISTEN);
        fd.l4proto(protocol);
        ends(fd, found, listening.contains(port(found[1])));
        boolean ipv6 = kind == FdKind.IPV6_SOCK;
        fd.kind(serves ? ipv6 ? FdKind.IPV6_SERVSOCK : FdKind.IPV4_SERVSOCK : kind);
        fd.connected(!serves && !port(found[2]).equals("0000"));
        names.name(fd, ipv6, serves);
        return true;
    }

    /** The client comes first; whoever uses a port somebody listens on is the server. */
    private static void ends(Fd fd, String[] words, boolean server) {
        byte[] local = address(words[1]);
        byte[] remote = address(words[2]);
        int localPort = Integer.parseInt(port(words[1]), 16);
        int remotePort = Integer.parseInt(port(words[2]), 16);
        if (server) {
            fd.role(Fd.Role.SERVER).tuple(remote, remotePort, local, localPort);
        } else {
            fd.role(Fd.Role.CLIENT).tuple(local, localPort, remote, remotePort);
        }
    }

    /** {@code Num RefCount Protocol Flags Type St Inode Path}. */
    private static boolean unix(Fd fd, Path table, long inode) {
        String wanted = Long.toString(inode);
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            for (int i = 0; line != null && i < MOST_LINES; i++, line = lines.readLine()) {
                String[] words = line.strip().split("\\s+", 8);
                if (words.length >= 7 && words[6].equals(wanted)) {
                    byte[] path =
                            (words.length == 8 ? words[7] : "").getBytes(StandardCharsets.UTF_8);
                    fd.kind(FdKind.UNIX_SOCK).name(path, 0, path.length);
                    return true;
                }
            }
        } catch (IOException gone) {
            return false;
        }
        return false;
    }

    private static String port(String end) {
        return end.substring(end.indexOf(':') + 1);
    }

    /** Each 32-bit word is printed as a number of the machine, which is little-endian. */
    private static byte[] address(String end) {
        byte[] bytes = HexFormat.of().parseHex(end.substring(0, end.indexOf(':')));
        for (int word = 0; word + 3 < bytes.length; word += 4) {
            byte first = bytes[word];
            byte second = bytes[word + 1];
            bytes[word] = bytes[word + 3];
            bytes[word + 1] = bytes[word + 2];
            bytes[word + 2] = second;
            bytes[word + 3] = first;
        }
        return bytes;
    }
}
