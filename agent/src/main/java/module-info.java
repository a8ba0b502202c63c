/** Joins the stages into one process: pipeline, config, outputs. Wiring only, no domain logic. */
@org.jspecify.annotations.NullMarked
module dev.torimono.agent {
    requires static org.jspecify;
    requires transitive dev.torimono.model;
    requires dev.torimono.sensor;
    requires dev.torimono.host;
    requires transitive dev.torimono.response;
    requires transitive dev.torimono.rules;
    requires dev.torimono.ruleset;
    requires java.net.http;
    requires jdk.net;
    requires jdk.unsupported;
    requires org.snakeyaml.engine;
    requires tools.jackson.databind;

    exports dev.torimono.agent;
    exports dev.torimono.agent.capture;
    exports dev.torimono.agent.config;
    exports dev.torimono.agent.fleet;
    exports dev.torimono.agent.control;
    exports dev.torimono.agent.enforce;
    exports dev.torimono.agent.format;
    exports dev.torimono.agent.journal;
    exports dev.torimono.agent.malware;
    exports dev.torimono.agent.output;
    exports dev.torimono.agent.policy;
}
