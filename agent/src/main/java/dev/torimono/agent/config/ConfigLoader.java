// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Merges what is given, each over the one before: defaults, files, Falco's file, environment,
 * flags. Collects every complaint before it refuses.
 */
public final class ConfigLoader {
    public static final Path DEFAULT_FILE = Path.of("/etc/torimono/torimono.yaml");
    private static final String PREFIX = "TORIMONO_";

    /** Variables of the launch script, which are no keys. */
    private static final List<String> NOT_KEYS = List.of("TORIMONO_JAVA_OPTS", "TORIMONO_NO_BUILD");

    private final Map<String, String> environment;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Values values = new Values(complaints);

    /**
     * @param environment variables of the process
     */
    public ConfigLoader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads a file and the folder beside it ({@code x.yaml}, then {@code x.d/*.yaml} by name), or a
     * whole folder.
     *
     * @param file null for {@link #DEFAULT_FILE}, which may be absent
     */
    public ConfigLoader files(@Nullable Path file) {
        Path main = file == null ? DEFAULT_FILE : file;
        if (Files.isDirectory(main)) {
            folder(main);
            return this;
        }
        if (file != null || Files.exists(main)) {
            read(main).forEach(this::accept);
        }
        String name = String.valueOf(main.getFileName()).replaceFirst("\\.ya?ml$", "");
        folder(main.resolveSibling(name + ".d"));
        return this;
    }

    /** Reads a falco.yaml: what it says of rules and outputs. */
    public ConfigLoader falcoFile(Path file) {
        FalcoFile falco = new FalcoFile(warnings);
        falco.translate(yaml(file, falco::isLeaf)).forEach(this::accept);
        return this;
    }

    /** Reads {@code TORIMONO_…} variables. */
    public ConfigLoader variables() {
        List<String> known = Keys.all().stream().<String>map(Key::variable).toList();
        environment.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(PREFIX))
                .filter(entry -> !NOT_KEYS.contains(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        entry -> {
                            int index = known.indexOf(entry.getKey());
                            if (index < 0) {
                                warnings.add(
                                        entry.getKey()
                                                + ": no such setting, ignored"
                                                + Nearest.hint(entry.getKey(), known));
                            } else {
                                String key = Keys.all().get(index).name();
                                set(key, entry.getValue(), entry.getKey());
                            }
                        });
        return this;
    }

    /** One {@code key=value} of the command line. */
    public ConfigLoader assignment(String keyAndValue) {
        int equals = keyAndValue.indexOf('=');
        if (equals < 1) {
            complaints.add("--set " + keyAndValue + ": must be key=value");
            return this;
        }
        return set(
                keyAndValue.substring(0, equals).strip(),
                keyAndValue.substring(equals + 1).strip(),
                "--set");
    }

    /** A value from a flag of its own. */
    public ConfigLoader set(String key, String value, String flag) {
        Place place = Place.outside(flag);
        accept(new Given(key, scalarOrFlow(value), place, place));
        return this;
    }

    /** A list from a flag that may be repeated; the elements are taken as they are. */
    public ConfigLoader setList(String key, List<String> elements, String flag) {
        Place place = Place.outside(flag);
        accept(new Given(key, Nodes.sequence(elements), place, place));
        return this;
    }

    /** What a collector is told, typed. */
    public CollectorSettings collector() {
        CollectorSettings settings = values.collector();
        if (!complaints.isEmpty()) {
            throw new ConfigException(complaints);
        }
        return settings;
    }

    /** The whole, typed. */
    public AgentConfig load() {
        AgentConfig config = values.config();
        // A mistake is told to whoever reads the file, be it an agent or a collector.
        CollectorSettings _ = values.collector();
        if (!complaints.isEmpty()) {
            throw new ConfigException(complaints);
        }
        return config;
    }

    /**
     * One key as it stands.
     *
     * @param key its name
     * @param yaml its value as one line of YAML
     * @param variable the environment variable that sets it
     * @param meaning one line for people
     */
    public record Setting(String key, String yaml, String variable, String meaning) {}

    /** Every key there is, with the value given so far. */
    public List<Setting> settings() {
        return Keys.all().stream()
                .map(
                        key ->
                                new Setting(
                                        key.name(),
                                        values.yaml(key),
                                        key.variable(),
                                        key.meaning()))
                .toList();
    }

    /** What is doubtful but does not stop anything. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    private void accept(Given given) {
        Key<?> key = Keys.named(given.key());
        if (key != null) {
            Node expanded = Nodes.expand(given.value(), this::variable);
            values.put(key, new Given(given.key(), expanded, given.keyPlace(), given.valuePlace()));
            return;
        }
        String reason = NotYet.reason(given.key());
        if (reason != null) {
            warnings.add(given.keyPlace().complain(given.key() + " is ignored: " + reason));
            return;
        }
        complaints.add(
                given.keyPlace()
                        .complain(
                                "unknown key "
                                        + given.key()
                                        + Nearest.hint(given.key(), Keys.names())));
    }

    private String variable(String name) {
        String value = environment.get(name);
        if (value == null) {
            complaints.add("${" + name + "}: the environment has no such variable");
            return "";
        }
        return value;
    }

    private void folder(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> children = Files.list(folder)) {
            children.filter(child -> child.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .forEach(child -> read(child).forEach(this::accept));
        } catch (IOException e) {
            complaints.add(folder + ": cannot be read: " + e.getMessage());
        }
    }

    private List<Given> read(Path file) {
        return yaml(file, name -> Keys.named(name) != null);
    }

    private List<Given> yaml(Path file, java.util.function.Predicate<String> isLeaf) {
        try {
            String text = Files.readString(file);
            return new YamlText(file.toString(), text, complaints).values(isLeaf);
        } catch (java.nio.file.NoSuchFileException e) {
            complaints.add(file + ": no such file");
        } catch (IOException e) {
            complaints.add(file + ": cannot be read: " + e.getMessage());
        }
        return List.of();
    }

    /** Flags give text; what looks like a YAML list or mapping is one. */
    private Node scalarOrFlow(String value) {
        if (value.startsWith("[") || value.startsWith("{")) {
            try {
                return Nodes.compose("flag", value).orElseThrow();
            } catch (YamlEngineException e) {
                complaints.add(value + ": " + e.getMessage());
            }
        }
        return Nodes.scalar(value);
    }
}
