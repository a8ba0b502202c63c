// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import dev.torimono.collector.event.Json;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who gets something new first, and when nobody does.
 *
 * @param stages one after another; all others come after the last
 * @param freezes nothing new reaches anybody meanwhile
 */
public record RolloutPlan(List<Stage> stages, List<Freeze> freezes) {
    public static final RolloutPlan NONE = new RolloutPlan(List.of(), List.of());
    private static final int MAX_STAGES = 20;
    private static final int MAX_FREEZES = 100;
    private static final long MAX_MINUTES = 43_200;

    public RolloutPlan {
        stages = List.copyOf(stages);
        freezes = List.copyOf(freezes);
    }

    /**
     * Some agents.
     *
     * @param tags those that have all of these
     * @param minutes how long it must do well there before the next ones get it; -1 until someone
     *     says so
     */
    public record Stage(Map<String, String> tags, long minutes) {
        public Stage {
            tags = Map.copyOf(tags);
        }

        boolean matches(JsonNode agentTags) {
            return tags.entrySet().stream()
                    .allMatch(
                            tag ->
                                    agentTags
                                            .path(tag.getKey())
                                            .asString("")
                                            .equals(tag.getValue()));
        }
    }

    /** A time of calm. */
    public sealed interface Freeze {
        boolean covers(Instant moment);

        /** Once. */
        record Once(Instant from, Instant to) implements Freeze {
            @Override
            public boolean covers(Instant moment) {
                return !moment.isBefore(from) && moment.isBefore(to);
            }
        }

        /**
         * Every week.
         *
         * @param days on which it begins
         * @param from time of day
         * @param to time of day; on the next day when it is not after from
         */
        record Weekly(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone)
                implements Freeze {
            public Weekly {
                days = Set.copyOf(days);
            }

            @Override
            public boolean covers(Instant moment) {
                ZonedDateTime local = moment.atZone(zone);
                LocalTime time = local.toLocalTime();
                boolean began = !time.isBefore(from);
                boolean before = time.isBefore(to);
                if (from.isBefore(to)) {
                    return days.contains(local.getDayOfWeek()) && began && before;
                }
                return (began && days.contains(local.getDayOfWeek()))
                        || (before && days.contains(local.getDayOfWeek().minus(1)));
            }
        }
    }

    boolean frozen(Instant moment) {
        return freezes.stream().anyMatch(freeze -> freeze.covers(moment));
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none; the message names the key
     */
    public static RolloutPlan of(JsonNode given) {
        List<Stage> stages = new ArrayList<>();
        for (JsonNode stage : given.path("stages")) {
            Map<String, String> tags = new TreeMap<>();
            stage.path("tags")
                    .properties()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString("")));
            long minutes = stage.path("minutes").asLong(-1);
            require(!tags.isEmpty(), "stages: tags: must name at least one tag");
            require(
                    minutes >= -1 && minutes <= MAX_MINUTES,
                    "stages: minutes: must be from -1 to " + MAX_MINUTES);
            stages.add(new Stage(tags, minutes));
        }
        List<Freeze> freezes = new ArrayList<>();
        given.path("freezes").forEach(freeze -> freezes.add(freeze(freeze)));
        require(stages.size() <= MAX_STAGES, "stages: at most " + MAX_STAGES);
        require(freezes.size() <= MAX_FREEZES, "freezes: at most " + MAX_FREEZES);
        return new RolloutPlan(stages, freezes);
    }

    private static Freeze freeze(JsonNode given) {
        String from = given.path("from").asString("");
        String to = given.path("to").asString("");
        try {
            if (given.path("days").isArray()) {
                Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
                given.path("days").forEach(day -> days.add(day(day.asString(""))));
                require(!days.isEmpty(), "freezes: days: must name at least one");
                return new Freeze.Weekly(
                        days,
                        LocalTime.parse(from),
                        LocalTime.parse(to),
                        ZoneId.of(given.path("zone").asString("UTC")));
            }
            Instant begin = Instant.parse(from);
            Instant end = Instant.parse(to);
            require(begin.isBefore(end), "freezes: from: must be before to");
            return new Freeze.Once(begin, end);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "freezes: from and to must be times such as 2026-12-24T00:00:00Z, or with days"
                            + " times of day such as 18:00: "
                            + e.getMessage(),
                    e);
        }
    }

    private static DayOfWeek day(String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().substring(0, 3).equalsIgnoreCase(text)) {
                return day;
            }
        }
        throw new IllegalArgumentException(
                "freezes: days: " + text + ": must be mon, tue, wed, thu, fri, sat or sun");
    }

    private static void require(boolean good, String message) {
        if (!good) {
            throw new IllegalArgumentException(message);
        }
    }

    /** As it is read. */
    public ObjectNode json() {
        ObjectNode json = Json.object();
        var stageList = json.putArray("stages");
        for (Stage stage : stages) {
            ObjectNode one = stageList.addObject();
            ObjectNode tags = one.putObject("tags");
            new TreeMap<>(stage.tags()).forEach(tags::put);
            one.put("minutes", stage.minutes());
        }
        var freezeList = json.putArray("freezes");
        for (Freeze freeze : freezes) {
            ObjectNode one = freezeList.addObject();
            switch (freeze) {
                case Freeze.Once once ->
                        one.put("from", once.from().toString()).put("to", once.to().toString());
                case Freeze.Weekly weekly -> {
                    var days = one.putArray("days");
                    EnumSet.copyOf(weekly.days()).forEach(day -> days.add(shortName(day)));
                    one.put("from", weekly.from().toString()).put("to", weekly.to().toString());
                    one.put("zone", weekly.zone().getId());
                }
            }
        }
        return json;
    }

    private static String shortName(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }
}
