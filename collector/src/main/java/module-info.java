// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * The collector: takes alerts from many agents, keeps and finds them, delivers policies and rules,
 * and serves it all as an API. It judges no event and knows no kernel.
 */
@org.jspecify.annotations.NullMarked
module dev.torimono.collector {
    requires static org.jspecify;
    requires dev.torimono.console;
    requires dev.torimono.model;
    requires dev.torimono.response;
    requires dev.torimono.rules;
    requires dev.torimono.ruleset;
    requires com.github.luben.zstd_jni;
    requires jakarta.mail;
    requires java.logging;
    requires java.net.http;
    requires java.sql;
    requires kafka.clients;
    requires org.apache.lucene.core;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires org.snakeyaml.engine;
    requires org.xerial.sqlitejdbc;
    requires tools.jackson.databind;

    exports dev.torimono.collector;
}
