// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench;

import dev.torimono.rules.Matcher;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the engine's time goes, sampled each millisecond by the flight recorder over the events
 * that some rule can match. What the JDK does counts for the method of ours that asked for it. Run
 * it with {@code -XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints}.
 */
final class Profile {
    private static final int WARM_UP = 40;
    private static final int LINES = 14;

    private final Map<String, Integer> methods = new HashMap<>();
    private final Map<String, Integer> purposes = new HashMap<>();
    private int samples;

    public static void main(String[] args) throws IOException {
        int files = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        Path recorded = Files.createTempFile("engine", ".jfr");
        try {
            record(files, seconds, recorded);
            Profile profile = new Profile();
            for (RecordedEvent event : RecordingFile.readAllEvents(recorded)) {
                profile.count(event);
            }
            profile.print();
        } finally {
            Files.delete(recorded);
        }
    }

    private static void record(int files, int seconds, Path into) throws IOException {
        Matcher matcher = Upstream.matcher(files);
        RecordedMix mix = new RecordedMix(Upstream.mix(), Arena.global());
        BitSet types = matcher.demand().eventTypes();
        int[] events =
                IntStream.range(0, mix.size())
                        .filter(i -> types.get(mix.at(i).event().type().code()))
                        .toArray();
        for (int i = 0; i < WARM_UP; i++) {
            pass(matcher, mix, events);
        }
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(1));
            recording.start();
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            while (System.nanoTime() < end) {
                pass(matcher, mix, events);
            }
            recording.stop();
            recording.dump(into);
        }
    }

    private static void pass(Matcher matcher, RecordedMix mix, int[] events) {
        for (int event : events) {
            matcher.match(mix.at(event), finding -> {});
        }
    }

    private void count(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return;
        }
        List<RecordedMethod> ours =
                event.getStackTrace().getFrames().stream()
                        .map(frame -> frame.getMethod())
                        .filter(m -> m.getType().getName().startsWith("dev.torimono."))
                        .toList();
        if (ours.isEmpty()) {
            return;
        }
        samples++;
        String type = ours.getFirst().getType().getName().replaceAll("\\$\\$Lambda.*", "");
        methods.merge(
                type.replace("dev.torimono.", "") + "." + ours.getFirst().getName(),
                1,
                Integer::sum);
        boolean output =
                ours.stream().anyMatch(m -> m.getType().getName().contains(".rules.format."));
        purposes.merge(output ? "outputs of findings" : purpose(type), 1, Integer::sum);
    }

    private static String purpose(String type) {
        String name = type.substring(type.lastIndexOf('.') + 1);
        if (type.contains(".bench.") || name.equals("Event") || name.startsWith("Observation")) {
            return "records: handing over, header, parameters";
        }
        if (type.contains(".rules.field.") || type.contains(".model.")) {
            return "reading fields";
        }
        if (name.startsWith("Seen") || name.equals("Sieve")) {
            return "texts seen before";
        }
        if (name.startsWith("Dictionary") || name.startsWith("Prefix")) {
            return "sets and prefixes of texts";
        }
        if (name.startsWith("Match") || name.equals("Needle") || name.equals("PathSet")) {
            return "searching texts";
        }
        if (name.startsWith("Eval") || name.startsWith("PairEval")) {
            return "evaluators: and, or, not, single tests";
        }
        return "steps, programs and the rest";
    }

    private void print() {
        System.out.printf("%d samples%n", samples);
        print(purposes, purposes.size());
        System.out.println("methods, the JDK's time with whose asked:");
        print(methods, LINES);
    }

    private void print(Map<String, Integer> counts, int lines) {
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(lines)
                .forEach(
                        each ->
                                System.out.printf(
                                        "%5.1f %%  %s%n",
                                        100.0 * each.getValue() / samples, each.getKey()));
    }
}
