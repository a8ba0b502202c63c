// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import dev.torimono.collector.access.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for 127.0.0.1 that nobody trusts by himself.
 *
 * @param context for a server
 * @param authorities PEM, for those who are to trust it
 * @param key PEM, for a server that is none of ours
 */
record TestTls(SSLContext context, String authorities, String key) {
    static TestTls in(Path folder) throws IOException {
        try {
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(Certificate.in(folder, List.of()).keyStore(), new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new TestTls(
                    context,
                    Files.readString(folder.resolve("certificate.pem")),
                    Files.readString(folder.resolve("key.pem")));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
