// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Alerts as agents tell them, about 3.8 KB each: a lineage of eleven, a dozen fields, a container
 * with labels; rules, hosts and containers are drawn as unevenly as they occur.
 */
final class Alerts {
    private static final int RULES = 60;
    private static final int CONTAINERS = 2000;
    private static final String[] CONTAINER_IDS =
            IntStream.range(0, CONTAINERS)
                    .mapToObj(container -> "%012x".formatted(container * 7919L))
                    .toArray(String[]::new);
    private static final String[] PRIORITIES = {
        "Critical", "Error", "Warning", "Notice", "Notice", "Informational"
    };

    private final Random random;

    Alerts(long seed) {
        this.random = new Random(seed);
    }

    private int uneven(int bound) {
        return (int) (bound * Math.pow(random.nextDouble(), 3));
    }

    /** One line of the fleet protocol. */
    byte[] line(String key, String host, Instant time) {
        int rule = uneven(RULES);
        int container = uneven(CONTAINERS);
        String containerId = CONTAINER_IDS[container];
        StringBuilder json = new StringBuilder(4096);
        json.append("{\"key\":\"").append(key).append("\",\"alert\":{\"rule\":\"Rule number ");
        json.append(rule).append("\",\"time\":\"").append(time).append("\",\"priority\":\"");
        json.append(PRIORITIES[rule % PRIORITIES.length]).append("\",\"source\":\"syscall\",");
        json.append("\"hostname\":\"").append(host).append("\",\"output\":\"A program (proc=");
        json.append("worker-").append(random.nextInt(500)).append(") wrote below /etc\",");
        json.append("\"tags\":[\"mitre_execution\",\"T1059\",\"container\"],\"output_fields\":{");
        json.append("\"container.id\":\"").append(containerId);
        json.append("\",\"container.name\":\"svc-").append(container);
        json.append("\",\"proc.name\":\"worker-").append(random.nextInt(500));
        json.append("\",\"proc.pid\":").append(random.nextInt(100_000));
        json.append(",\"proc.cmdline\":\"worker-").append(random.nextInt(500));
        json.append(" --job ").append(random.nextInt(1 << 30)).append(" --input /var/data/");
        json.append(Long.toString(random.nextLong() >>> 4, 36)).append("\",\"fd.name\":\"/etc/");
        json.append(Integer.toString(random.nextInt(1 << 20), 36)).append("\",\"user.name\":\"u");
        json.append(random.nextInt(40)).append("\",\"evt.type\":\"openat\",\"proc.exepath\":");
        json.append("\"/usr/local/bin/worker\",\"container.image.repository\":\"registry.");
        json.append("example.org/team-").append(container % 30).append("/svc\"},\"lineage\":[");
        for (int i = 0; i < 11; i++) {
            json.append(i == 0 ? "" : ",").append("{\"pid\":").append(random.nextInt(100_000));
            json.append(",\"name\":\"p").append(i).append("\",\"exe\":\"/usr/lib/x86_64/p");
            json.append(random.nextInt(3000)).append("\",\"cmdline\":\"p").append(i);
            json.append(" --flag=").append(Long.toString(random.nextLong() >>> 1, 36));
            json.append(" --again ").append(Long.toString(random.nextLong() >>> 1, 36));
            json.append("\",\"uid\":0,\"cwd\":\"/srv/app/").append(random.nextInt(999));
            json.append("\",\"container\":\"").append(containerId);
            json.append("\"}");
        }
        json.append("],\"container\":{\"id\":\"").append(containerId);
        json.append("\",\"name\":\"svc-").append(container).append("\",\"image_repository\":");
        json.append("\"registry.example.org/team-").append(container % 30).append("/svc\",");
        json.append("\"image_tag\":\"1.").append(container % 9).append("\",\"labels\":{\"app\":");
        json.append("\"svc-").append(container % 200).append("\",\"tier\":\"back\"},\"pod\":{");
        json.append("\"name\":\"svc-").append(container).append("-0\",\"namespace\":\"ns-");
        json.append(container % 20).append("\"}}}}\n");
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
