// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;

/** The files of one index: how they are written, and what they take. */
final class IndexFiles {
    private static final double BUFFER_MB = 32;

    /** A burst is taken in at once; that its segments become fewer has time until after it. */
    private static final int MAX_MERGES = 64;

    /** Of one size that lie beside each other; fewer would have every event written more often. */
    private static final int SEGMENTS = 16;

    private IndexFiles() {}

    static IndexWriterConfig config() {
        ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
        merges.setMaxMergesAndThreads(MAX_MERGES, 1);
        TieredMergePolicy policy = new TieredMergePolicy();
        policy.setSegmentsPerTier(SEGMENTS);
        return new IndexWriterConfig()
                .setMergePolicy(policy)
                .setRAMBufferSizeMB(BUFFER_MB)
                .setMergeScheduler(merges)
                .setCommitOnClose(false);
    }

    static long bytes(Directory directory) throws IOException {
        long sum = 0;
        for (String file : directory.listAll()) {
            sum += length(directory, file);
        }
        return sum;
    }

    private static long length(Directory directory, String file) throws IOException {
        try {
            return directory.fileLength(file);
        } catch (NoSuchFileException e) {
            // Merged away meanwhile.
            return 0;
        }
    }

    /** Links what was last made durable into another folder. */
    static void link(Directory directory, Path folder, Path into) throws IOException {
        Files.createDirectories(into);
        if (!DirectoryReader.indexExists(directory)) {
            return;
        }
        for (String file : SegmentInfos.readLatestCommit(directory).files(true)) {
            Files.createLink(into.resolve(file), folder.resolve(file));
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
