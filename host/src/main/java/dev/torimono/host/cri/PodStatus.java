// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.cri;

import dev.torimono.host.container.Workload;
import dev.torimono.host.grpc.ProtoReader;
import dev.torimono.model.Container.Pod;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A pod's sandbox as CRI tells it.
 *
 * @param pod the pod
 * @param createdNs when it was made, ns since the epoch
 * @param hostNetwork whether it has the host's network
 */
record PodStatus(Pod pod, long createdNs, boolean hostNetwork) {
    /** CRI's number for a namespace that is the node's. */
    private static final int NODE = 2;

    /** From a PodSandboxStatusResponse. */
    static PodStatus ofResponse(byte[] response) throws IOException {
        ProtoReader reader = new ProtoReader(response);
        while (reader.next()) {
            if (reader.field() == 1) {
                return ofStatus(reader.message());
            }
        }
        throw new IOException("cri: an answer without a sandbox");
    }

    /** From a PodSandboxStatus. */
    static PodStatus ofStatus(ProtoReader reader) throws IOException {
        String id = "";
        Names names = new Names("", "", "");
        long createdNs = 0;
        String ip = "";
        boolean host = false;
        Map<String, String> labels = new HashMap<>();
        Map<String, String> annotations = new HashMap<>();
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> id = reader.text();
                case 2 -> names = Names.of(reader.message());
                case 4 -> createdNs = reader.number();
                case 5 -> ip = text(reader.message(), 1);
                case 6 -> host = hostNetwork(reader.message());
                case 7 -> reader.entry(labels);
                case 8 -> reader.entry(annotations);
                default -> {}
            }
        }
        String workload = Workload.of(names.name(), labels);
        Pod pod =
                new Pod(
                        names.name(),
                        names.namespace(),
                        names.uid(),
                        id,
                        labels,
                        ip,
                        annotations,
                        workload);
        return new PodStatus(pod, createdNs, host);
    }

    /** A PodSandboxMetadata. */
    private record Names(String name, String uid, String namespace) {
        static Names of(ProtoReader reader) throws IOException {
            String name = "";
            String uid = "";
            String namespace = "";
            while (reader.next()) {
                switch (reader.field()) {
                    case 1 -> name = reader.text();
                    case 2 -> uid = reader.text();
                    case 3 -> namespace = reader.text();
                    default -> {}
                }
            }
            return new Names(name, uid, namespace);
        }
    }

    /** LinuxPodSandboxStatus → Namespace → NamespaceOption → network. */
    private static boolean hostNetwork(ProtoReader linux) throws IOException {
        while (linux.next()) {
            ProtoReader namespaces = linux.message();
            while (linux.field() == 1 && namespaces.next()) {
                ProtoReader options = namespaces.message();
                while (namespaces.field() == 2 && options.next()) {
                    if (options.field() == 1) {
                        return options.number() == NODE;
                    }
                }
            }
        }
        return false;
    }

    static String text(ProtoReader reader, int field) throws IOException {
        while (reader.next()) {
            if (reader.field() == field) {
                return reader.text();
            }
        }
        return "";
    }
}
