// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import dev.torimono.agent.Log;
import dev.torimono.agent.config.AgentConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * The part of an agent that a crash must not take alerts from: its spool and its deliverer, in a
 * process that can be killed, without the kernel's part. Says on stdout which number is on disk.
 */
public final class SpoolProcess {
    private static final long SPOOL_BYTES = 1L << 30;

    private SpoolProcess() {}

    /**
     * @param args URL, CA file, access key file, folder, first number, alerts a second; 0 only
     *     delivers what is there, and ends
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        AgentConfig.Fleet config =
                new AgentConfig.Fleet(
                        args[0],
                        "",
                        Path.of(args[2]),
                        "",
                        Path.of(args[1]),
                        Path.of(args[3]),
                        SPOOL_BYTES,
                        false,
                        false);
        Log log = Log.toStderr(Log.Level.ERROR);
        CollectorClient client = new CollectorClient(config, log);
        Identity identity = new Identity(config, client, () -> Map.of("hostname", "spool-process"));
        Spool spool = new Spool(config.folder().resolve("spool"), config.spoolMaxBytes());
        Thread uplink =
                Thread.ofPlatform().daemon().start(new Uplink(spool, identity, client, log));
        long rate = Long.parseLong(args[5]);
        if (rate == 0) {
            while (spool.waiting() > 0) {
                Thread.sleep(20);
            }
            uplink.interrupt();
            client.close();
            return;
        }
        long number = Long.parseLong(args[4]);
        long startNs = System.nanoTime();
        long written = 0;
        while (true) {
            long due = (System.nanoTime() - startNs) * rate / 1_000_000_000;
            for (; written < due; written++) {
                spool.append((int) (number % 8), alert(number));
                System.out.println(number);
                number++;
            }
            System.out.flush();
            Thread.sleep(2);
        }
    }

    private static byte[] alert(long number) {
        return ("{\"rule\":\"Numbered\",\"time\":\""
                        + Instant.now()
                        + "\",\"priority\":\"Notice\",\"hostname\":\"spool-process\",\"output\":\"number "
                        + number
                        + "\",\"output_fields\":{\"evt.num\":"
                        + number
                        + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
