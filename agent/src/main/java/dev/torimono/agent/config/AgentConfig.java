// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import dev.torimono.agent.Log;
import dev.torimono.agent.format.AlertShape;
import dev.torimono.agent.output.HttpSettings;
import dev.torimono.agent.output.SyslogAddress;
import dev.torimono.agent.output.SyslogMessage;
import dev.torimono.model.Priority;
import dev.torimono.rules.LoadOptions.ExtraOutput;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.Selection;
import dev.torimono.sensor.SensorConfig;
import dev.torimono.sensor.seccomp.SeccompConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the agent is told, typed. Outputs that are off are null.
 *
 * @param run how the process behaves
 * @param sensor how it listens to the kernel
 * @param seccomp how it listens to launchers instead; null where it listens to the kernel
 * @param canarySeconds how often an act of its own must come back from the kernel; 0 never
 * @param rules what it looks for
 * @param policies what follows from what it finds
 * @param dockerSockets sockets of Docker daemons; empty for those found at the usual places
 * @param criSockets sockets of containerd and CRI-O; empty for those found at the usual places
 * @param alerts what it tells
 * @param outputs whom it tells
 * @param journal where it keeps what it told; null for nowhere
 * @param control how people on the machine talk to it; null for not at all
 * @param fleet the collector it reports to; null for none
 */
