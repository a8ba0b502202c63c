// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import dev.torimono.agent.Log;
import dev.torimono.agent.fleet.CollectorClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Delivers the spool: a batch at a time, at least once, the next when the one before is kept. */
final class Uplink implements Runnable {
    private static final int MAX_ALERTS = 500;
    private static final int MAX_BYTES = 4 << 20;
    private static final long WAIT_MS = 1000;
    private static final long TIMEOUT_MS = 30_000;
    private static final int TOO_LARGE = 413;

    private final Spool spool;
    private final Identity identity;
    private final CollectorClient client;
    private final Pause pause = new Pause();
    private final Outage outage;
    private int maxAlerts = MAX_ALERTS;

    Uplink(Spool spool, Identity identity, CollectorClient client, Log log) {
        this.spool = spool;
        this.identity = identity;
        this.client = client;
        this.outage = new Outage(log);
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (!step()) {
                    pause.after();
                }
            }
        } catch (InterruptedException e) {
            // The agent ends; the spool keeps the rest.
            Thread.currentThread().interrupt();
        }
    }

    /** False when it is better to wait before the next. */
    private boolean step() throws InterruptedException {
        try {
            Spool.Batch batch = spool.await(maxAlerts, MAX_BYTES, WAIT_MS);
            if (batch == null) {
                return true;
            }
            return deliver(batch);
        } catch (IOException e) {
            return failed(Outage.words(e));
        }
    }

    private boolean deliver(Spool.Batch batch) throws IOException, InterruptedException {
        String token = identity.token();
        Answer answer = client.post("/fleet/v1/alerts", token, lines(batch), TIMEOUT_MS);
        if (answer.good()) {
            spool.delivered(batch);
            maxAlerts = MAX_ALERTS;
            pause.reset();
            outage.works("collector: takes alerts again; " + spool.waiting() + " wait");
            return true;
        }
        if (answer.unauthorized()) {
            identity.refused(token);
        }
        if (answer.status() == TOO_LARGE && maxAlerts > 1) {
            maxAlerts /= 2;
            return true;
        }
        return failed("it answered " + answer.status() + " " + text(answer));
    }

    private static String text(Answer answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        return text.substring(0, Math.min(text.length(), 200));
    }

    private boolean failed(String why) {
        outage.failed("collector: takes no alerts: " + why + "; they wait on disk");
        return false;
    }

    private static byte[] lines(Spool.Batch batch) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (SpooledAlert alert : batch.alerts()) {
            // Keys are ours: hexadecimal digits and a dash.
            out.writeBytes(
                    ("{\"key\":\"" + alert.key() + "\",\"alert\":")
                            .getBytes(StandardCharsets.UTF_8));
            out.writeBytes(alert.json());
            out.writeBytes("}\n".getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
