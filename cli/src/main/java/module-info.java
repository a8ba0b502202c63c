/** The torimono command: parses options, prints, chooses exit codes. */
@org.jspecify.annotations.NullMarked
module dev.torimono.cli {
    requires static org.jspecify;
    requires dev.torimono.agent;
    requires dev.torimono.conformance;
    requires dev.torimono.generator;
    requires dev.torimono.host;
    requires dev.torimono.response;
    requires dev.torimono.rules;
    requires dev.torimono.ruleset;
    requires dev.torimono.sensor;
    requires info.picocli;

    // picocli fills the annotated fields of commands.
    opens dev.torimono.cli to
            info.picocli;
}