public record AgentConfig(
        Run run,
        SensorConfig sensor,
        @Nullable SeccompConfig seccomp,
        long canarySeconds,
        Rules rules,
        Policies policies,
        List<Path> dockerSockets,
        List<Path> criSockets,
        Alerts alerts,
        Outputs outputs,
        @Nullable File journal,
        @Nullable Control control,
        @Nullable Fleet fleet) {
    public AgentConfig {
        dockerSockets = List.copyOf(dockerSockets);
        criSockets = List.copyOf(criSockets);
    }

    /** The same with other rules. */
    public AgentConfig with(Rules other) {
        return new AgentConfig(
                run,
                sensor,
                seccomp,
                canarySeconds,
                other,
                policies,
                dockerSockets,
                criSockets,
                alerts,
                outputs,
                journal,
                control,
                fleet);
    }

    /** The same with other Docker daemons. */
    public AgentConfig withDockerSockets(List<Path> sockets) {
        return new AgentConfig(
                run,
                sensor,
                seccomp,
                canarySeconds,
                rules,
                policies,
                sockets,
                criSockets,
                alerts,
                outputs,
                journal,
                control,
                fleet);
    }

    /**
     * How the process behaves.
     *
     * @param lockFile held while an agent runs
     * @param logLevel how much it says on stderr
     * @param statsSeconds interval of counters on stderr; 0 never
     * @param drainMs how long a stop waits for outputs
     * @param hostname name in alerts; empty for the machine's
     */
    public record Run(
            Path lockFile, Log.Level logLevel, long statsSeconds, long drainMs, String hostname) {}

    /**
     * What it looks for.
     *
     * @param files files and folders in load order; {@code shipped} stands for the rules we ship
     * @param matching how many rules an event may fire
     * @param minimumPriority rules less urgent take no part
     * @param selection which rules take part beyond that
     * @param reload load again when files change
     * @param extraOutputs appended to outputs
     */
    public record Rules(
            List<String> files,
            MatchStrategy matching,
            Priority minimumPriority,
            Selection selection,
            boolean reload,
            List<ExtraOutput> extraOutputs) {
        /** Stands for the rules that come with the program. */
        public static final String SHIPPED = "shipped";

        public Rules {
            files = List.copyOf(files);
            extraOutputs = List.copyOf(extraOutputs);
        }
    }

    /**
     * What follows from what it finds.
     *
     * @param files files and folders in load order
     * @param managed whether the policies that come with the program take part
     * @param dryRun whether actions are only told
     * @param ignoreContainerActions whether policies leave containers alone
     * @param killSwitch while this file exists no action is done
     * @param captures folder of the captures that policies ask for
     */
    public record Policies(
            List<String> files,
            boolean managed,
            boolean dryRun,
            boolean ignoreContainerActions,
            Path killSwitch,
            Path captures) {
        /** Read by default; may be absent. */
        public static final String DEFAULT_FOLDER = "/etc/torimono/policies.d";

        public Policies {
            files = List.copyOf(files);
        }
    }

    /**
     * What it tells.
     *
     * @param json Falco's JSON instead of text
     * @param lineage every ancestor in each alert
     * @param shape which parts alerts have
     */
    public record Alerts(boolean json, boolean lineage, AlertShape shape) {}

    /**
     * Whom it tells.
     *
     * @param queueCapacity alerts each output may queue
     * @param stdout alerts to stdout
     * @param file alerts to a file
     * @param http alerts by HTTP POST
     * @param syslog alerts to syslog
     * @param program alerts to a program
     */
    public record Outputs(
            int queueCapacity,
            boolean stdout,
            @Nullable File file,
            @Nullable HttpSettings http,
            @Nullable Syslog syslog,
            @Nullable Program program) {}

    /**
     * The collector it reports to.
     *
     * @param url where it is
     * @param accessKey key to enrol with; empty when it is in a file
     * @param accessKeyFile file that holds the key; null when it is given
     * @param fingerprint SHA-256 of the collector's certificate; empty to trust by authority
     * @param caFile PEM certificates to trust instead of the JDK's; null for those
     * @param folder identity, policies and spool
     * @param spoolMaxBytes room for alerts that are not delivered yet
     * @param activity whether it tells what the trees of alerts do
     * @param responses whether it does what people ask for at the collector
     */
    public record Fleet(
            String url,
            String accessKey,
            @Nullable Path accessKeyFile,
            String fingerprint,
            @Nullable Path caFile,
            Path folder,
            long spoolMaxBytes,
            boolean activity,
            boolean responses) {}

    /** The same with further files of rules and policies, loaded last. */
    public AgentConfig with(Path ruleFile, Path policyFile) {
        List<String> ruleFiles = new java.util.ArrayList<>(rules.files());
        ruleFiles.add(ruleFile.toString());
        List<String> policyFiles = new java.util.ArrayList<>(policies.files());
        policyFiles.add(policyFile.toString());
        return new AgentConfig(
                run,
                sensor,
                seccomp,
                canarySeconds,
                new Rules(
                        ruleFiles,
                        rules.matching(),
                        rules.minimumPriority(),
                        rules.selection(),
                        rules.reload(),
                        rules.extraOutputs()),
                new Policies(
                        policyFiles,
                        policies.managed(),
                        policies.dryRun(),
                        policies.ignoreContainerActions(),
                        policies.killSwitch(),
                        policies.captures()),
                dockerSockets,
                criSockets,
                alerts,
                outputs,
                journal,
                control,
                fleet);
    }

    /**
     * Alerts to a file.
     *
     * @param path the file
     * @param maxBytes size at which it is rotated; 0 never
     * @param keep rotated files to keep
     */
    public record File(Path path, long maxBytes, int keep) {}

    /**
     * How people on the machine talk to it.
     *
     * @param socket where it listens
     * @param auditFile where every request is noted
     * @param quarantine where files are kept that were taken away
     */
    public record Control(Path socket, Path auditFile, Path quarantine) {}

    /**
     * Alerts to syslog.
     *
     * @param address receiver
     * @param format message format
     * @param facility syslog facility
     */
    public record Syslog(
            SyslogAddress address,
            SyslogMessage.Standard format,
            SyslogMessage.Facility facility) {}

    /**
     * Alerts to a program.
     *
     * @param command command line of the shell
     * @param keepAlive one program reads all alerts
     * @param timeoutMs bound of a program that reads one alert
     */
    public record Program(String command, boolean keepAlive, long timeoutMs) {}
}
