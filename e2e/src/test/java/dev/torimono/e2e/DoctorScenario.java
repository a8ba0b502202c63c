// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the doctor says where the agent works, and where it does not. */
@NeedsDocker
class DoctorScenario {
    private static final String AS_NOBODY =
            "setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all ";

    private final DockerDaemon docker;

    DoctorScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    @Test
    void healthyMachineIsToldWithPlanRuntimesAndStrongestAction() {
        Command.Result result = doctor("", "", options());
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        assertThat(result.out())
                .contains("tp_btf", "sched_process_exec", "Permissions", "cgroups")
                .contains("docker ", " at " + docker.socket())
                .containsPattern("docker +[0-9]+[.][0-9]+")
                .containsPattern("Strongest action\n  (prevent|kill):")
                .endsWith("The agent works on this machine.\n");
    }

    @Test
    void jsonHasTheSame() {
        Command.Result result = doctor("", "", with(options(), "--json"));
        JsonNode json = JsonMapper.builder().build().readTree(result.out());
        assertThat(json.path("healthy").asBoolean(false)).isTrue();
        assertThat(json.path("permissions").path("user").asString("")).isEqualTo("root");
        assertThat(json.path("kernel").path("btf").asBoolean(false)).isTrue();
        assertThat(json.path("attach_plan").size()).isGreaterThan(3);
        assertThat(json.path("runtimes").get(0).path("runtime").asString("")).isEqualTo("docker");
        assertThat(json.path("runtimes").get(0).path("version").asString("")).isNotEmpty();
        assertThat(json.path("problems").size()).isZero();
    }

    @Test
    void withoutRootItSaysWhatIsMissingAndWhatToDo() {
        Command.Result result = doctor("", AS_NOBODY);
        assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(result.out())
                .contains("user          ")
                .contains("not tried: loading them needs CAP_BPF and CAP_PERFMON")
                .contains("run as root")
                .contains("The agent does not work on this machine");
        assertThat(result.out()).doesNotContain("RLIMIT_MEMLOCK", "Exception");
    }

    @Test
    void withoutTypesItNamesTheKernelsOption() {
        Command.Result result = doctor("mount -t tmpfs none /sys/kernel/btf", "");
        assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(result.out())
                .containsPattern("BTF +no")
                .contains("CONFIG_DEBUG_INFO_BTF")
                .contains("The agent does not work on this machine");
    }

    private String[] options() {
        return new AgentSetup(docker, "doctor").options();
    }

    private static String[] with(String[] options, String more) {
        return Stream.concat(Arrays.stream(options), Stream.of(more)).toArray(String[]::new);
    }

    /** Runs it after some preparation in a mount namespace of its own. */
    private static Command.Result doctor(String preparation, String prefix, String... options) {
        List<String> line = new ArrayList<>(AgentProcess.command("doctor"));
        line.addAll(List.of(options));
        String doctor =
                line.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        return Command.of(
                        "unshare",
                        "-m",
                        "/bin/sh",
                        "-e",
                        "-c",
                        preparation + "\nexec " + prefix + doctor)
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("TORIMONO_NO_BUILD", "1")
                .run();
    }
}
