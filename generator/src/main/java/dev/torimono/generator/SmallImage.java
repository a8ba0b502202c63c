// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.util.List;

/** The root of a container without any program: the performer is all it needs. */
final class SmallImage {
    private static final List<String> FOLDERS =
            List.of(
                    "bin",
                    "boot",
                    "dev",
                    "etc",
                    "etc/apt",
                    "home",
                    "mnt",
                    "opt",
                    "proc",
                    "root",
                    "run",
                    "sbin",
                    "sys",
                    "usr",
                    "usr/bin",
                    "usr/lib",
                    "usr/local",
                    "usr/local/bin",
                    "usr/sbin",
                    "var",
                    "var/lib",
                    "var/log");
    private static final String ACCOUNTS =
            """
            root:x:0:0:root:/root:/bin/sh
            daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
            app:x:1000:1000:app:/home/app:/bin/sh
            """;
    private static final String GROUPS =
            """
            root:x:0:
            daemon:x:1:
            app:x:1000:
            """;

    private SmallImage() {}

    static byte[] tar() {
        TarFile tar = new TarFile();
        FOLDERS.forEach(name -> tar.folder(name, 0755));
        return tar.folder("tmp", 01777)
                .file("etc/passwd", 0644, ACCOUNTS)
                .file("etc/group", 0644, GROUPS)
                .file("etc/shadow", 0640, "root:*:19000:0:99999:7:::\n")
                .toBytes();
    }
}
