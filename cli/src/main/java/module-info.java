/** The torimono command: parses options, prints, chooses exit codes. */
@org.jspecify.annotations.NullMarked
module dev.torimono.cli {
    requires static org.jspecify;
    requires dev.torimono.agent;
    // Resolved only where --add-modules asks for it: an agent loads nothing of it.
    requires static dev.torimono.collector;
    requires dev.torimono.conformance;
    requires dev.torimono.generator;
    requires dev.torimono.host;
    requires dev.torimono.instrument;
    requires dev.torimono.response;
    requires dev.torimono.rules;
    requires dev.torimono.ruleset;
    requires dev.torimono.sensor;
    requires info.picocli;
    requires java.net.http;
    requires org.snakeyaml.engine;
    requires tools.jackson.databind;

    // picocli fills the annotated fields of commands.
    opens dev.torimono.cli to
            info.picocli;
}
