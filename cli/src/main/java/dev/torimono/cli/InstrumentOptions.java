// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.instrument.Settings;
import dev.torimono.instrument.Words;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a task or pod is to get; left out, what it got the last time stays. */
final class InstrumentOptions {
    @Option(
            names = "--image",
            description = "The sidecar agent's image. Default: torimono/serverless-agent.")
    private @Nullable String image;

    @Option(
            names = "--collector",
            paramLabel = "URL",
            description =
                    "Where the agent reports to. $${…} in this and the next ones is left to CloudFormation or Terraform.")
    private @Nullable String collector;

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256",
            description = "The collector's certificate, if no authority vouches for it.")
    private @Nullable String fingerprint;

    @Option(
            names = "--access-key-secret",
            paramLabel = "SECRET",
            description =
                    "What holds the access key: the ARN of a secret for ECS, NAME/KEY for Kubernetes.")
    private @Nullable String accessKeySecret;

    @Option(
            names = "--image-pull-secret",
            paramLabel = "SECRET",
            description = "What holds the log-in of the image's registry.")
    private @Nullable String imagePullSecret;

    @Option(
            names = "--priority",
            description =
                    "When the agent is away: availability lets containers go on, security stops them. One of: ${COMPLETION-CANDIDATES}. Default: availability.")
    private @Nullable Priority priority;

    @Option(
            names = "--include",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Cover these containers only. Init containers are covered only when named.")
    private List<String> include = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "NAME",
            split = ",",
            description = "Do not cover these.")
    private List<String> exclude = new ArrayList<>();

    @Option(
            names = "--entry-point",
            paramLabel = "NAME=WORDS",
            description =
                    "What the image of a container starts, where the definition leaves that to the image: words or a JSON list.")
    private Map<String, String> entryPoints = new HashMap<>();

    @Option(
            names = "--command",
            paramLabel = "NAME=WORDS",
            description = "What the image adds to its entry point.")
    private Map<String, String> commands = new HashMap<>();

    @Option(
            names = "--log-group",
            description =
                    "CloudWatch group for the agent's own log. Default: where the first covered container writes.")
    private @Nullable String logGroup;

    @Option(names = "--log-region", description = "Region of the log group.")
    private @Nullable String logRegion;

    @Option(names = "--log-prefix", description = "Prefix of its stream. Default: torimono.")
    private @Nullable String logPrefix;

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            description = "Memory to reserve for the agent.")
    private @Nullable Integer memory;

    /** The two answers to an agent that is away. */
    enum Priority {
        availability,
        security
    }

    Settings settings() {
        Map<Settings.Key, String> values = new EnumMap<>(Settings.Key.class);
        put(values, Settings.Key.IMAGE, image);
        put(values, Settings.Key.COLLECTOR, collector);
        put(values, Settings.Key.FINGERPRINT, fingerprint);
        put(values, Settings.Key.ACCESS_KEY_SECRET, accessKeySecret);
        put(values, Settings.Key.IMAGE_PULL_SECRET, imagePullSecret);
        put(values, Settings.Key.PRIORITY, priority == null ? null : priority.name());
        put(values, Settings.Key.INCLUDE, String.join(",", include));
        put(values, Settings.Key.EXCLUDE, String.join(",", exclude));
        put(values, Settings.Key.LOG_GROUP, logGroup);
        put(values, Settings.Key.LOG_REGION, logRegion);
        put(values, Settings.Key.LOG_PREFIX, logPrefix);
        put(values, Settings.Key.MEMORY, memory == null ? null : memory.toString());
        return new Settings(values, words(entryPoints), words(commands));
    }

    private static void put(
            Map<Settings.Key, String> values, Settings.Key key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            values.put(key, value);
        }
    }

    private static Map<String, List<String>> words(Map<String, String> given) {
        Map<String, List<String>> words = new HashMap<>();
        given.forEach((name, text) -> words.put(name, Words.parse(text)));
        return words;
    }
}
