// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.EventType;
import dev.torimono.sensor.KernelSensor;
import dev.torimono.sensor.Loss;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a source could not deliver since its start; read by any thread. */
public interface Losses {
    /** Of a source that loses nothing, such as a capture. */
    Losses NONE =
            new Losses() {
                @Override
                public long total() {
                    return 0;
                }

                @Override
                public Map<String, Long> byType() {
                    return Map.of();
                }
            };

    long total();

    /** The same by event name, without zeros; sorted. */
    Map<String, Long> byType();

    /** The same by who caused them, as far as that is known. */
    default List<Loss> byCulprit() {
        return List.of();
    }

    static Losses of(KernelSensor sensor) {
        return new Losses() {
            @Override
            public long total() {
                return sensor.lostTotal();
            }

            @Override
            public List<Loss> byCulprit() {
                return sensor.losses();
            }

            @Override
            public Map<String, Long> byType() {
                Map<String, Long> lost = new TreeMap<>();
                for (EventType type : EventType.all()) {
                    long count = sensor.lost(type);
                    if (count > 0) {
                        lost.merge(type.name(), count, Long::sum);
                    }
                }
                return lost;
            }
        };
    }
}
