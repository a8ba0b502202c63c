// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.Log;
import dev.torimono.agent.config.AgentConfig;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Makes the outputs that the configuration switches on. */
public final class OutputFactory {
    private OutputFactory() {}

    /**
     * @throws AgentException when one can never work, such as for a missing certificate
     */
    public static List<Output> outputs(AgentConfig.Outputs config, Log log) {
        List<Output> outputs = new ArrayList<>();
        if (config.stdout()) {
            outputs.add(StreamOutput.stdout());
        }
        AgentConfig.File file = config.file();
        if (file != null) {
            outputs.add(
                    new FileOutput(
                            file.path(), file.maxBytes(), file.keep(), InstantSource.system()));
        }
        HttpSettings http = config.http();
        if (http != null) {
            outputs.add(http(http, log));
        }
        AgentConfig.Syslog syslog = config.syslog();
        if (syslog != null) {
            SyslogMessage message =
                    new SyslogMessage(
                            syslog.format(),
                            syslog.facility(),
                            ZoneId.systemDefault(),
                            ProcessHandle.current().pid());
            outputs.add(new SyslogOutput(syslog.address(), message));
        }
        AgentConfig.Program program = config.program();
        if (program != null) {
            outputs.add(
                    new ProgramOutput(program.command(), program.keepAlive(), program.timeoutMs()));
        }
        return outputs;
    }

    private static Output http(HttpSettings settings, Log log) {
        try {
            return new HttpOutput(settings, log);
        } catch (IOException e) {
            throw new AgentException(Reason.CONFIG, "output http: " + Failure.text(e), e);
        }
    }
}
