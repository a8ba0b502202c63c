// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.host.capture.CaptureHost;
import dev.torimono.host.capture.Placing;
import dev.torimono.model.Observation;
import dev.torimono.sensor.scap.ReplaySensor;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Goes through a capture of the case folder. */
final class CaptureReplay {
    private final Path captures;

    /** Over the captures of a folder of cases. */
    CaptureReplay(Path folder) {
        this.captures = folder.resolve("data").resolve("scap");
    }

    /** Hands over each observation of a capture, in order; everything runs on its host. */
    void each(String capture, Consumer<Observation> sink) {
        each(captures.resolve(capture), Placing.HOST, sink);
    }

    static void each(Path capture, Placing placing, Consumer<Observation> sink) {
        CaptureHost host = new CaptureHost(placing);
        try (ReplaySensor sensor = ReplaySensor.open(capture, host::begin)) {
            int handed = 0;
            while (handed >= 0) {
                handed =
                        sensor.poll(
                                event -> {
                                    Observation observation = host.observe(event);
                                    if (observation != null) {
                                        sink.accept(observation);
                                    }
                                },
                                0);
            }
        }
    }
}
